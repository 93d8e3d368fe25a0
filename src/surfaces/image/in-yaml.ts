import type { Json } from '../../model/json.ts';
import { isObject } from '../../model/same.ts';
import { containersOf } from '../manifest-pods.ts';
import { asFields, asList, asText, fieldAt, manifestOf, titleOf, type Fields, type Manifest } from '../manifest.ts';
import { yamlPosition, type Step } from '../yaml-position.ts';
import type { YamlDocument, YamlReader } from '../yaml-stream.ts';
import type { ImageUse } from './artifact.ts';
import { referenceOf } from './reference.ts';

interface Found {
  readonly place: string;
  readonly text: string;
  readonly path: readonly Step[];
  readonly pullPolicy?: string | undefined;
}

/** The images that a YAML document names: in workloads, Compose files, kustomizations, and values of charts. */
export function usesInYaml(reader: YamlReader, document: YamlDocument, path: string): readonly ImageUse[] {
  const value = reader.valueOf(document, path);
  if (!isObject(value)) return [];
  const manifest = manifestOf(value, path, (steps) => yamlPosition(reader, document, steps));
  const items = manifest?.kind.endsWith('List') === true ? asList(value['items']) : [];
  const found =
    items.length === 0
      ? imagesOf(value, manifest)
      : items.flatMap((item, index) =>
          imagesOf(
            asFields(item),
            manifestOf(item, path, () => ({ line: 1, column: 1 })),
          ).map((one) => ({
            ...one,
            path: ['items', index, ...one.path],
          })),
        );
  return found.flatMap(({ place, text, path: steps, pullPolicy }) => {
    const reference = referenceOf(text);
    if (!reference) return [];
    const at = () => ({ path, ...yamlPosition(reader, document, steps) });
    return [{ place, reference, isBase: false, pullPolicy, at }];
  });
}

function imagesOf(value: Fields, manifest: Manifest | undefined): readonly Found[] {
  if (isObject(value['services']) && !manifest) return composeImages(value['services']);
  if (manifest?.group === 'kustomize.config.k8s.io' || (Array.isArray(value['images']) && !manifest))
    return kustomizeImages(value);
  if (!manifest) return [...imagesBelow(value, '')];
  const containers = containersOf(manifest);
  if (containers.length === 0) {
    // Its schemas describe images, and name none.
    return manifest.kind === 'CustomResourceDefinition' ? [] : [...imagesBelow(value, titleOf(manifest))];
  }
  return containers.flatMap(({ value: container, path }) => {
    const text = asText(container['image']);
    if (text === undefined) return [];
    const place = `${titleOf(manifest)}, container ${asText(container['name']) ?? String(path.at(-1))}`;
    return [{ place, text, path: [...path, 'image'], pullPolicy: asText(container['imagePullPolicy']) }];
  });
}

const composeImages = (services: Fields): readonly Found[] =>
  Object.entries(services).flatMap(([name, service]) => {
    const text = asText(asFields(service)['image']);
    return text === undefined ? [] : [{ place: `service ${name}`, text, path: ['services', name, 'image'] }];
  });

/** `newName`, `newTag` and `digest` put an image in the place of `name`. */
const kustomizeImages = (value: Fields): readonly Found[] =>
  asList(value['images']).flatMap((item, index) => {
    const { name, newName, newTag, digest } = asFields(item);
    const to = asText(newName) ?? asText(name);
    if (to === undefined || (newTag === undefined && digest === undefined)) return [];
    const [tag, sum] = [asText(newTag), asText(digest)];
    const text = `${to}${tag === undefined ? '' : `:${tag}`}${sum === undefined ? '' : `@${sum}`}`;
    const key = digest === undefined ? 'newTag' : 'digest';
    return [{ place: `image ${asText(name) ?? to}`, text, path: ['images', index, key] }];
  });

/** Wherever something called `image` is a reference, or is made of a repository and a tag, as charts have it. */
function* imagesBelow(value: Json, title: string): Iterable<Found> {
  for (const { found, path } of valuesCalledImage(value, [])) {
    const place = [title, placeIn(value, path)].filter((part) => part !== '').join(' ');
    yield { place, text: found.text, path: [...path, ...found.path], pullPolicy: found.pullPolicy };
  }
}

function* valuesCalledImage(value: Json, path: readonly Step[]): Iterable<{ found: ImageText; path: readonly Step[] }> {
  if (Array.isArray(value)) {
    for (const [index, item] of (value as readonly Json[]).entries()) yield* valuesCalledImage(item, [...path, index]);
  } else if (isObject(value)) {
    for (const [key, inner] of Object.entries(value)) {
      const found = /image$/i.test(key) ? imageText(inner) : undefined;
      if (found) yield { found, path: [...path, key] };
      else if (typeof inner === 'object') yield* valuesCalledImage(inner, [...path, key]);
    }
  }
}

/** A path as people say it: `spec.values.image`, and items of a list by their names where they have one. */
function placeIn(value: Json, path: readonly Step[]): string {
  return path
    .map((step, index) => {
      if (typeof step === 'string') return index === 0 ? step : `.${step}`;
      return `[${asText(fieldAt(value, [...path.slice(0, index + 1), 'name'])) ?? step}]`;
    })
    .join('');
}

interface ImageText {
  readonly text: string;
  readonly path: readonly Step[];
  readonly pullPolicy?: string | undefined;
}

function imageText(value: Json): ImageText | undefined {
  if (typeof value === 'string')
    return /^[\w.-]+(?::\d+)?(?:\/[\w.-]+)+(?::[\w.-]+)?(?:@[\w:]+)?$|^[\w-]+:[\w.-]+$/.test(value)
      ? { text: value, path: [] }
      : undefined;
  const { registry, repository, tag, digest, pullPolicy } = asFields(value);
  const name = asText(repository);
  if (name === undefined || (tag === undefined && digest === undefined)) return undefined;
  const host = asText(registry);
  const [version, sum] = [asText(tag) ?? '', asText(digest) ?? ''];
  const text = `${host === undefined || host === '' ? '' : `${host}/`}${name}${version === '' ? '' : `:${version}`}${sum === '' || version.includes('@') ? '' : `@${sum}`}`;
  return { text, path: [digest === undefined || sum === '' ? 'tag' : 'digest'], pullPolicy: asText(pullPolicy) };
}
