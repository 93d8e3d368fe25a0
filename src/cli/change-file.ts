/**
 * A change file: YAML or JSON, read with its positions so that a mistake is shown where it is. Relative paths mean the
 * file's own folder, and secret references are resolved here, because only here are they the caller's.
 */
import { dirname, isAbsolute, resolve } from 'node:path';

import { LineCounter, parseDocument } from 'yaml';

import { Fault } from '../model/fault.ts';
import type { Json } from '../model/json.ts';
import { Proposal } from '../model/proposal.ts';
import { isObject } from '../model/same.ts';
import type { OperationView } from '../model/view.ts';
import { changeArtifacts } from './change-artifacts.ts';
import type { Given } from './given.ts';

type Reading = Pick<Given, 'cwd' | 'read' | 'secret'>;

/** Faults: `not-found`, `invalid-input` with the line. */
export async function readChangeFile(
  given: Given,
  path: string,
  operations: readonly OperationView[],
): Promise<Proposal> {
  const value = await readYaml(given, path);
  const folder = folderOf(given, path);
  if (!isObject(value)) throw new Fault('invalid-input', `${path} holds no change: it is not a mapping.`, { at: path });
  const steps = Array.isArray(value['steps']) ? value['steps'] : undefined;
  const resolved = steps && { steps: steps.map((step) => withPaths(step as Json, folder, operations)) };
  const artifacts =
    value['artifacts'] === undefined
      ? undefined
      : { artifacts: await changeArtifacts(given, folder, value['artifacts']) };
  const proposal = Proposal.safeParse({ ...value, ...resolved, ...artifacts });
  if (proposal.success) return proposal.data;
  const issue = proposal.error.issues[0];
  const where = issue?.path.map(String).join('.') ?? '';
  throw new Fault('invalid-input', `${path}: ${where ? `${where}: ` : ''}${issue?.message ?? 'it is no change'}.`, {
    at: where || path,
  });
}

/** What a file of YAML or JSON holds, its references to secrets resolved. Faults: `not-found`, `invalid-input` with the line. */
export async function readYaml(given: Reading, path: string): Promise<Json> {
  const value = parsed(await given.read(path), path === '-' ? 'standard input' : path);
  return withSecrets(given, folderOf(given, path), value);
}

const folderOf = (given: Reading, path: string): string =>
  path === '-' ? given.cwd : dirname(resolve(given.cwd, path));

/** What is wrong is said without the text, because a secret may stand there. */
function parsed(text: string, name: string): Json {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const error = document.errors[0];
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    const at = `${name}:${line}:${col}`;
    const [what] = error.message.split(': ');
    throw new Fault('invalid-input', `${at}: ${what}.`, { at, advice: 'Correct the YAML at that line.' });
  }
  try {
    return document.toJS() as Json;
  } catch (cause) {
    const why = 'there is an alias whose anchor cannot be found';
    throw new Fault('invalid-input', `${name}: ${why}.`, { advice: 'Put what begins with * in quotes.', cause });
  }
}

/** Makes absolute what an operation's schema says is a path on this machine. */
function withPaths(step: Json, folder: string, operations: readonly OperationView[]): Json {
  if (!isObject(step)) return step;
  return Object.fromEntries(
    Object.entries(step).map(([key, body]) => {
      const schema = operations.find(({ name }) => name === key)?.params;
      return [key, schema && isObject(body) ? withPathParams(body, schema, folder) : body];
    }),
  );
}

function withPathParams(params: Readonly<Record<string, Json>>, schema: Json, folder: string): Json {
  const pathParams = pathNames(schema);
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) =>
      pathParams.has(name) && typeof value === 'string' && !isAbsolute(value)
        ? [name, resolve(folder, value)]
        : [name, value],
    ),
  );
}

/** Names of the params that are marked `format: path` in a schema, in any of its alternatives. */
function pathNames(schema: Json): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: Json): void => {
    if (Array.isArray(node)) return node.forEach((item) => visit(item as Json));
    if (!isObject(node)) return;
    const properties = node['properties'];
    if (isObject(properties))
      for (const [name, property] of Object.entries(properties))
        if (isObject(property) && property['format'] === 'path') names.add(name);
    for (const key of ['anyOf', 'oneOf', 'allOf']) if (key in node) visit(node[key] as Json);
  };
  visit(schema);
  return names;
}

/** Puts `{ $plain }` in the place of every reference that only this side can read. */
async function withSecrets(given: Reading, folder: string, value: Json): Promise<Json> {
  if (Array.isArray(value)) return Promise.all(value.map((item) => withSecrets(given, folder, item as Json)));
  if (!isObject(value)) return value;
  const reference = value['$secret'];
  if (typeof reference === 'string' && reference !== 'generate') {
    const file = reference.startsWith('file:') ? `file:${resolve(folder, reference.slice('file:'.length))}` : reference;
    return { $plain: await given.secret(file) };
  }
  const entries = await Promise.all(
    Object.entries(value).map(async ([key, item]) => [key, await withSecrets(given, folder, item)] as const),
  );
  return Object.fromEntries(entries);
}
