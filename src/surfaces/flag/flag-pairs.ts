import type { Versions } from '../../model/artifact.ts';
import type { Flag, FlagFile } from './flag-file.ts';

/** Flags that are in both versions. */
export const changedFlags = ({
  before,
  after,
}: Versions<FlagFile>): readonly { readonly before: Flag; readonly after: Flag }[] =>
  [...(after?.flags.values() ?? [])].flatMap((flag) => {
    const then = before?.flags.get(flag.name);
    return then ? [{ before: then, after: flag }] : [];
  });

export const newFlags = ({ before, after }: Versions<FlagFile>): readonly Flag[] =>
  [...(after?.flags.values() ?? [])].filter(({ name }) => !before?.flags.has(name));

export const removedFlags = ({ before, after }: Versions<FlagFile>): readonly Flag[] =>
  [...(before?.flags.values() ?? [])].filter(({ name }) => !after?.flags.has(name));

/** What everybody gets now, whom no rule singles out. */
export const isGiving = (flag: Flag | undefined): boolean => flag !== undefined && flag.isOn && valueOf(flag) !== false;

export const valueOf = (flag: Flag): unknown => flag.variants[flag.fallback];

/** An example in flagd's form. */
export const flagdFile = (flag: string): string => `flags:\n  checkout:\n    ${flag}\n`;
