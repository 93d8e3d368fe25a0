import { z } from 'zod';

import type { Invocation } from '../../model/invocation.ts';
import type { Observation } from '../../model/observation.ts';
import { operation } from '../../model/operation.ts';
import { Sealed } from '../../model/sealed.ts';
import type { Reach } from '../../model/system.ts';
import { otherRole } from '../../systems/postgres-identity.ts';
import { RoleName } from '../../systems/postgres-role-name.ts';
import { hashingOf, isScramVerifierOf, scramVerifier } from '../../systems/postgres-scram.ts';
import { postgres } from '../../systems/postgres.ts';

const Params = z.union([
  z.object({ role: RoleName, password: Sealed }).strict(),
  /** What the server keeps instead of a password; null takes the password away. */
  z.object({ role: RoleName, verifier: Sealed.nullable() }).strict(),
]);
const State = z.object({ verifier: Sealed.nullable() });
const example: Sealed = { sealed: 'made when the change is proposed', fingerprint: 'made with it' };

/**
 * Sets the password of a role. What the server keeps of it, the verifier, is read before and set again by the inverse,
 * byte for byte: the old password works again, and nobody ever saw it. The new verifier is made here, so that neither
 * password reaches the server or its log.
 *
 * Sessions that are open stay open, after the reset and after its rollback.
 */
export const resetPassword = operation({
  name: 'postgres.reset-password',
  title: 'Reset database password',
  summary: 'Sets the password of a PostgreSQL role. Sessions that are open stay open.',
  system: postgres,
  params: Params,
  state: State,
  result: z.object({}),
  examples: [
    { role: 'app', password: example },
    { role: 'app', verifier: example },
    { role: 'app', verifier: null },
  ],
  permissions: { apply: ['superuser'], inverse: ['superuser'] },
  resource: ({ role }) => `role:${role}`,
  reversibility: () => ({
    class: 'fully-reversible',
    because: 'what the server keeps of the old password is recorded, sealed, and can be set again',
    known: 'rule',
    undoneBy: ['postgres.reset-password'],
    inverse: ({ params, before }): [Invocation] => [
      resetPassword.with({ role: params.role, verifier: before.state.verifier }),
    ],
  }),
  observe: async (params, reach) => {
    const seen = await reach.client.readVerifier(params.role, reach.signal);
    const { identity, verifier, canLogin, validUntil, openSessions, failing } = seen;
    const hashing = hashingOf(verifier);
    const isAsAsked =
      'password' in params
        ? await isScramVerifierOf(verifier, await reach.unseal(params.password))
        : verifier === (await opened(params.verifier, reach));
    return {
      state: { verifier: verifier === null ? null : await reach.seal(verifier, 'verifier') },
      identity,
      context: { hashing, canLogin, validUntil, openSessions, isAsAsked, ...(failing && { failing }) },
    };
  },
  apply: async (params, reach, before) => {
    await reach.client.setVerifier({
      role: params.role,
      identity: before.identity,
      signal: reach.signal,
      from: await opened(before.state.verifier, reach),
      made: async (iterations) =>
        'password' in params
          ? scramVerifier(await reach.unseal(params.password), reach.key, iterations)
          : opened(params.verifier, reach),
    });
    return {};
  },
  settle: (_, before, now) => {
    const other = otherRole(before.identity, now.identity);
    if (other) return { as: 'foreign', because: other };
    if (isAsAsked(now)) return { as: 'applied', result: {} };
    if (now.state.verifier?.fingerprint === before.state.verifier?.fingerprint) return { as: 'untouched' };
    return { as: 'foreign', because: 'the password is neither the old one nor the one that was asked for' };
  },
  verify: ({ params, after }) =>
    isAsAsked(after)
      ? []
      : [
          {
            rule: 'postgres/password-not-set',
            message: `role ${params.role} does not have the password that was asked for`,
            known: 'observed',
          },
        ],
});

/** Only a reading with the secret at hand can tell whether a verifier belongs to it; so the reading says it. */
const isAsAsked = ({ context }: Observation<unknown>): boolean => Context.safeParse(context).success;
const Context = z.object({ isAsAsked: z.literal(true) });

async function opened(sealed: Sealed | null, reach: Pick<Reach<unknown>, 'unseal'>): Promise<string | null> {
  const verifier = sealed && (await reach.unseal(sealed));
  hashingOf(verifier);
  return verifier;
}
