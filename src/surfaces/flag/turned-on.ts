import type { Versions } from '../../model/artifact.ts';
import type { Flag, FlagFile } from './flag-file.ts';
import { changedFlags, isGiving, newFlags } from './flag-pairs.ts';

/** Flags of such a name that give something else than `false` now, to everybody or to some, and did not before. */
export const turnedOn = (change: Versions<FlagFile>, named: RegExp): readonly Flag[] => [
  ...newFlags(change).filter((flag) => isNamed(flag, named) && isUsed(flag)),
  ...changedFlags(change).flatMap(({ before, after }) =>
    isNamed(after, named) && isUsed(after) && !isUsed(before) ? [after] : [],
  ),
];

/** Characters; a longer name is no name, and takes the expressions too long. */
const longest = 200;
const isNamed = ({ name }: Flag, named: RegExp): boolean => name.length <= longest && named.test(name);

const isUsed = (flag: Flag): boolean => isGiving(flag) || (flag.isOn && flag.targeting !== null);
