import type { Rule } from '../../model/surface.ts';
import { names } from '../plan/said.ts';
import { exampleState } from './example-state.ts';
import type { StateFile } from './state-file.ts';

/** Marked sensitive or not: in the file they can be read. */
export const secretsInClear: Rule<StateFile> = {
  id: 'state/secrets-in-clear',
  problem:
    'The state holds secrets in clear. Who can read the file or its history has them, and a revert does not take them back.',
  instead:
    'Replace these secrets, keep the state in an encrypted backend, and use write-only arguments or a secret store.',
  source: 'https://developer.hashicorp.com/terraform/language/state/sensitive-data',
  examples: {
    matches: [{ after: exampleState(1, [{ type: 'aws_db_instance', attributes: { password: 'not-a-real-one' } }]) }],
    passes: [{ after: exampleState(1, [{ type: 'aws_db_instance', attributes: { identifier: 'orders' } }]) }],
  },
  *find({ before, after }) {
    if (!after) return;
    const fresh = [...after.objects.values()].filter(
      ({ address, secrets }) => secrets.length > (before?.objects.get(address)?.secrets.length ?? 0),
    );
    const [first] = fresh;
    if (first)
      yield {
        class: 'compensatable',
        message: `${names(fresh.map(({ address, secrets }) => `${secrets.join(', ')} of ${address}`))} can be read in this file.`,
        at: first.at,
        closedBy: 'the first who reads it',
      };
    const outputs = after.sensitiveOutputs.filter((name) => !before?.sensitiveOutputs.includes(name));
    if (outputs.length > 0)
      yield {
        class: 'compensatable',
        message: `The sensitive outputs ${names(outputs)} can be read in this file.`,
        at: after.at.outputs,
        closedBy: 'the first who reads it',
      };
  },
};
