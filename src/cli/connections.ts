import { Command } from 'commander';

import type { ConnectionId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import { isObject } from '../model/same.ts';
import { invalid, withRecourse } from './act.ts';
import type { Given } from './given.ts';
import { aligned } from './terminal.ts';
import { fieldWords } from './words.ts';

/** `recourse connections list`, `add`, `probe` and `remove` */
export const connectionsCommand = (given: Given): Command =>
  new Command('connections')
    .description('the systems that can be reached')
    .addCommand(listCommand(given), { isDefault: true })
    .addCommand(addCommand(given))
    .addCommand(probeCommand(given))
    .addCommand(removeCommand(given));

const listCommand = (given: Given): Command =>
  new Command('list').description('all of them').action((_: unknown, command: Command) =>
    withRecourse(given, command, async ({ recourse }) => {
      const all = await recourse.connections();
      const rows = all.map(({ id, system, builtIn, settings }) => [
        id,
        system,
        builtIn ? 'built in' : fieldWords(settings),
      ]);
      return { json: all, words: aligned(rows) };
    }),
  );

const addCommand = (given: Given): Command =>
  new Command('add')
    .description('add one, or replace its settings')
    .argument('<name>', 'how changes will call it')
    .requiredOption('--system <system>', 'what kind of thing it is')
    .option('--set <name=value...>', 'a setting; a value may be $env:NAME, $file:PATH or $stdin, and is sealed then')
    .option('-f, --file <file>', 'settings as YAML or JSON')
    .addHelpText(
      'after',
      "\nExample:\n  recourse connections add orders-db --system postgres --set host=db.internal user=admin password='$env:PGPASSWORD'",
    )
    .action((name: string, options: { system: string; set?: readonly string[]; file?: string }, command: Command) =>
      withRecourse(given, command, async ({ recourse }) => {
        const ids = await import('../model/ids.ts');
        const id = ids.ConnectionId.safeParse(name);
        if (!id.success) throw invalid(`${name} is no name for a connection: ${id.error.issues[0]?.message ?? ''}.`);
        const { readYaml } = await import('./change-file.ts');
        const fromFile = options.file === undefined ? {} : await readYaml(given, options.file);
        const settings = { ...(isObject(fromFile) ? fromFile : {}), ...(await settingsFrom(given, options.set ?? [])) };
        const connection = await recourse.addConnection({ id: id.data, system: options.system, settings });
        return {
          json: connection,
          words: `Added ${connection.id} (${connection.system}). Try it: recourse connections probe ${connection.id}`,
        };
      }),
    );

const probeCommand = (given: Given): Command =>
  new Command('probe')
    .description('reach one and say what is seen; changes nothing')
    .argument('<name>')
    .action((name: string, _: unknown, command: Command) =>
      withRecourse(given, command, async ({ recourse }) => {
        const seen = await recourse.probeConnection(name as ConnectionId);
        return { json: seen, words: aligned(Object.entries(seen)) };
      }),
    );

const removeCommand = (given: Given): Command =>
  new Command('remove')
    .description('remove one; what was changed over it can then not be undone by Recourse')
    .argument('<name>')
    .action((name: string, _: unknown, command: Command) =>
      withRecourse(given, command, async ({ recourse }) => {
        await recourse.removeConnection(name as ConnectionId);
        return { json: { removed: name }, words: `Removed ${name}.` };
      }),
    );

/** `host=db port=5432 password=$env:NAME`; what looks like a number or a boolean is one. */
async function settingsFrom(given: Given, pairs: readonly string[]): Promise<Readonly<Record<string, Json>>> {
  const entries = pairs.map(async (pair): Promise<readonly [string, Json]> => {
    const at = pair.indexOf('=');
    if (at < 1) throw invalid(`--set ${pair.split('=', 1)[0] ?? ''}: write name=value.`);
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
    if (value.startsWith('$')) return [name, { $plain: await given.secret(value.slice(1)) }];
    return [name, /^(true|false|0|-?[1-9]\d*)$/.test(value) ? (JSON.parse(value) as Json) : value];
  });
  return Object.fromEntries(await Promise.all(entries));
}
