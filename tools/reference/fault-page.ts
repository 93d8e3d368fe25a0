import { faults } from '../../src/model/fault.ts';
import { table } from './json-schema.ts';

const retryWords = {
  never: 'no',
  later: 'yes, later',
  observe: 'after a look at the world',
} as const;

export const faultPage = (): string => `
# Faults

A fault means that no answer could be had. Its code decides the exit of the command and the status of the API; with
\`--json\` it is \`{ "fault": { "code", "message", "advice", "retry", "at", "details" } }\` on standard output.

${table(
  ['code', 'exit', 'HTTP', 'again?', 'what to do'],
  Object.entries(faults).map(([code, { exit, http, retry, advice }]) => [
    `\`${code}\``,
    String(exit),
    String(http),
    retryWords[retry],
    advice,
  ]),
)}
`;
