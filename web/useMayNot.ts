import { useQuery } from '@tanstack/react-query';

import type { TokenScope } from '../src/model/token.ts';
import { meQuery } from './queries.ts';

const verbs = { read: 'read', propose: 'propose', approve: 'approve', run: 'run or roll back', admin: 'administer' };

/** Why we may not, when the token lacks the scope; the server refuses all the same. */
export function useMayNot(scope: TokenScope): string | undefined {
  const { data: me } = useQuery(meQuery);
  if (!me || me.scopes.includes(scope)) return undefined;
  return `Not possible: ${me.by} may not ${verbs[scope]}, it lacks the scope ${scope}. Sign in with a token that has it.`;
}
