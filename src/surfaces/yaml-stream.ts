import { Fault } from '../model/fault.ts';
import type { Json } from '../model/json.ts';

/** Line and column count from 1, offsets from 0. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** One document of a YAML stream, as text; what it holds is only read when it is asked for. */
export interface YamlDocument {
  readonly text: string;
  /** 0-based line of its file on which the text begins. */
  readonly firstLine: number;
}

/** A marker in the first column always ends a document: no scalar may hold one there. */
const marker = /^(?:---|\.\.\.)(?=[ \t\r\n]|$)/gm;
/** The first character of the first line that says something; of a line with a marker, what follows the marker counts. */
const content = /^(?:(?:---|\.\.\.)(?=\s|$)|(?!(?:---|\.\.\.)(?:\s|$)))[ \t\r]*([^\s#])/m;
const isEmpty = (text: string): boolean => !content.test(text);
/** They stand before the marker of their document. */
const isDirectives = (text: string): boolean => content.exec(text)?.[1] === '%' && !/^---/m.test(text);

/** The documents of a stream, in order, without the empty ones. Nothing is parsed. */
export function yamlDocuments(text: string): readonly YamlDocument[] {
  const documents: YamlDocument[] = [];
  let start = 0;
  let firstLine = 0;
  const take = (end: number): void => {
    const piece = text.slice(start, end);
    if (end < text.length && isDirectives(piece)) return;
    if (!isEmpty(piece)) documents.push({ text: piece, firstLine });
    firstLine += lineBreaks(piece);
    start = end;
  };
  for (const { index } of text.matchAll(marker)) take(index);
  take(text.length);
  return documents;
}

function lineBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** Limits that no manifest that a cluster accepts comes near: an object in etcd holds 1.5 MiB. */
const most = { characters: 64 * 1024 * 1024, depth: 100, aliases: 1000, values: 500_000 } as const;

export type YamlReader = ReturnType<typeof yamlReader>;
type JsYaml = typeof import('js-yaml');
let loaded: Promise<ReturnType<typeof yamlReader>> | undefined;

/** The parser is loaded when the first file is read. */
export const loadYamlReader = (): Promise<YamlReader> =>
  (loaded ??= import('js-yaml').then((library) => yamlReader(library)));

function yamlReader(library: JsYaml) {
  const schema = kubernetesSchema(library);
  type Events = ReturnType<typeof library.parseEvents>;
  const values = new WeakMap<YamlDocument, Json | undefined>();
  let last: { readonly document: YamlDocument; readonly events: Events } | undefined;
  return {
    /**
     * The value of a document, read as Kubernetes reads YAML: booleans and octal numbers of YAML 1.1, everything else
     * of YAML 1.2, dates as text.
     * @throws invalid-input at the position: not YAML, a key twice, or larger, deeper or more repeated than any
     *   manifest that a cluster would accept
     */
    valueOf(document: YamlDocument, path: string): Json | undefined {
      const { text } = document;
      if (values.has(document)) return values.get(document);
      if (text.length > most.characters) throw refused(path, document, 0, 'it is larger than 64 MiB');
      const broken = text.indexOf('\uFFFD');
      if (broken !== -1) throw refused(path, document, broken, 'it is not valid UTF-8');
      try {
        const [value] = library.loadAll(text, { schema, maxDepth: most.depth, maxAliases: most.aliases });
        if (text.includes('*') && size(value) > most.values) {
          throw refused(path, document, 0, 'its aliases expand to more than half a million values');
        }
        values.set(document, value as Json | undefined);
        return value as Json | undefined;
      } catch (error) {
        if (error instanceof Fault) throw error;
        const told = error instanceof library.YAMLException ? error : undefined;
        // what the parser quotes may be a secret
        throw refused(
          path,
          document,
          told?.mark?.position ?? 0,
          told?.reason.replace(/\s*["'`!<*&].*$/s, '') ?? 'it cannot be parsed',
        );
      }
    },
    /** What the parser saw, in order, with offsets into the text. Findings come document by document: one is kept. */
    eventsOf(document: YamlDocument): Events {
      if (last?.document !== document) {
        last = { document, events: library.parseEvents(document.text, { maxDepth: most.depth }) };
      }
      return last.events;
    },
    /** The text of a scalar among those events. */
    scalarOf: library.getScalarValue,
  };
}

const refused = (path: string, document: YamlDocument, offset: number, why: string): Fault => {
  const { line, column } = placeOf(document, offset);
  return new Fault('invalid-input', `The YAML cannot be read at line ${line}: ${why}.`, {
    at: `${path}:${line}:${column}`,
    advice: 'Correct the file and assess it again.',
  });
};

export function placeOf(document: YamlDocument, offset: number): Place {
  const before = document.text.slice(0, Math.min(Math.max(offset, 0), document.text.length));
  return { line: document.firstLine + lineBreaks(before) + 1, column: before.length - before.lastIndexOf('\n') };
}

/** How many values a value holds once every alias is written out; one that holds itself, or nests on and on, holds too many. */
function size(value: unknown): number {
  const sizes = new Map<object, number>();
  const sizeOf = (of: unknown, depth: number): number => {
    if (typeof of !== 'object' || of === null) return 1;
    const known = sizes.get(of);
    if (known !== undefined) return known;
    sizes.set(of, Number.POSITIVE_INFINITY);
    if (depth > 2 * most.depth) return Number.POSITIVE_INFINITY;
    let sum = 1;
    for (const inner of Object.values(of)) sum += sizeOf(inner, depth + 1);
    sizes.set(of, sum);
    return sum;
  };
  return sizeOf(value, 0);
}

/** What `kubectl` and the API server make of a plain scalar, by the resolver of sigs.k8s.io/yaml. */
function kubernetesSchema(library: JsYaml): InstanceType<JsYaml['Schema']> {
  const { CORE_SCHEMA, NOT_RESOLVED, boolYaml11Tag, defineScalarTag, floatCoreTag, intCoreTag, mergeTag } = library;
  const int = defineScalarTag(intCoreTag.tagName, {
    ...intCoreTag,
    resolve: (source) => wholeNumber(source) ?? NOT_RESOLVED,
  });
  const float = defineScalarTag(floatCoreTag.tagName, {
    ...floatCoreTag,
    resolve(source, isExplicit, tagName) {
      const value = floatCoreTag.resolve(source, isExplicit, tagName);
      return typeof value === 'number' && Number.isFinite(value) ? value : NOT_RESOLVED;
    },
  });
  return CORE_SCHEMA.withTags(mergeTag, boolYaml11Tag, int, float);
}

/** Go's integers of any base: a leading zero is octal, underscores part digits. */
function wholeNumber(source: string): number | undefined {
  const [, sign, digits] = /^([-+]?)(0[xX][\da-fA-F_]+|0[oO]?[0-7_]+|0[bB][01_]+|0|[1-9][\d_]*)$/.exec(source) ?? [];
  if (digits === undefined) return undefined;
  const plain = digits.replaceAll('_', '').replace(/^0(?=[0-7])/, '0o');
  const value = Number(plain);
  return Number.isFinite(value) ? (sign === '-' ? -value : value) : undefined;
}
