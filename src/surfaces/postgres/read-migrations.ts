import type { Reading, SourceFile } from '../../model/artifact.ts';
import { Fault } from '../../model/fault.ts';
import type { Migration } from '../../model/migration.ts';
import { migrationsOf } from '../migrations.ts';
import { Catalog } from './catalog/catalog.ts';
import type { Language } from './catalog/language.ts';
import { roundTrip } from './catalog/round-trip.ts';
import { type SchemaMigration, withPlaces } from './schema-migration.ts';

/** In characters. No migration that people review is as long; dumps are restored, not reviewed. */
const longestFile = 16_000_000;

/**
 * Follows the schema through all migrations that are given. One that did not change is only followed; of one that did,
 * the way there and back is tried.
 */
export async function* readMigrations(
  files: readonly SourceFile[],
  dialect: Migration['dialect'],
  language: Language,
): AsyncIterable<Reading<SchemaMigration>> {
  const isChanged = changedIn(files);
  const ofBefore = earlier(files, dialect);
  let catalog = new Catalog(false);
  let folder: string | undefined;
  const migrations = migrationsOf(files).filter((one) => one.dialect === dialect);
  const twins = versionsTakenTwice(migrations);
  for (const migration of migrations) {
    // One alone says nothing of what was there before it.
    if (migration.folder !== folder)
      catalog = new Catalog(migrations.filter((one) => one.folder === migration.folder).length > 1);
    ({ folder } = migration);
    const isAsked = isChanged(migration);
    const reading = readMigration(language, catalog, migration, isAsked);
    if (!isAsked) continue;
    const { path } = migration.up;
    const twin = twins.get(versionKey(migration));
    if (twin !== undefined && twin.length > 1) yield { path, unread: takenTwice(migration, twin) };
    if (migration.isCode) yield { path, unread: inCode(migration) };
    else if (reading instanceof Fault) yield { path, unread: reading };
    else yield { path, ...beforeOf(language, ofBefore.get(path)), after: reading };
  }
  for (const [path, before] of ofBefore) {
    if (migrations.some(({ up }) => up.path === path)) continue;
    const removed = readMigration(language, new Catalog(false), before, true);
    if (!(removed instanceof Fault)) yield { path, before: removed };
  }
}

function changedIn(files: readonly SourceFile[]): (migration: Migration) => boolean {
  const changed = new Set(files.filter(({ before, after }) => before !== after).map(({ path }) => path));
  return ({ up, down }) => changed.has(up.path) || (down !== undefined && changed.has(down.path));
}

/** Changed migrations as they were. */
function earlier(files: readonly SourceFile[], dialect: Migration['dialect']): ReadonlyMap<string, Migration> {
  if (files.every(({ before }) => before === undefined)) return new Map();
  const isChanged = changedIn(files);
  const before = files.flatMap((file): SourceFile[] =>
    file.before === undefined ? [] : [{ path: file.path, after: file.before }],
  );
  return new Map(
    migrationsOf(before)
      .filter((one) => one.dialect === dialect && isChanged(one))
      .map((one) => [one.up.path, one]),
  );
}

const beforeOf = (language: Language, migration: Migration | undefined): { readonly before?: SchemaMigration } => {
  const before = migration && readMigration(language, new Catalog(false), migration, true);
  return before && !(before instanceof Fault) ? { before } : {};
};

function readMigration(
  language: Language,
  catalog: Catalog,
  migration: Migration,
  isAsked: boolean,
): SchemaMigration | Fault {
  const { up, down } = migration;
  const length = Math.max(up.text.length, down?.text.length ?? 0);
  if (length > longestFile) return tooLong(up.path, length);
  return withPlaces(migration, roundTrip(language, catalog, migration, isAsked), catalog.hasHistory);
}

const isSql = (path: string): boolean => /\.sql$/i.test(path);

const tooLong = (path: string, length: number): Fault =>
  new Fault('invalid-input', `${path} has ${length} characters, more than the ${longestFile} that are read.`, {
    at: `${path}:1:1`,
    advice: 'Assess the statements that change the schema without the rows that are loaded with them.',
  });

const inCode = ({ up, down }: Migration): Fault => {
  const path = isSql(up.path) ? (down?.path ?? up.path) : up.path;
  return new Fault('invalid-input', `${path} is a program, which is not run here.`, {
    at: `${path}:1:1`,
    advice: 'Rehearse it on a copy of the database, and declare how it is undone.',
  });
};

/** Tools that know a migration by its number alone run one of the two, or none. */
const versionKey = ({ folder, version }: Migration): string => `${folder}/${version}`;
function versionsTakenTwice(migrations: readonly Migration[]): ReadonlyMap<string, readonly Migration[]> {
  const paired = migrations.filter(({ up, version }) => /^\d+$/.test(version) && /\.up\.sql$/i.test(up.path));
  return Map.groupBy(paired, versionKey);
}
function takenTwice({ up, version }: Migration, twins: readonly Migration[]): Fault {
  const others = twins.map((twin) => twin.up.path).filter((path) => path !== up.path);
  return new Fault(
    'invalid-input',
    `Version ${version} is taken twice, by ${up.path} and ${others.join(', ')}: which way there belongs to which way back is not defined.`,
    {
      at: `${up.path}:1:1`,
      advice: 'Give each migration a version of its own.',
    },
  );
}
