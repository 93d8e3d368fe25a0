import type { Versions } from '../../model/artifact.ts';
import type { Position } from '../manifest.ts';
import type { KnownController } from './known-controllers.ts';

/** One place that says which version of a controller runs. */
export interface ControllerUse {
  readonly controller: KnownController;
  /** The same place in the other version. */
  readonly place: string;
  readonly version: string;
  /** The cluster that the object is sent to, where it says so. */
  readonly destination: string | undefined;
  at(): Position;
}

export interface ControllerFile {
  readonly path: string;
  readonly uses: readonly ControllerUse[];
  /** The titles of the controllers that a file of the change still names after it. */
  readonly present: ReadonlySet<string>;
  /** The clusters or stages whose files this change gives another version of it, by the controller's title. */
  readonly clusters: ReadonlyMap<string, readonly string[]>;
  /** Where the change also touches what the controller defines, by its title: files with its CRDs. */
  readonly definitions: ReadonlyMap<string, readonly string[]>;
}

export interface ControllerMove {
  readonly before: ControllerUse;
  readonly after: ControllerUse;
}

/** What is the same in both versions, wherever it stands. */
export const placeKey = ({ controller, place }: ControllerUse): string => `${controller.title}\n${place}`;

type Uses = Versions<Pick<ControllerFile, 'uses'>>;

/** Every place that names another version of a controller than before. */
export function allMoves(change: Uses): readonly ControllerMove[] {
  const old = new Map(change.before?.uses.map((use) => [placeKey(use), use]));
  return (change.after?.uses ?? []).flatMap((after) => {
    const before = old.get(placeKey(after));
    return before && before.version !== after.version ? [{ before, after }] : [];
  });
}

/** The same, each controller once: the first place that says so. */
export const controllerMoves = (change: Uses): readonly ControllerMove[] => [
  ...new Map(
    allMoves(change)
      .toReversed()
      .map((move) => [move.after.controller.title, move]),
  ).values(),
];
