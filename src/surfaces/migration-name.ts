/** What a path says about a migration, in the layouts that people use. */
export interface MigrationName {
  /** Where its tool looks. */
  readonly folder: string;
  /** What its up and its down have in common, without dialect. */
  readonly stem: string;
  readonly version: string;
  readonly side: 'up' | 'down' | 'whole';
  readonly dialect: MigrationDialect | undefined;
  readonly isCode: boolean;
  /** Its name says that it is run outside of a transaction. */
  readonly isAutocommit: boolean;
  /** Runs again whenever it changed, after all others (Flyway's `R__`). */
  readonly isRepeatable: boolean;
}
export type MigrationDialect = 'postgres' | 'mysql' | 'other';

const dialects: Readonly<Record<string, MigrationDialect>> = {
  postgres: 'postgres',
  postgresql: 'postgres',
  pgsql: 'postgres',
  pg: 'postgres',
  psql: 'postgres',
  mysql: 'mysql',
  mariadb: 'mysql',
  sqlite: 'other',
  sqlite3: 'other',
  cockroach: 'other',
  cockroachdb: 'other',
  crdb: 'other',
  mssql: 'other',
  sqlserver: 'other',
  oracle: 'other',
  clickhouse: 'other',
  snowflake: 'other',
  bigquery: 'other',
};

/** What the two directions are called: in a file's name, as a file's name, or as a folder's. */
const sides: Readonly<Record<string, 'up' | 'down'>> = {
  up: 'up',
  down: 'down',
  do: 'up',
  undo: 'down',
  deploy: 'up',
  revert: 'down',
  rollback: 'down',
};

const sqlFile = /\.sql$/i;
const codeFile = /\.(?:go|py|rb|ts|mts|js|mjs|cjs|php|java|kt|cs|exs?|rs)$/i;
const sidedCode = /\.(?:up|down)\.\w+$/i;
const versioned = /^[VU]?\d/i;

/** Undefined where the path is not that of a migration. */
export function migrationName(path: string): MigrationName | undefined {
  const parts = path.split('/');
  const file = parts.pop() ?? '';
  const isCode = codeFile.test(file);
  if (!isCode && !sqlFile.test(file)) return undefined;
  if (isCode && !isMigrationInCode(parts, file)) return undefined;
  const bare = file.replace(/\.[^.]+$/, '');
  return { ...(named(parts, bare) ?? flat(parts, bare)), isCode };
}

const isMigrationInCode = (folders: readonly string[], file: string): boolean =>
  sidedCode.test(file) || (versioned.test(file) && folders.some((folder) => /migrat/i.test(folder)));

type Named = Omit<MigrationName, 'isCode'>;

/** `X/up.sql`, `X/down.sql` and Prisma's `X/migration.sql`: the folder is the migration. */
function named(folders: readonly string[], bare: string): Named | undefined {
  const [word = '', ...infixes] = bare.toLowerCase().split('.').toReversed();
  const side = word === 'migration' ? 'up' : sides[word];
  const own = folders.at(-1);
  if (side === undefined || own === undefined || !infixes.every((infix) => infix in dialects)) return undefined;
  return {
    folder: folders.slice(0, -1).join('/'),
    stem: own,
    version: versionIn(own),
    side,
    dialect: infixes.map((infix) => dialects[infix])[0] ?? dialectOf(folders),
    isAutocommit: false,
    isRepeatable: false,
  };
}

/** One file or two for a migration, all in one folder, or in one folder for each direction. */
function flat(folders: readonly string[], bare: string): Named {
  const segments = bare.split('.');
  const words = segments.map((segment) => segment.toLowerCase());
  const sideAt = words.findIndex((word, at) => at > 0 && word in sides);
  const flyway = /^([VU])(\d[\d._]*)__|^R__/i.exec(bare);
  const sidedFolder = folders.findLastIndex((folder) => folder.toLowerCase() in sides);
  const isFlywayUndo = flyway?.[1]?.toUpperCase() === 'U';
  const infix = words.find((word, at) => at > 0 && word in dialects);
  return {
    folder: (sideAt < 0 && sidedFolder >= 0 ? folders.toSpliced(sidedFolder, 1) : folders).join('/'),
    stem: flyway?.[2] ?? segments.filter((_, at) => at === 0 || !isMark(words[at] ?? '')).join('.'),
    version: flyway?.[2] ?? versionIn(bare),
    side: isFlywayUndo
      ? 'down'
      : flyway
        ? 'whole'
        : (sides[words[sideAt] ?? ''] ?? sides[folders[sidedFolder]?.toLowerCase() ?? ''] ?? 'whole'),
    dialect: infix === undefined ? dialectOf(folders) : dialects[infix],
    isAutocommit: words.includes('autocommit') || words.includes('notx'),
    isRepeatable: flyway?.[0].toUpperCase() === 'R__',
  };
}

const isMark = (word: string): boolean => word in sides || word in dialects || word === 'autocommit' || word === 'notx';

const dialectOf = (folders: readonly string[]): MigrationDialect | undefined =>
  folders.map((folder) => dialects[folder.toLowerCase()]).findLast((dialect) => dialect !== undefined);

/** The digits in front, `2017-08-31-230457` written as one number; without any, the name itself. */
function versionIn(name: string): string {
  const dated = /^\d{4}(?:-\d+)+/.exec(name);
  if (dated) return dated[0].replaceAll('-', '');
  return /^[VU]?(\d+(?:[._]\d+(?![a-z\d]))*)/i.exec(name)?.[1] ?? name;
}

/** As the tools count: a short number by its value, a long one (a date, a time) by its text. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a.split(/[._]/), b.split(/[._]/)];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const order = comparePart(left[at] ?? '', right[at] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

const kindOf = (part: string): number => (/^\d{0,7}$/.test(part) ? 0 : /^\d+$/.test(part) ? 1 : 2);
const comparePart = (a: string, b: string): number =>
  kindOf(a) - kindOf(b) || (kindOf(a) === 0 ? Number(a) - Number(b) : compareTexts(a, b));

/** By code unit, the same on every machine. */
export const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
