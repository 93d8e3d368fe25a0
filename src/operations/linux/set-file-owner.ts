import { z } from 'zod';

import { Fault } from '../../model/fault.ts';
import type { Finding } from '../../model/finding.ts';
import type { RuleId } from '../../model/ids.ts';
import type { Invocation } from '../../model/invocation.ts';
import { operation } from '../../model/operation.ts';
import { FileMode, octal } from '../../systems/linux-mode.ts';
import { FileOwner, isOwner } from '../../systems/linux-owner.ts';
import { FilePath } from '../../systems/linux-path.ts';
import { linux } from '../../systems/linux.ts';

const Params = z
  .object({
    path: FilePath,
    owner: z.exactOptional(FileOwner),
    group: z.exactOptional(FileOwner),
    /** The mode it has afterwards; without it, the one it has now. */
    mode: z.exactOptional(FileMode),
  })
  .strict()
  .refine(({ owner, group }) => owner !== undefined || group !== undefined, {
    error: 'say which owner, which group, or both',
  });
type Params = z.infer<typeof Params>;

const State = z.object({ owner: z.string(), uid: z.number(), group: z.string(), gid: z.number(), mode: FileMode });
type State = z.infer<typeof State>;

/**
 * Sets owner and group of one file or folder, and nothing below it; the inverse sets those it had.
 *
 * Whenever a file changes hands the kernel clears its setuid and setgid bits and its file capabilities (chown(2)). The
 * bits are recorded before and set again after; a file with capabilities, which cannot be, is refused.
 */
export const setFileOwner = operation({
  name: 'linux.set-file-owner',
  title: 'Set file owner',
  summary: 'Sets the owner and the group of one file or folder; its mode stays.',
  system: linux,
  params: Params,
  state: State,
  result: z.object({ uid: z.number(), gid: z.number() }),
  examples: [
    { path: '/etc/app.conf', owner: 'app', group: 'app' },
    { path: '/srv/app/data', group: 1001 },
  ],
  permissions: {
    apply: ['CAP_CHOWN; the owner alone may set a group of their own', 'CAP_FSETID for setuid and setgid bits'],
    inverse: ['CAP_CHOWN; the owner alone may set a group of their own', 'CAP_FSETID for setuid and setgid bits'],
  },
  resource: ({ path }) => `file:${path}`,
  reversibility: () => ({
    class: 'fully-reversible',
    because: 'the previous owner, group and mode are recorded and can be set again',
    known: 'rule',
    undoneBy: ['linux.set-file-owner'],
    inverse: ({ params: { path }, before: { state } }): [Invocation] => [
      setFileOwner.with({ path, owner: state.uid, group: state.gid, mode: state.mode }),
    ],
  }),
  observe: async ({ path }, { client }) => {
    const { kind, mode, uid, gid, inode, links } = await client.stat(path);
    const state = { ...(await client.namesOf({ uid, gid })), uid, gid, mode: octal(mode) };
    return { state, identity: { inode }, context: { kind, links } };
  },
  apply: async (params, { client, signal }, { state: before, identity }) => {
    const inode = identity['inode'] ?? '';
    const uid = params.owner === undefined ? before.uid : await client.idOf('user', params.owner);
    const gid = params.group === undefined ? before.gid : await client.idOf('group', params.group);
    if (uid === 0 && before.uid !== 0 && params.mode === undefined && isSetuid(before.mode))
      throw new Fault('invalid-input', `did not give ${params.path} to root: it is setuid and would run as root`, {
        at: params.path,
        advice: `Say which mode it shall have, for example mode: "${before.mode}" to keep the bit.`,
      });
    signal.throwIfAborted();
    if (uid !== before.uid || gid !== before.gid) await client.chown(params.path, { uid, gid }, inode);
    const mode = modeAfter(params, before);
    if (octal((await client.stat(params.path)).mode) !== mode)
      await client.chmod(params.path, Number.parseInt(mode, 8), inode);
    return { uid, gid };
  },
  settle: (params, before, now) => {
    if (now.identity['inode'] !== before.identity['inode'])
      return { as: 'foreign', because: 'another file is there now' };
    const { uid, gid, mode } = now.state;
    const isOwned = isOwner(params.owner, now.state.owner, uid) && isOwner(params.group, now.state.group, gid);
    if (isOwned && mode === modeAfter(params, before.state)) return { as: 'applied', result: { uid, gid } };
    if (uid === before.state.uid && gid === before.state.gid && mode === before.state.mode) return { as: 'untouched' };
    return isOwned && hasLostBits(mode, before.state.mode)
      ? { as: 'partial', because: `the owner is set, and the mode is ${mode} until it is set again` }
      : { as: 'foreign', because: `it is ${uid}:${gid} with mode ${mode}, neither as before nor as asked` };
  },
  verify: ({ params, before, after, result }) => {
    const { uid, gid, mode } = after.state;
    const wanted = modeAfter(params, before.state);
    return [
      ...(after.identity['inode'] === before.identity['inode']
        ? []
        : [found('linux/file-replaced', `another file is at ${params.path} than the one that was changed`)]),
      ...(uid === result.uid && gid === result.gid
        ? []
        : [found('linux/owner-not-set', `${params.path} belongs to ${uid}:${gid}, not ${result.uid}:${result.gid}`)]),
      ...(mode === wanted ? [] : [found('linux/mode-not-set', `${params.path} has mode ${mode}, not ${wanted}`)]),
    ];
  },
});

const modeAfter = (params: Params, before: State): string => params.mode ?? before.mode;
const isSetuid = (mode: string): boolean => (Number.parseInt(mode, 8) & 0o4000) !== 0;

/** Whether only setuid or setgid are missing, which chown(2) clears. */
function hasLostBits(now: string, before: string): boolean {
  const lost = Number.parseInt(now, 8) ^ Number.parseInt(before, 8);
  return (lost & 0o1777) === 0 && (lost & Number.parseInt(before, 8)) === lost;
}

const found = (rule: RuleId, message: string): Finding => ({ rule, message, known: 'observed' });
