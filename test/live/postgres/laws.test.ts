import { resetPassword } from '#src/operations/postgres/reset-password.ts';
import { setRoleLogin } from '#src/operations/postgres/set-role-login.ts';

import { obeysTheLaws } from '../../laws/obeys-the-laws.ts';
import { onEveryMajor } from './database.ts';
import { roleWorld } from './role-world.ts';

const asSuperuser = {
  give: 'superuser',
  edit: (role: string) => `alter role ${role} password 'somebody else set this'`,
} as const;
const asCreator = { give: 'createrole', edit: { why: 'a role can log in or it cannot: there is no third' } } as const;

await onEveryMajor('the laws', (database) => {
  obeysTheLaws(resetPassword, {
    world: (keys) =>
      roleWorld(database, asSuperuser, async (role) => ({
        params: { role, password: await keys.seal('CANARY-new-password', 'password') },
        secrets: ['CANARY-new-password', (await database.verifierOf(role)) ?? ''],
      })),
  });
  obeysTheLaws(resetPassword, {
    when: 'taking the password away',
    world: () => roleWorld(database, asSuperuser, async (role) => ({ params: { role, verifier: null } })),
  });
  obeysTheLaws(setRoleLogin, {
    when: 'by a role that is no superuser',
    world: () => roleWorld(database, asCreator, async (role) => ({ params: { role, canLogin: false } })),
  });
});
