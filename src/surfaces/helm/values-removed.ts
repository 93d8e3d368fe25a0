import type { Json } from '../../model/json.ts';
import { isObject } from '../../model/same.ts';
import type { Rule } from '../../model/surface.ts';
import type { ChartFile } from './chart-file.ts';

export const valuesRemoved: Rule<ChartFile> = {
  id: 'helm/values-removed',
  problem:
    'The chart gives up values, or gives them another form. What users set under the old name is ignored without a word, or no longer parses on the way back.',
  instead: 'Accept both forms for one release, and fail with a message on the old one after that.',
  source: 'https://helm.sh/docs/chart_best_practices/values/',
  examples: {
    matches: [
      { before: 'image: shop\nport: 80\n', after: 'image: {repository: shop}\nport: 80\n' },
      { before: 'image: shop\nport: 80\n', after: 'image: shop\n' },
    ],
    passes: [{ before: 'image: shop\nport: 80\n', after: 'image: shop\nport: 8080\nhost: a\n' }],
  },
  *find({ before, after }) {
    if (before?.role !== 'values' || after?.role !== 'values' || after.chart.root === undefined) return;
    const all = [...lost(before.value, after.value, [])];
    const reshaped = all.filter(({ isReshaped }) => isReshaped);
    const [first] = reshaped.length > 0 ? reshaped : all;
    if (!first) return;
    const names = (reshaped.length > 0 ? reshaped : all).map(({ steps }) => steps.join('.'));
    const shown =
      names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${String(names.length - 3)} more` : names.join(', ');
    yield {
      class: 'fully-reversible',
      ...(reshaped.length > 0 && { classAfterWrites: 'reversible-with-compatibility-window' as const }),
      message:
        reshaped.length > 0
          ? `${shown}: another form. Values that users rewrite for it do not parse in the older chart.`
          : `${shown}: no longer read. What users set there is ignored without a word.`,
      instead: 'Revert chart and values together; accept both forms for one release.',
      ...(reshaped.length > 0 && { closedBy: 'a user rewrites the values for the new form' }),
      at: reshaped.length > 0 ? after.at(...first.steps) : after.at(...first.steps.slice(0, -1)),
    };
  },
};

interface Lost {
  readonly steps: readonly string[];
  readonly isReshaped: boolean;
}

function* lost(before: Json | undefined, after: Json | undefined, steps: readonly string[]): Iterable<Lost> {
  if (!isObject(before) || !isObject(after) || steps.length > 12) return;
  for (const [key, value] of Object.entries(before)) {
    const now = Object.hasOwn(after, key) ? after[key] : undefined;
    if (now === undefined) yield { steps: [...steps, key], isReshaped: false };
    else if (shapeOf(value) !== shapeOf(now) && value !== null && now !== null)
      yield { steps: [...steps, key], isReshaped: true };
    else yield* lost(value, now, [...steps, key]);
  }
}

const shapeOf = (value: Json): string => (Array.isArray(value) ? 'list' : isObject(value) ? 'map' : 'plain');
