/** API tokens: the token is answered once, its hash is kept. */
import { Fault } from '../model/fault.ts';
import type { Actor } from '../model/ids.ts';
import type { TokenScope, TokenView } from '../model/token.ts';
import type { Deps } from './deps.ts';

const namePattern = /^[a-z0-9][a-z0-9._-]{0,62}$/;

/** Faults: `invalid-input`. A token is `rct_` and 32 random bytes in base64url. */
export async function createToken(
  { store, ambient, keyring }: Deps,
  by: Actor,
  { name, scopes }: { readonly name: string; readonly scopes: readonly TokenScope[] },
): Promise<TokenView & { readonly token: string }> {
  if (!namePattern.test(name))
    throw new Fault(
      'invalid-input',
      `${JSON.stringify(name)} is no name for a token: lower-case letters, digits, dots, dashes.`,
      { at: 'name' },
    );
  if (scopes.length === 0) throw new Fault('invalid-input', 'A token needs at least one scope.', { at: 'scopes' });
  const known = await store.tokens();
  if (known.some((one) => one.name === name))
    throw new Fault('invalid-input', `There is a token ${name} already.`, {
      at: 'name',
      advice: 'Remove it first, or take another name.',
    });
  const token = `rct_${Buffer.from(ambient.random(32)).toString('base64url')}`;
  const view: TokenView = { name, scopes, createdAt: ambient.now(), createdBy: by, lastUsedAt: null };
  await store.putToken({ ...view, hash: keyring.digest(Buffer.from(token)) });
  return { ...view, token };
}

/** Faults: `not-found`. */
export async function removeToken({ store }: Deps, name: string): Promise<void> {
  if (!(await store.removeToken(name))) throw new Fault('not-found', `There is no token ${name}.`, { at: name });
}
