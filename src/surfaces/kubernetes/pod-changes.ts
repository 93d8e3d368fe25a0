import type { Json } from '../../model/json.ts';
import { isSame } from '../../model/same.ts';
import { asFields, asList, fieldAt } from '../manifest.ts';

const withoutImages = (containers: Json | undefined): Json =>
  asList(containers).map((container) => ({ ...asFields(container), image: '' }));

/**
 * What the server allows to change in a running pod, in both directions: the images of its containers. Tolerations and
 * ephemeral containers may be added, but then they cannot be taken back.
 */
export function isAllowedPodChange(field: string, before: Json, after: Json): boolean {
  if (field !== 'spec.containers' && field !== 'spec.initContainers') return false;
  const [a, b] = [before, after].map((value) => withoutImages(fieldAt(value, field.split('.'))));
  return isSame(a, b);
}
