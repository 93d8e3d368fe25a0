import { z } from 'zod';

import { Fault } from '../../model/fault.ts';
import type { Finding } from '../../model/finding.ts';
import type { RuleId } from '../../model/ids.ts';
import type { Invocation } from '../../model/invocation.ts';
import { operation } from '../../model/operation.ts';
import { bytesOf, FileContent, isContent, isSealed } from '../../systems/linux-content.ts';
import { FileState, isUnchanged, readingOf } from '../../systems/linux-file-state.ts';
import { FileMode } from '../../systems/linux-mode.ts';
import { FileOwner, isOwner } from '../../systems/linux-owner.ts';
import { FilePath } from '../../systems/linux-path.ts';
import { linux } from '../../systems/linux.ts';

const Params = z
  .object({
    path: FilePath,
    /** Text, a sealed secret, the digest of kept bytes, or `null` for no file. */
    content: FileContent,
    mode: z.exactOptional(FileMode),
    owner: z.exactOptional(FileOwner),
    group: z.exactOptional(FileOwner),
    /** What is there now is a secret, although no file is asked for. */
    secret: z.exactOptional(z.literal(true)),
  })
  .strict()
  .refine(({ content, mode, owner, group }) => content !== null || (mode ?? owner ?? group) === undefined, {
    error: 'a file that shall not be there has no mode, owner or group',
  })
  // What is there is read sealed then, and text cannot be compared with it.
  .refine(({ content, secret }) => secret !== true || content === null || isSealed(content), {
    error: 'in the place of a secret goes another one, { $secret: … }, or null for no file',
    path: ['content'],
  });
type Params = z.infer<typeof Params>;

/**
 * Puts one regular file at a path, whole and at once, or removes it. Not being there is a state like any other, so the
 * inverse of making a file is removing it, and that of removing it is putting back what it held.
 *
 * The new file is another inode. What an inode carries beside content, mode and owner (more names, file capabilities,
 * an access control list) would be lost, so a file with any of them is refused; times and SELinux labels are not kept.
 */
export const putFile = operation({
  name: 'linux.put-file',
  title: 'Put file',
  summary: 'Puts a file with this content at a path, or removes the one that is there.',
  system: linux,
  params: Params,
  state: FileState,
  result: z.object({}),
  examples: [
    { path: '/etc/app.conf', content: 'port = 8080\n', mode: '0640', owner: 'root', group: 'app' },
    { path: '/etc/app.conf.old', content: null },
  ],
  permissions: {
    apply: ['write and search in the folder', 'CAP_CHOWN where the owner is somebody else'],
    inverse: ['write and search in the folder', 'CAP_CHOWN where the owner is somebody else'],
  },
  resource: ({ path }) => `file:${path}`,
  reversibility: () => ({
    class: 'fully-reversible',
    because: 'the previous content, mode and owner are recorded and can be put back',
    known: 'rule',
    undoneBy: ['linux.put-file'],
    inverse: ({ params, before: { state } }): [Invocation] => {
      const common = { path: params.path, ...(isAboutSecret(params) && { secret: true as const }) };
      if (state.content === null) return [putFile.with({ ...common, content: null })];
      const { content, mode, uid, gid } = state;
      return [putFile.with({ ...common, content, mode, owner: uid, group: gid })];
    },
  }),
  observe: async (params, reach) =>
    readingOf(await reach.client.read(params.path), { path: params.path, secret: isAboutSecret(params) }, reach),
  apply: async (params, reach, before) => {
    const { client, signal, key } = reach;
    const { path, content, owner, group } = params;
    const secret = isAboutSecret(params);
    const found = await client.read(path);
    const now = await readingOf(found, { path, secret }, reach);
    if (!isUnchanged(before, now))
      throw new Fault('drifted', `did not write ${path}: it is not as it was when it was looked at`, { at: path });
    if (shortcomings(params, before.state, now.state).length === 0) return {};
    if (found.file && !secret) await reach.keep(found.file.bytes);
    if (content === null) {
      signal.throwIfAborted();
      await client.remove(path, found);
      return {};
    }
    const uid = owner === undefined ? found.file?.uid : await client.idOf('user', owner);
    const gid = group === undefined ? found.file?.gid : await client.idOf('group', group);
    const mode = Number.parseInt(modeAfter(params, before.state), 8);
    const file = { bytes: await bytesOf(content, reach), mode, uid, gid };
    signal.throwIfAborted();
    await client.put(path, file, found, key);
    return {};
  },
  settle: (params, before, now) => {
    if (now.identity['folder'] !== before.identity['folder'])
      return { as: 'foreign', because: 'its folder is another one now' };
    const missing = shortcomings(params, before.state, now.state);
    if (missing.length === 0) return { as: 'applied', result: {} };
    if (isUnchanged(before, now)) return { as: 'untouched' };
    return { as: 'foreign', because: missing.map(({ message }) => message).join('; ') };
  },
  verify: ({ params, before, after }) => [
    ...(after.identity['folder'] === before.identity['folder']
      ? []
      : [found('linux/folder-replaced', `${params.path} is in another folder than before`)]),
    ...shortcomings(params, before.state, after.state),
  ],
});

/** What is not as asked; without a mode or an owner asked for, the ones from before. */
function shortcomings(params: Params, before: FileState, now: FileState): readonly Finding[] {
  const { path, content, owner, group } = params;
  if (!isContent(content, now.content))
    return [
      found('linux/content-not-put', `${path} ${now.content === null ? 'is not there' : 'holds something else'}`),
    ];
  if (now.content === null) return [];
  const was = before.content === null ? undefined : before;
  const mode = modeAfter(params, before);
  const isOwned = isOwner(owner ?? was?.uid, now.owner, now.uid) && isOwner(group ?? was?.gid, now.group, now.gid);
  return [
    ...(now.mode === mode ? [] : [found('linux/mode-not-set', `${path} has mode ${now.mode}, not ${mode}`)]),
    ...(isOwned ? [] : [found('linux/owner-not-set', `${path} belongs to ${now.owner}:${now.group}`)]),
  ];
}

const isAboutSecret = ({ content, secret }: Params): boolean => secret === true || isSealed(content);

const modeAfter = (params: Params, before: FileState): string =>
  params.mode ?? (before.content === null ? (isAboutSecret(params) ? '0600' : '0644') : before.mode);

const found = (rule: RuleId, message: string): Finding => ({ rule, message, known: 'observed' });
