/** An image reference in its parts, by the grammar of the distribution specification. */
export interface ImageReference {
  /** As it is written. */
  readonly text: string;
  /** Empty where none is written: Docker Hub, or what the node is told. */
  readonly registry: string;
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** Names are lower case, so this is a word that something else fills in. */
const placeholder = /(?:^|[/:])[A-Z]+(?:_[A-Z]+)+(?:$|[/:@])/;

/** Undefined where something else fills it in (`$IMAGE`, `{{ image }}`, `IMAGE_TAG`), or it is no reference. */
export function referenceOf(text: string): ImageReference | undefined {
  if (text.length > 1024 || text.length === 0 || /[\s{}$"'<>|]/.test(text)) return undefined;
  if (placeholder.test(text)) return undefined;
  const [named, digest] = split(text, text.indexOf('@'));
  const colon = named.lastIndexOf(':');
  const [path, tag] = split(named, colon > named.lastIndexOf('/') ? colon : -1);
  if (path === '') return undefined;
  const slash = path.indexOf('/');
  const first = slash === -1 ? '' : path.slice(0, slash);
  const isRegistry = first.includes('.') || first.includes(':') || first === 'localhost';
  return {
    text,
    registry: isRegistry ? first : '',
    repository: isRegistry ? path.slice(slash + 1) : path,
    tag: tag === '' ? undefined : tag,
    digest: digest === '' ? undefined : digest,
  };
}

const split = (text: string, at: number): readonly [string, string | undefined] =>
  at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];

/** How sure it is that a reference means the same image tomorrow. */
export type Firmness = 'digest' | 'version' | 'floating' | 'mutable';

const version = /^v?\d+\.\d+\.\d+|\d{6,}|(?:^|[-.])[0-9a-f]{7,40}$/i;
const floating = /^v?\d+(?:\.\d+)?(?:[-.]?[a-z][a-z0-9-]*)?$/i;

/**
 * A digest is the image. A full version, a date or a commit is taken for a promise that its publisher keeps; a short
 * version (`1`, `1.2`, `3-alpine`) moves with every release; a word, or nothing, means whatever was pushed last.
 */
export function firmnessOf({ tag, digest }: ImageReference): Firmness {
  if (digest !== undefined) return 'digest';
  if (tag === undefined) return 'mutable';
  if (floating.test(tag) && !version.test(tag)) return 'floating';
  return /\d/.test(tag) ? 'version' : 'mutable';
}

export const nameOf = ({ registry, repository }: ImageReference): string =>
  registry === '' ? repository : `${registry}/${repository}`;

/** A reference in a message: digests in twelve digits, as people quote them. */
export const shown = ({ text }: ImageReference): string => text.replace(/(sha256:[0-9a-f]{12})[0-9a-f]+/i, '$1…');
