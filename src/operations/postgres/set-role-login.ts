import { z } from 'zod';

import type { Invocation } from '../../model/invocation.ts';
import { operation } from '../../model/operation.ts';
import { otherRole } from '../../systems/postgres-identity.ts';
import { RoleName } from '../../systems/postgres-role-name.ts';
import { postgres } from '../../systems/postgres.ts';

/**
 * Lets a role log in, or stops it; the inverse sets what was before, so that a role that could not log in before a lock
 * cannot log in after its rollback either.
 *
 * Sessions that are open stay open; how many there are is shown.
 */
export const setRoleLogin = operation({
  name: 'postgres.set-role-login',
  title: 'Let a database role log in, or not',
  summary: 'Sets LOGIN or NOLOGIN on a PostgreSQL role. Sessions that are open stay open.',
  system: postgres,
  params: z.object({ role: RoleName, canLogin: z.boolean() }).strict(),
  state: z.object({ canLogin: z.boolean() }),
  result: z.object({}),
  examples: [{ role: 'app', canLogin: false }],
  permissions: {
    apply: ['superuser, or CREATEROLE with ADMIN OPTION on the role'],
    inverse: ['superuser, or CREATEROLE with ADMIN OPTION on the role'],
  },
  resource: ({ role }) => `role:${role}`,
  reversibility: () => ({
    class: 'fully-reversible',
    because: 'whether it could log in is recorded and can be set again',
    known: 'rule',
    undoneBy: ['postgres.set-role-login'],
    inverse: ({ params, before }): [Invocation] => [
      setRoleLogin.with({ role: params.role, canLogin: before.state.canLogin }),
    ],
  }),
  observe: async ({ role }, { client, signal }) => {
    const { identity, canLogin, validUntil, openSessions, failing } = await client.readRole(role, signal);
    return { state: { canLogin }, identity, context: { validUntil, openSessions, ...(failing && { failing }) } };
  },
  apply: async ({ role, canLogin }, { client, signal }, { identity, state }) => {
    await client.setLogin({ role, identity, signal, from: state.canLogin, to: canLogin });
    return {};
  },
  settle: ({ canLogin }, before, now) => {
    const other = otherRole(before.identity, now.identity);
    if (other) return { as: 'foreign', because: other };
    if (now.state.canLogin === canLogin) return { as: 'applied', result: {} };
    if (now.state.canLogin === before.state.canLogin) return { as: 'untouched' };
    return { as: 'foreign', because: `somebody else set ${now.state.canLogin ? 'LOGIN' : 'NOLOGIN'}` };
  },
  verify: ({ params, after }) =>
    after.state.canLogin === params.canLogin
      ? []
      : [
          {
            rule: 'postgres/login-not-set',
            message: `role ${params.role} ${after.state.canLogin ? 'can still' : 'still cannot'} log in`,
            known: 'observed',
          },
        ],
});
