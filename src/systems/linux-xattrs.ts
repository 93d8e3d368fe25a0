/**
 * What a file may carry that Node cannot read: file capabilities, an access control list, other extended attributes. A
 * new owner or a new inode would silently drop some of it, so whoever makes one asks here first. GNU tar is on nearly
 * every Linux and writes all of them in front of a file's content (pax headers); it is asked for these and stopped.
 */
import { spawn } from 'node:child_process';

import { Fault } from '../model/fault.ts';

const args = ['--format=posix', '--xattrs', '--xattrs-include=*', '--acls', '--no-recursion', '-P', '-cf', '-'];
const block = 512;

/** Names of what would be lost, for a person. Faults: `unreachable` when it cannot be told. */
async function attributesOf(path: string): Promise<readonly string[]> {
  if (process.platform !== 'linux') return []; // other systems are for trying things out
  const names = paxNames(await paxHeader(path));
  return names.flatMap((name) => {
    if (name === 'SCHILY.acl.access') return ['access control list'];
    const [, attribute] = /^SCHILY\.xattr\.(.+)$/.exec(name) ?? [];
    if (attribute === undefined || attribute.startsWith('system.posix_acl_')) return [];
    return [attribute === 'security.capability' ? 'file capabilities' : attribute];
  });
}

/** A new owner clears file capabilities (chown(2)). Faults: `invalid-input` when the file has some. */
export const refuseToClear = (action: string, path: string): Promise<void> =>
  refuse(action, path, (name) => name === 'file capabilities');

/** A new inode has none of them; its SELinux label comes from the policy. Faults: `invalid-input`. */
export const refuseToDrop = (action: string, path: string): Promise<void> =>
  refuse(action, path, (name) => name !== 'security.selinux');

async function refuse(action: string, path: string, isLost: (name: string) => boolean): Promise<void> {
  const lost = (await attributesOf(path)).filter(isLost);
  if (lost.length > 0)
    throw new Fault(
      'invalid-input',
      `did not ${action} ${path}: it would lose what could not be given back (${lost.join(', ')})`,
      { at: path, advice: 'See it with `getcap`, `getfacl` or `getfattr -d -m -`, and change this file by hand.' },
    );
}

/** The first bytes of what tar writes: a header of one block, then as much as it says. */
function paxHeader(path: string): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const tar = spawn('tar', [...args, path], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { PATH: `${process.env['PATH'] ?? ''}:/usr/bin:/bin` },
    timeout: 5_000,
  });
  let read = Buffer.alloc(0);
  tar.stdout.on('data', (bytes: Buffer) => {
    read = Buffer.concat([read, bytes]);
    if (read.length < block || read.length < block + sizeIn(read)) return;
    resolve(read.subarray(block, block + sizeIn(read)));
    tar.kill();
  });
  tar.on('error', reject);
  tar.on('close', () => reject(new Error('tar wrote no pax header')));
  return promise.catch((cause: unknown) => {
    throw new Fault('unreachable', `whether ${path} carries capabilities or an access control list cannot be told`, {
      at: path,
      advice: 'GNU tar has to be installed and has to be able to read the file; then retry.',
      cause,
    });
  });
}

/** Bytes of pax records that follow a header of type `x`. Source: pax(1), "ustar Interchange Format". */
function sizeIn(header: Buffer): number {
  if (header.toString('latin1', 156, 157) !== 'x') throw new Error('not a pax header');
  return Number.parseInt(header.toString('latin1', 124, 136), 8);
}

/** Names of the records `<length> <name>=<value>\n`, whose values may be any bytes. */
function paxNames(records: Buffer): readonly string[] {
  const names: string[] = [];
  for (let at = 0; at < records.length;) {
    const space = records.indexOf(' ', at);
    const length = Number(records.toString('latin1', at, space));
    if (!(length > 0)) throw new Error('not a pax record');
    names.push(records.toString('utf8', space + 1, records.indexOf('=', space)));
    at += length;
  }
  return names;
}
