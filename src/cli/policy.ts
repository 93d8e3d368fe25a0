import { Command } from 'commander';

import { globals, print } from './act.ts';
import type { Given } from './given.ts';
import { readPolicyFile } from './policy-file.ts';
import { aligned, harmless, painter } from './terminal.ts';

/** `recourse policy` */
export const policyCommand = (given: Given): Command =>
  new Command('policy')
    .description('what an organisation asks of its changes, in CEL, with tests of its own')
    .addCommand(testCommand(given))
    .addHelpText('after', examples);

const testCommand = (given: Given): Command =>
  new Command('test')
    .description('run the tests that a policy file brings')
    .argument('<file>', 'the policy file, YAML or JSON')
    .action(async (path: string, _: unknown, command: Command) => {
      const [file, { testedPolicies }] = [await readPolicyFile(given, path), await import('../pipeline/policies.ts')];
      const results = testedPolicies(file);
      const untested = file.policies
        .filter(({ id }) => !results.some(({ test }) => test.policy === id))
        .map(({ id }) => id);
      const failed = results.filter(({ passed }) => !passed);
      const paint = painter(given.terminal);
      const rows = results.map(({ test, answer, passed }) => [
        passed ? paint('good', '✓') : paint('bad', '✗'),
        test.policy,
        harmless(test.name),
        passed
          ? ''
          : `should ${test.holds ? 'hold' : 'not hold'}; ${typeof answer === 'string' ? harmless(answer) : answer ? 'it holds' : 'it does not'}`,
      ]);
      print(given, globals(command).json ?? false, {
        json: { tests: results.map(({ test, answer, passed }) => ({ ...test, answer, passed })), untested },
        words: [
          aligned(rows),
          ...untested.map((id) => paint('person', `${id} has no test`)),
          `${results.length - failed.length} of ${results.length} tests passed`,
        ].join('\n'),
        exit: failed.length > 0 ? 5 : 0,
      });
    });

const examples = `
A policy file:
  policies:
    - id: production-needs-a-way-back
      when: change.environment == 'production' && change.class == 'non-recoverable-without-restore'
      effect: deny                # or high-risk: then seven questions have to be answered in \`declared\`
      because: nothing but a restore would bring production back
  tests:
    - name: a dropped table is stopped
      policy: production-needs-a-way-back
      change: { environment: production, class: non-recoverable-without-restore }
      holds: true

Where it holds: \`recourse assess --policy FILE\`, and RECOURSE_POLICY=FILE for propose, serve and worker.

Examples:
  recourse policy test policies.yaml`;
