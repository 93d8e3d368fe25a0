/**
 * A page of documentation that can be run. A ```console block holds commands and what they print, as a terminal shows
 * them; a block in another language that names a file is that file.
 *
 * ~~~
 * ```yaml mode.yaml
 * title: Tighten the file
 * ```
 *
 * ```console
 * $ recourse recover $A
 * drifted: local/file:/tmp/try/app.conf: mode was changed after the change
 * …
 * # exit 4
 * ```
 * ~~~
 *
 * `$ ` begins a command and `> ` goes on with it. A line that is only `…` stands for lines that are left out. `# exit 4`
 * after what a command prints is its exit code; without it the code is 0. A word behind `console` names what the block
 * needs (```console postgres).
 */
export interface Command {
  /** Where it stands on the page; the first line is 1. */
  readonly line: number;
  readonly types: string;
  readonly prints: readonly string[];
  readonly exit: number;
}
interface Commands {
  readonly kind: 'commands';
  readonly line: number;
  readonly needs: string | undefined;
  readonly commands: readonly Command[];
}
interface NamedFile {
  readonly kind: 'file';
  readonly line: number;
  readonly name: string;
  readonly text: string;
}
export type Block = Commands | NamedFile;

interface Fence {
  readonly line: number;
  readonly language: string;
  readonly about: string | undefined;
  readonly lines: readonly string[];
}

/** @throws Error with the line, for a block that is not as described above */
export const blocksIn = (page: string): readonly Block[] =>
  fencesIn(page).flatMap(({ line, language, about, lines }): readonly Block[] => {
    if (language === 'console')
      return [{ kind: 'commands', line, needs: about, commands: commandsIn(lines, line + 1) }];
    return about === undefined ? [] : [{ kind: 'file', line, name: about, text: `${lines.join('\n')}\n` }];
  });

/** Every fenced block of a page. */
export function fencesIn(page: string): readonly Fence[] {
  const found: Fence[] = [];
  let open: { line: number; language: string; about: string | undefined; lines: string[] } | undefined;
  for (const [i, text] of page.split('\n').entries()) {
    if (open && text === '```') {
      found.push(open);
      open = undefined;
    } else if (open) open.lines.push(text);
    else {
      const [, language, about] = /^```(\S+)(?: (\S+))?$/.exec(text) ?? [];
      if (language !== undefined) open = { line: i + 1, language, about, lines: [] };
    }
  }
  if (open) throw new Error(`line ${open.line}: the block does not end`);
  return found;
}

function commandsIn(lines: readonly string[], first: number): readonly Command[] {
  const commands: { line: number; types: string; prints: string[]; exit: number }[] = [];
  for (const [i, text] of lines.entries()) {
    const last = commands.at(-1);
    const exit = /^# exit ([1-9]\d*)$/.exec(text)?.[1];
    if (text.startsWith('$ ')) commands.push({ line: first + i, types: text.slice(2), prints: [], exit: 0 });
    else if (!last) throw new Error(`line ${first + i}: a block begins with a command`);
    else if (last.exit !== 0) throw new Error(`line ${first + i}: after an exit code comes a command`);
    else if (text.startsWith('> ') && last.prints.length === 0) last.types += `\n${text.slice(2)}`;
    else if (exit === undefined) last.prints.push(text);
    else last.exit = Number(exit);
  }
  return commands;
}

/** The page with other outputs, by the line of their command. */
export function withOutputs(
  page: string,
  outputs: ReadonlyMap<number, { readonly prints: readonly string[]; readonly exit: number }>,
): string {
  const lines: (string | undefined)[] = page.split('\n');
  const commands = blocksIn(page).flatMap((block) => (block.kind === 'commands' ? block.commands : []));
  for (const command of commands) {
    const output = outputs.get(command.line);
    if (!output) continue;
    const begins = command.line + command.types.split('\n').length - 1;
    const length = command.prints.length + (command.exit === 0 ? 0 : 1);
    lines.fill(undefined, begins, begins + length);
    const fresh = [...output.prints, ...(output.exit === 0 ? [] : [`# exit ${output.exit}`])];
    lines[begins - 1] = [lines[begins - 1], ...fresh].join('\n');
  }
  return lines.filter((line) => line !== undefined).join('\n');
}
