import type { ImageUse } from './artifact.ts';
import { referenceOf } from './reference.ts';

const from = /^[ \t]*FROM[ \t]+(?:--[\w-]+=\S+[ \t]+)*(\S+)(?:[ \t]+AS[ \t]+(\S+))?/gim;

/** The images that a Dockerfile starts from. A stage that starts from an earlier one, or from an argument, names none. */
export function usesInDockerfile(text: string, path: string): readonly ImageUse[] {
  const stages = new Set<string>(['scratch']);
  const uses: ImageUse[] = [];
  let count = 0;
  for (const { 0: whole, 1: image = '', 2: stage, index } of text.matchAll(from)) {
    const isStage = stages.has(image.toLowerCase());
    if (stage !== undefined) stages.add(stage.toLowerCase());
    const reference = isStage ? undefined : referenceOf(image);
    const place = `stage ${stage ?? String(count)}`;
    count++;
    if (!reference) continue;
    const offset = index + whole.indexOf(image, whole.search(/FROM/i) + 4);
    const before = text.slice(0, offset);
    const at = () => ({ path, line: before.split('\n').length, column: offset - before.lastIndexOf('\n') });
    uses.push({ place, reference, isBase: true, pullPolicy: undefined, at });
  }
  return uses;
}
