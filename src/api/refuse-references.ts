import { Fault } from '../model/fault.ts';
import type { Json } from '../model/json.ts';

/**
 * The environment and the files of this server are not the caller's: a reference to a secret is resolved by the CLI,
 * where its author is, and arrives here as `{ $plain }`. Only `generate` may be left to the server.
 * @param path where `value` stands, for the message
 * @throws Fault `invalid-input` that names the place and never the reference
 */
export const refuseReferences = (value: Json, path = ''): void => {
  if (typeof value !== 'object' || value === null) return;
  if ('$secret' in value && value['$secret'] !== 'generate')
    throw new Fault('invalid-input', `${path || 'The body'} refers to a secret that this server cannot read for you.`, {
      advice: 'Send the secret itself as { "$plain": … }, or { "$secret": "generate" } to have one made.',
      ...(path !== '' && { at: path }),
    });
  for (const [key, inner] of Object.entries<Json>(value)) refuseReferences(inner, path === '' ? key : `${path}.${key}`);
};
