import type { Versions } from '../../model/artifact.ts';
import type { Position } from '../manifest.ts';
import type { ImageReference } from './reference.ts';

/** One place in a file that names an image. */
export interface ImageUse {
  /** The same place in the other version: `Deployment web, container app`. It is what messages call it. */
  readonly place: string;
  readonly reference: ImageReference;
  /** A build starts from it, rather than a container. */
  readonly isBase: boolean;
  readonly pullPolicy: string | undefined;
  at(): Position;
}

export interface ImageFile {
  readonly uses: readonly ImageUse[];
}

/** A place after the change, with what was there before. */
export interface ImageMove {
  readonly before?: ImageUse;
  readonly after: ImageUse;
}

/** Places whose image is new or another one. */
export function* movesOf(change: Versions<ImageFile>): Iterable<ImageMove> {
  const old = new Map(change.before?.uses.map((use) => [use.place, use]));
  for (const after of change.after?.uses ?? []) {
    const before = old.get(after.place);
    if (!before) yield { after };
    else if (before.reference.text !== after.reference.text) yield { before, after };
  }
}

/** Places that had an image and have another one now. */
export function* replacementsOf(change: Versions<ImageFile>): Iterable<Required<ImageMove>> {
  for (const { before, after } of movesOf(change)) if (before) yield { before, after };
}
