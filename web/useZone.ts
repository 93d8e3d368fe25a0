import { useCell } from './cell.ts';
import { zoneChoice } from './preferences.ts';

/** The zone that times are shown in: `undefined` is this machine's. */
export const useZone = (): string | undefined => (useCell(zoneChoice) === 'UTC' ? 'UTC' : undefined);
