import { z } from 'zod';

import type { Finding } from '../../model/finding.ts';
import type { RuleId } from '../../model/ids.ts';
import type { Invocation } from '../../model/invocation.ts';
import { operation } from '../../model/operation.ts';
import { FileMode, octal } from '../../systems/linux-mode.ts';
import { FilePath } from '../../systems/linux-path.ts';
import { linux } from '../../systems/linux.ts';

/**
 * Sets the permission bits of one file or folder, and nothing below it; the inverse sets the ones it had.
 *
 * On a file with an access control list the kernel keeps the list's mask in the group bits (acl(5)), so the mask goes
 * there and back with the mode.
 */
export const setFileMode = operation({
  name: 'linux.set-file-mode',
  title: 'Set file permission',
  summary: 'Sets the permission bits of one file or folder.',
  system: linux,
  params: z.object({ path: FilePath, mode: FileMode }).strict(),
  state: z.object({ mode: FileMode }),
  result: z.object({}),
  examples: [
    { path: '/etc/app.conf', mode: '0640' },
    { path: '/usr/local/bin/tool', mode: '4755' },
  ],
  permissions: {
    apply: ['owner of the file, or CAP_FOWNER'],
    inverse: ['owner of the file, or CAP_FOWNER'],
  },
  resource: ({ path }) => `file:${path}`,
  reversibility: () => ({
    class: 'fully-reversible',
    because: 'the previous mode is recorded and can be set again',
    known: 'rule',
    undoneBy: ['linux.set-file-mode'],
    inverse: ({ params, before }): [Invocation] => [setFileMode.with({ path: params.path, mode: before.state.mode })],
  }),
  observe: async ({ path }, { client }) => {
    const { kind, mode, uid, gid, inode, links } = await client.stat(path);
    return { state: { mode: octal(mode) }, identity: { inode }, context: { kind, uid, gid, links } };
  },
  apply: async ({ path, mode }, { client, signal }, before) => {
    signal.throwIfAborted();
    await client.chmod(path, Number.parseInt(mode, 8), before.identity['inode'] ?? '');
    return {};
  },
  settle: ({ mode }, before, now) => {
    if (now.identity['inode'] !== before.identity['inode'])
      return { as: 'foreign', because: 'another file is there now' };
    if (now.state.mode === mode) return { as: 'applied', result: {} };
    if (now.state.mode === before.state.mode) return { as: 'untouched' };
    return { as: 'foreign', because: `the mode is ${now.state.mode}, neither ${before.state.mode} nor ${mode}` };
  },
  verify: ({ params, before, after }) => [
    ...(after.identity['inode'] === before.identity['inode']
      ? []
      : [found('linux/file-replaced', `another file is at ${params.path} than the one that was changed`)]),
    ...(after.state.mode === params.mode
      ? []
      : [found('linux/mode-not-set', `${params.path} has mode ${after.state.mode}, not ${params.mode}`)]),
  ],
});

const found = (rule: RuleId, message: string): Finding => ({ rule, message, known: 'observed' });
