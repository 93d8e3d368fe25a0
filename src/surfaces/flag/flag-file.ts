import type { Json } from '../../model/json.ts';
import { isObject } from '../../model/same.ts';
import { asFields, asText, type Position, fieldAt } from '../manifest.ts';
import { type Steps, type YamlDocument, yamlDocuments } from '../yaml-documents.ts';

/** A flag, whatever the tool calls its parts. */
export interface Flag {
  readonly name: string;
  readonly isOn: boolean;
  readonly variants: Readonly<Record<string, Json>>;
  /** What everybody gets whom no rule singles out. */
  readonly fallback: string;
  /** Who gets something else; null when nobody does. */
  readonly targeting: Json;
  readonly about: Json;
  at(...steps: Steps): Position;
  /** Where its parts stand, for findings. */
  readonly places: Readonly<Record<'isOn' | 'variants' | 'fallback' | 'targeting', string>>;
}

export interface FlagFile {
  readonly path: string;
  readonly flags: ReadonlyMap<string, Flag>;
}

const isNamedFlags = (path: string): boolean =>
  /(^|[/._-])(?:feature[-_]?)?(?:flags?|toggles?)(?:[._-][\w.-]*)?\.(?:ya?ml|json)$/i.test(path);

export const holdsFlags = (path: string, text: string): boolean =>
  /\.(?:ya?ml|json)$/i.test(path) &&
  (/["']?defaultVariant["']?\s*:/.test(text) ||
    (/["']?variations["']?\s*:/.test(text) && /["']?defaultRule["']?\s*:/.test(text)) ||
    (isNamedFlags(path) && /^\s*["']?[\w.-]+["']?\s*:\s*(?:true|false)\s*,?\s*$/m.test(text)));

/** @throws Fault invalid-input at the position */
export async function flagFile(path: string, text: string): Promise<FlagFile> {
  const documents = await yamlDocuments(text, path);
  return {
    path,
    flags: new Map(
      documents.flatMap((document) => flagsIn(document, path, labelIn(text))).map((flag) => [flag.name, flag]),
    ),
  };
}

/** flagd's file; the same in an OpenFeature object; else flags by name at the top. */
const roots: readonly Steps[] = [['flags'], ['spec', 'flagSpec', 'flags'], ['spec', 'featureFlagSpec', 'flags'], []];

type Label = (value: Json | undefined) => string;

/** YAML 1.1, which Kubernetes and flagd read, takes an unquoted `on` for true: a variant of that name is meant. */
function labelIn(text: string): Label {
  const isSwitch = /(?:^|[\s{,"'])(?:on|off)["']?\s*:/m.test(text);
  const words: Readonly<Record<string, string>> = isSwitch ? { true: 'on', false: 'off' } : {};
  return (value) => {
    const label = typeof value === 'boolean' ? String(value) : (asText(value) ?? '');
    return words[label] ?? label;
  };
}

const labelled = (variants: Readonly<Record<string, Json>>, label: Label): Readonly<Record<string, Json>> =>
  Object.fromEntries(Object.entries(variants).map(([name, value]) => [label(name), value]));

function flagsIn(document: YamlDocument, path: string, label: Label): readonly Flag[] {
  const root = roots.find((steps) => isObject(fieldAt(document.value, steps)));
  if (!root || (root.length === 0 && isObject(document.value) && 'kind' in document.value)) return [];
  return Object.entries(asFields(fieldAt(document.value, root))).flatMap(([name, value]) => {
    const flag = flagd(value, label) ?? goFeatureFlag(value, label) ?? (isNamedFlags(path) ? plain(value) : undefined);
    return flag ? [{ ...flag, name, at: (...steps: Steps) => document.at(...root, name, ...steps) }] : [];
  });
}

type Parts = Omit<Flag, 'name' | 'at'>;

function flagd(value: Json, label: Label): Parts | undefined {
  const variants = fieldAt(value, ['variants']);
  if (!isObject(variants)) return undefined;
  return {
    isOn: (asText(fieldAt(value, ['state'])) ?? 'ENABLED') !== 'DISABLED',
    variants: labelled(variants, label),
    fallback: label(fieldAt(value, ['defaultVariant'])),
    targeting: emptied(fieldAt(value, ['targeting'])),
    about: fieldAt(value, ['metadata']) ?? null,
    places: { isOn: 'state', variants: 'variants', fallback: 'defaultVariant', targeting: 'targeting' },
  };
}

/** A rule without a condition is a share; one with targets is what flagd calls targeting. */
function goFeatureFlag(value: Json, label: Label): Parts | undefined {
  const variants = fieldAt(value, ['variations']);
  if (!isObject(variants)) return undefined;
  const rule = fieldAt(value, ['defaultRule']);
  return {
    isOn: fieldAt(value, ['disable']) !== true,
    variants: labelled(variants, label),
    fallback: label(fieldAt(rule, ['variation'])) || JSON.stringify(fieldAt(rule, ['percentage']) ?? ''),
    targeting: emptied(fieldAt(value, ['targeting'])),
    about: fieldAt(value, ['metadata']) ?? null,
    places: { isOn: 'disable', variants: 'variations', fallback: 'defaultRule', targeting: 'targeting' },
  };
}

/** `name: true` */
function plain(value: Json): Parts | undefined {
  if (typeof value !== 'boolean') return undefined;
  return {
    isOn: true,
    variants: { on: true, off: false },
    fallback: value ? 'on' : 'off',
    targeting: null,
    about: null,
    places: { isOn: '', variants: '', fallback: '', targeting: '' },
  };
}

const emptied = (value: Json | undefined): Json =>
  value === undefined ||
  (isObject(value) && Object.keys(value).length === 0) ||
  (Array.isArray(value) && value.length === 0)
    ? null
    : value;
