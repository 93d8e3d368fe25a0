import { Argument, Command } from 'commander';

const shells = ['bash', 'zsh', 'fish', 'powershell'];

/** `recourse completion` */
export const completionCommand = (): Command =>
  new Command('completion')
    .description('the completion script of a shell, on standard output')
    .addArgument(new Argument('<shell>').choices(shells))
    .addHelpText('after', '\nExample:\n  source <(recourse completion bash)')
    .action(async (shell: string) => {
      const { default: tab } = await import('@bomb.sh/tab');
      tab.setup('recourse', 'recourse', shell);
    });

/** Answers what the script asks: `recourse complete -- <words so far>`. */
export async function complete(program: Command, words: readonly string[]): Promise<void> {
  const { default: completionOf } = await import('@bomb.sh/tab/commander');
  completionOf(program, { completionCommandName: 'completion-script' }).parse([...words]);
}
