import type { Canaries } from './canaries.ts';
import type { Serving, Stage } from './stage.ts';

/** Connections, with their passwords from the environment, a file, standard input and the API; some of them wrong. */
export async function connect(
  { run, file, database, remote }: Stage,
  canaries: Canaries,
  { ask, token }: Serving,
): Promise<void> {
  const { hostname: host, port, password } = database.url;
  const at = `--system postgres --set host=${host} port=${port}`;
  await run(`recourse connections add orders-db ${at} user=postgres 'password=$env:ADMIN'`, 0, { ADMIN: password });
  await run(`printf '%s\\n' "$WEAK" | recourse connections add weak-db ${at} user=weak 'password=$stdin'`, 0, {
    WEAK: canaries.plain('the password of a connection, from standard input'),
  });
  file('git-password', `${canaries.plain('the password of the Git remote')}\n`, 0o600);
  await run(`recourse connections add platform --system git --set remote=${remote.url} 'password=$file:git-password'`);

  const add = async (id: string, system: string, settings: object): Promise<void> => {
    const body = JSON.stringify({ id, system, settings });
    const { status, said } = await ask('POST', '/api/v1/connections', { token, body });
    if (status !== 201) throw new Error(`${id}: ${status} ${said}`);
  };
  const wrong = { $plain: canaries.plain('a wrong password, over the API') };
  await add('wrong-db', 'postgres', { host, port: Number(port), user: 'postgres', password: wrong });
  file('settings.yaml', `remote: ${remote.url}\npassword: { $secret: env:WRONG }\n`);
  await run('recourse connections add wrong-git --system git -f settings.yaml', 0, {
    WRONG: canaries.plain('a wrong password, from a file of settings'),
  });

  await run('for name in orders-db weak-db platform; do recourse connections probe $name || exit; done');
  for (const name of ['wrong-db', 'wrong-git']) {
    await run(`recourse connections probe ${name}`, 5); // oxlint-disable-line no-await-in-loop -- in turn
    await ask('POST', `/api/v1/connections/${name}/probe`, { token }); // oxlint-disable-line no-await-in-loop
  }
  const secret = canaries.plain('a secret in a file of settings');
  for (const broken of [secret, `*${secret}`, `x: ${secret}`, `|${secret}`, JSON.stringify({ $secret: secret })]) {
    file('settings.yaml', `remote: ${remote.url}\npassword: ${broken}\n`);
    await run('recourse connections add none --system git -f settings.yaml', 2); // oxlint-disable-line no-await-in-loop
  }
  await run('recourse connections list && recourse connections list --json');
}
