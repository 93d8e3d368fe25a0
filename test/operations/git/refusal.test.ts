import { expect, test } from 'vitest';

import { gitRefusal } from '#src/systems/git-refusal.ts';

const errand = {
  principal: 'deployer@example.org',
  action: 'push to',
  resource: 'branch main of https://example.org/x',
};
const refusal = (stdout: string, stderr = '') => gitRefusal({ code: 1, stdout: Buffer.from(stdout), stderr }, errand);
const judged = (status: string, stderr?: string): string => {
  const found = refusal(`To https://example.org/x\n${status}\nDone\n`, stderr);
  return found === 'raced' ? found : found.code;
};
const line = (kind: string, reason: string): string => `!\tabc:refs/heads/main\t[${kind}] (${reason})`;

/** Words of Git 2.39 and of hosts. */
test.for([
  [line('rejected', 'stale info'), 'raced'],
  [line('rejected', 'fetch first'), 'raced'],
  [line('remote rejected', "cannot lock ref 'refs/heads/main': is at a but expected b"), 'raced'],
  [line('remote rejected', 'failed to update ref'), 'raced'],
  [line('remote rejected', 'pre-receive hook declined'), 'permission-denied'],
  [line('remote rejected', 'protected branch hook declined'), 'permission-denied'],
  [line('remote rejected', 'branch is currently checked out'), 'permission-denied'],
  [line('remote rejected', 'unpacker error'), 'unreachable'],
  [line('remote failure', 'remote failed to report status'), 'outcome-unknown'],
] as const)('%s is %s', ([status, wanted]) => expect(judged(status)).toBe(wanted));

test.for([
  ["fatal: unable to access 'https://example.org/x/': Could not resolve host: example.org", 'unreachable'],
  ["fatal: unable to access 'https://example.org/x/': The requested URL returned error: 403", 'permission-denied'],
  ["fatal: unable to access 'https://example.org/x/': The requested URL returned error: 429", 'rate-limited'],
  ["fatal: Authentication failed for 'https://example.org/x/'", 'credential-invalid'],
  ["fatal: could not read Username for 'https://example.org': terminal prompts disabled", 'credential-invalid'],
  ["remote: Repository not found.\nfatal: repository 'https://example.org/x/' not found", 'not-found'],
  ["fatal: detected dubious ownership in repository at '/x'", 'permission-denied'],
  ['error: RPC failed; HTTP 504 curl 22 The requested URL returned error: 504', 'outcome-unknown'],
  ['error: RPC failed; curl 52 Empty reply from server\nfatal: the remote end hung up unexpectedly', 'outcome-unknown'],
  ["fatal: Unable to create '/x/main.lock': File exists.", 'in-use'],
  [
    'error: object file objects/ab/cd is empty\nfatal: loose object abcd (stored in objects/ab/cd) is corrupt',
    'store-failed',
  ],
  ['fatal: write error: No space left on device', 'store-failed'],
  ['something that nobody has ever seen', 'bug'],
] as const)('without an answer, %j is %s', ([stderr, wanted]) => expect(judged('', stderr)).toBe(wanted));

test('the words of the remote are told as one line, without what steers a terminal', () => {
  const stderr =
    'remote: \u001b[31merror: GH006\u001b[0m   \nremote: \nremote: Changes must be made through a merge.\n';
  expect(refusal(line('remote rejected', 'declined'), stderr)).toMatchObject({
    message:
      'deployer@example.org cannot push to branch main of https://example.org/x: declined: [31merror: GH006 [0m Changes must be made through a merge.',
  });
});
