import type { SourceFile } from '../model/artifact.ts';
import type { Migration, MigrationText } from '../model/migration.ts';
import { blank, withoutTemplates } from './migration-blanks.ts';
import { dialectIn } from './migration-dialect.ts';
import {
  compareTexts,
  compareVersions,
  migrationName,
  type MigrationDialect,
  type MigrationName,
} from './migration-name.ts';
import { sectionsOf } from './migration-sections.ts';

interface Named extends MigrationName {
  readonly path: string;
  readonly text: string;
  /** Where the path does not say. */
  readonly guess: MigrationDialect;
}

const own = ['postgres', 'mysql'] as const;

/**
 * The migrations among files as they are after the change, in the order in which their tool applies them. What belongs
 * to other databases is left out; so is a file of no dialect where the same migration has one of its own.
 */
export function migrationsOf(files: readonly SourceFile[]): readonly Migration[] {
  const turnedOff = withoutTransaction(files);
  const named = files.flatMap(({ path, after }): Named[] => {
    const name = after === undefined ? undefined : migrationName(path);
    if (!name || after === undefined || name.dialect === 'other') return [];
    return [{ ...name, path, text: after, guess: name.dialect ?? (name.isCode ? 'postgres' : dialectIn(after)) }];
  });
  return own
    .flatMap((dialect) => ofDialect(dialect, named, turnedOff))
    .toSorted(
      (a, b) =>
        compareTexts(a.folder, b.folder) ||
        Number(a.isRepeatable) - Number(b.isRepeatable) ||
        compareVersions(a.migration.version, b.migration.version) ||
        compareTexts(a.migration.up.path, b.migration.up.path),
    )
    .map((one) => one.migration);
}

/** Whether the file may hold a migration, or says how one is run. */
export const isMigrationFile = (path: string): boolean => migrationName(path) !== undefined || isMetadata(path);

/** Diesel's note beside a migration. */
const isMetadata = (path: string): boolean => /(?:^|\/)metadata\.toml$/.test(path);
const withoutTransaction = (files: readonly SourceFile[]): ReadonlySet<string> =>
  new Set(
    files
      .filter(({ path, after }) => isMetadata(path) && /^\s*run_in_transaction\s*=\s*false\b/m.test(after ?? ''))
      .map(({ path }) => folderOf(path)),
  );
const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

interface Placed {
  readonly migration: Migration;
  readonly folder: string;
  readonly isRepeatable: boolean;
}

function ofDialect(
  dialect: (typeof own)[number],
  files: readonly Named[],
  turnedOff: ReadonlySet<string>,
): readonly Placed[] {
  const byStem = new Map<string, { ups: Named[]; downs: Named[] }>();
  // A further file in a migration's own folder is read by the migration, not by its tool.
  const foldersOfOne = new Set(files.map(stemKey).filter((key, at) => key === folderOf(files[at]?.path ?? '')));
  for (const file of files) {
    if ((file.dialect ?? file.guess) !== dialect || foldersOfOne.has(file.folder)) continue;
    const key = stemKey(file);
    const both = byStem.get(key) ?? { ups: [], downs: [] };
    (file.side === 'down' ? both.downs : both.ups).push(file);
    byStem.set(key, both);
  }
  // A down that has another name than its up is found by the version, as golang-migrate does.
  const loose = new Map(
    [...byStem.values()].filter(({ ups }) => ups.length === 0).map(({ downs }) => [versionKey(downs), downs] as const),
  );
  return [...byStem.values()].flatMap(({ ups, downs }): Placed[] => {
    const up = best(ups);
    if (!up) return [];
    const down = best(downs) ?? best(loose.get(versionKey([up])) ?? []);
    return [
      { migration: migrationFrom(dialect, up, down, turnedOff), folder: up.folder, isRepeatable: up.isRepeatable },
    ];
  });
}

const stemKey = ({ folder, stem }: Named): string => (folder === '' ? stem : `${folder}/${stem}`);
const versionKey = ([first]: readonly Named[]): string => `${first?.folder}/${first?.version}`;
/** One that is written for the dialect comes before one that is for all. */
const best = (files: readonly Named[]): Named | undefined => files.find((one) => one.dialect !== undefined) ?? files[0];

function migrationFrom(
  dialect: Migration['dialect'],
  up: Named,
  down: Named | undefined,
  turnedOff: ReadonlySet<string>,
): Migration {
  const isTransactional = !up.isAutocommit && !turnedOff.has(folderOf(up.path));
  const sections = up.side === 'whole' && !up.isCode ? sectionsOf(up.text) : [];
  const of = (side: 'up' | 'down'): MigrationText | undefined => {
    const section = sections.find((one) => one.side === side);
    if (!section) return undefined;
    return textOf(up, isTransactional && section.isTransactional, section.start, section.end);
  };
  const ownDown = of('down') ?? (down && textOf(down, isTransactional && !down.isAutocommit));
  return {
    version: up.version,
    folder: up.folder,
    up: of('up') ?? textOf(up, isTransactional),
    ...(ownDown && { down: ownDown }),
    isCode: up.isCode || (down?.isCode ?? false),
    dialect,
  };
}

const textOf = (file: Named, isTransactional: boolean, start = 0, end = file.text.length): MigrationText => ({
  path: file.path,
  text: file.isCode ? file.text : blank(file.text.slice(0, start)) + withoutTemplates(file.text.slice(start, end)),
  isTransactional,
});
