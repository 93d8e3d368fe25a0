/**
 * An operation and its params, as data. It is what a step runs, and it is what an inverse is: because the way back
 * is the same kind of thing as the way there, it can be shown, approved, run, verified and undone like any change.
 */
import { z } from 'zod';

import { ConnectionId, OperationName } from './ids.ts';
import { Json } from './json.ts';

export const Invocation = z
  .object({ operation: OperationName, params: Json, connection: z.exactOptional(ConnectionId) })
  .readonly();
export interface Invocation {
  readonly operation: OperationName;
  readonly params: Json;
  readonly connection?: ConnectionId;
}
