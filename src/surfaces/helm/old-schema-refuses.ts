import type { Json } from '../../model/json.ts';
import { isObject } from '../../model/same.ts';
import type { Rule } from '../../model/surface.ts';
import { asFields, asList, asText, fieldAt } from '../manifest.ts';
import type { ChartFile } from './chart-file.ts';

export const oldSchemaRefuses: Rule<ChartFile> = {
  id: 'helm/old-schema-refuses',
  problem:
    'The chart accepts values that its older schema refuses. Once somebody sets them, a chart rollback alone fails.',
  instead: 'Revert chart and values in one commit.',
  source: 'https://helm.sh/docs/topics/charts/#schema-files',
  examples: {
    matches: [
      {
        before: '{"properties": {"port": {"type": "integer"}}, "additionalProperties": false}',
        after:
          '{"properties": {"port": {"type": "integer"}, "host": {"type": "string"}}, "additionalProperties": false}',
      },
      {
        before: '{"properties": {"port": {"type": "integer"}}}',
        after: '{"properties": {"port": {"type": "string"}}}',
      },
    ],
    passes: [
      {
        before: '{"properties": {"port": {"type": "integer"}}}',
        after: '{"properties": {"port": {"type": "integer"}, "host": {}}}',
      },
    ],
  },
  *find({ before, after }) {
    if (before?.role !== 'schema' || after?.role !== 'schema') return;
    const refused = [...refusals(before.value, after.value, [])].slice(0, 5);
    const [first] = refused;
    if (!first) return;
    yield {
      class: 'fully-reversible',
      classAfterWrites: 'reversible-with-compatibility-window',
      message: `The older schema refuses ${refused.map(({ what }) => what).join(', ')}: once set, the older chart does not install until the values are reverted too.`,
      instead: 'Revert chart and values in one commit.',
      closedBy: 'a release sets one of them',
      probe: 'helm get values <release>',
      at: after.at(...first.steps),
    };
  },
};

interface Refusal {
  readonly what: string;
  readonly steps: readonly string[];
}

/** What the newer schema allows and the older one refuses; what both leave open is not looked into. */
function* refusals(before: Json | undefined, after: Json | undefined, steps: readonly string[]): Iterable<Refusal> {
  if (!isObject(before) || !isObject(after) || steps.length > 20) return;
  const what = steps.filter((step) => step !== 'properties').join('.');
  if (typesOf(before) !== undefined && typesOf(after)?.some((type) => !typesOf(before)?.includes(type)))
    yield { what: `${what} as ${typesOf(after)?.join(' or ') ?? ''}`, steps: [...steps, 'type'] };
  const choices = asList(before['enum']).map((one) => JSON.stringify(one));
  if (choices.length > 0 && asList(after['enum']).some((one) => !choices.includes(JSON.stringify(one))))
    yield { what: `another ${what}`, steps: [...steps, 'enum'] };
  const required = new Set(asList(after['required']).map(asText));
  for (const name of asList(before['required']).map(asText))
    if (name !== undefined && !required.has(name))
      yield { what: `a missing ${[what, name].filter(Boolean).join('.')}`, steps: [...steps, 'required'] };
  const known = asFields(before['properties']);
  for (const [name, schema] of Object.entries(asFields(after['properties']))) {
    const inside = [...steps, 'properties', name];
    if (Object.hasOwn(known, name)) yield* refusals(fieldAt(known, [name]), schema, inside);
    else if (before['additionalProperties'] === false)
      yield { what: [what, name].filter(Boolean).join('.'), steps: inside };
  }
}

const typesOf = (schema: Json): readonly string[] | undefined => {
  const type = fieldAt(schema, ['type']);
  const all = (Array.isArray(type) ? asList(type) : [type]).flatMap((one) => asText(one) ?? []);
  return all.length === 0 ? undefined : all.includes('number') ? [...all, 'integer'] : all;
};
