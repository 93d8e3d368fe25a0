import { Command } from 'commander';

import { invalid, withRecourse } from './act.ts';
import type { Given } from './given.ts';
import { aligned } from './terminal.ts';

/** `recourse token create`, `list` and `remove` */
export const tokenCommand = (given: Given): Command =>
  new Command('token')
    .description('tokens for the API')
    .addCommand(createCommand(given))
    .addCommand(listCommand(given), { isDefault: true })
    .addCommand(removeCommand(given));

const createCommand = (given: Given): Command =>
  new Command('create')
    .description('make one; it is printed once and kept nowhere')
    .argument('<name>', 'who or what will use it')
    .option('--scope <scope...>', 'read, propose, approve, run, admin', ['read'])
    .addHelpText('after', '\nExample:\n  recourse token create ci --scope read propose')
    .action((name: string, { scope }: { scope: readonly string[] }, command: Command) =>
      withRecourse(given, command, async ({ recourse }) => {
        const { TokenScope } = await import('../model/token.ts');
        const scopes = TokenScope.array().safeParse(scope);
        if (!scopes.success) throw invalid(`A scope is one of ${TokenScope.options.join(', ')}.`);
        const token = await recourse.createToken({ name, scopes: scopes.data });
        return { json: token, words: token.token };
      }),
    );

const listCommand = (given: Given): Command =>
  new Command('list').description('all of them, without the tokens').action((_: unknown, command: Command) =>
    withRecourse(given, command, async ({ recourse }) => {
      const all = await recourse.tokens();
      const rows = all.map(({ name, scopes, createdAt, lastUsedAt }) => [
        name,
        scopes.join(' '),
        `made ${createdAt}`,
        lastUsedAt ? `used ${lastUsedAt}` : 'never used',
      ]);
      return {
        json: all,
        words: all.length > 0 ? aligned(rows) : 'There is no token. Make one with `recourse token create NAME`.',
      };
    }),
  );

const removeCommand = (given: Given): Command =>
  new Command('remove')
    .description('remove one; it is refused from now on')
    .argument('<name>')
    .action((name: string, _: unknown, command: Command) =>
      withRecourse(given, command, async ({ recourse }) => {
        await recourse.removeToken(name);
        return { json: { removed: name }, words: `Removed ${name}.` };
      }),
    );
