import type { Rule } from '../../model/surface.ts';
import type { FlagFile } from './flag-file.ts';
import { changedFlags } from './flag-pairs.ts';

const flag = (state: string): string =>
  `flags:\n  checkout:\n    state: ${state}\n    variants: {on: true, off: false}\n    defaultVariant: "on"\n`;

export const switched: Rule<FlagFile> = {
  id: 'flag/switched',
  problem:
    'A flag is disabled or enabled as a whole. Disabled, it answers nothing, and every program uses the default in its own code, which may differ from one to the next.',
  instead: 'Set the variant that is meant, instead of disabling the flag.',
  source: 'https://flagd.dev/reference/flag-definitions/#state',
  examples: {
    matches: [{ before: flag('ENABLED'), after: flag('DISABLED') }],
    passes: [flag('DISABLED')],
  },
  *find(change) {
    for (const { before, after } of changedFlags(change)) {
      if (before.isOn === after.isOn) continue;
      yield {
        class: 'fully-reversible',
        ...(after.isOn && { classAfterWrites: 'reversible-with-compatibility-window' as const }),
        message: after.isOn
          ? `${after.name} is switched on: everybody gets ${after.fallback}. Switching it off is instant; what it has written stays.`
          : `${after.name} is disabled: each program falls back to the default in its own code, which may not be ${before.fallback}.`,
        instead: after.isOn
          ? 'Switch it off while nothing depends on what it writes.'
          : 'Set the variant that is meant.',
        inverse: `${after.places.isOn}: ${after.places.isOn === 'state' ? (after.isOn ? 'DISABLED' : 'ENABLED') : String(after.isOn)}`,
        ...(after.isOn && { closedBy: 'it writes something that the program without it cannot read' }),
        at: after.at(after.places.isOn),
      };
    }
  },
};
