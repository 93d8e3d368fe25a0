import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

import { place } from './file-world.ts';

const run = async (program: string, args: readonly string[]): Promise<string> =>
  (await promisify(execFile)(program, args)).stdout;

interface AccessList {
  /** Lets user 4711 read and write. */
  readonly give: (path: string) => Promise<unknown>;
  readonly read: (path: string) => Promise<string>;
}

const withAcl: AccessList = {
  give: (path) => run('setfacl', ['-m', 'u:4711:rw', path]),
  read: (path) => run('getfacl', ['--absolute-names', '--numeric', path]),
};

/** Source: acl(5), linux/posix_acl_xattr.h: version 2, then tag, permission and id of each entry. */
const give = `
import os, struct, sys
e = [(1, 6, -1), (2, 6, 4711), (4, 4, -1), (16, 6, -1), (32, 4, -1)]
v = struct.pack("<I", 2) + b"".join(struct.pack("<HHi", *x) for x in e)
os.setxattr(sys.argv[1], "system.posix_acl_access", v)`;
const read = 'import os, sys; print(os.getxattr(sys.argv[1], "system.posix_acl_access").hex())';
const withPython: AccessList = {
  give: (path) => run('python3', ['-c', give, path]),
  read: (path) => run('python3', ['-c', read, path]),
};

/** What can give access control lists here: the acl tools, Python, or nothing. */
export const accessList: AccessList | null = await (async () => {
  const { at, remove } = await place();
  await writeFile(at('probe'), '');
  const works = (list: AccessList): Promise<boolean> =>
    list.give(at('probe')).then(
      () => true,
      () => false,
    );
  const found = (await works(withAcl)) ? withAcl : (await works(withPython)) ? withPython : null;
  await remove();
  return found;
})();
