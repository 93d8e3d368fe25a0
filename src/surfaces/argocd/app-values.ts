import type { Versions } from '../../model/artifact.ts';
import type { Json } from '../../model/json.ts';
import { asText, fieldAt } from '../manifest.ts';
import type { ManifestFile } from '../manifests.ts';
import type { ValuesChange } from '../values-change.ts';
import { appsOf, sourcesOf } from './argo-object.ts';

/** The values that an Application gives to its chart, as an object; those written as one text are not looked into. */
export const valuesOf = (change: Versions<ManifestFile>): readonly ValuesChange[] =>
  appsOf(change).flatMap(({ before, after }) => {
    const old = before ? sourcesOf(before) : [];
    return sourcesOf(after).flatMap(({ value, steps }, index) => {
      const [then, now] = [old[index]?.value, value].map(objectIn);
      const at: ValuesChange['at'] = (...inside) => after.at(...steps, 'helm', 'valuesObject', ...inside);
      return then === undefined || now === undefined ? [] : [{ before: then, after: now, at }];
    });
  });

const objectIn = (source: Json | undefined): Json | undefined => {
  const values = fieldAt(source, ['helm', 'valuesObject']);
  return asText(values) === undefined ? values : undefined;
};
