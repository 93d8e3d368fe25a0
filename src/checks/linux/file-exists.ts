import { z } from 'zod';

import { check } from '../../model/check.ts';
import { Fault } from '../../model/fault.ts';
import type { Seconds } from '../../model/ids.ts';
import { octal } from '../../systems/linux-mode.ts';
import { FilePath } from '../../systems/linux-path.ts';
import { linux } from '../../systems/linux.ts';

const goodFor = 10 as Seconds;

/** Whether something stands at a path. A symbolic link is not looked through, so it is *unknown*. */
export const fileExists = check({
  id: 'linux/file-exists',
  system: linux,
  asks: 'Is the file there?',
  because: 'what was changed in a file can only be put back while the file is there',
  subject: z.object({ path: FilePath }).strict(),
  examples: [{ path: '/etc/app.conf' }],
  answer: async ({ path }, { client, signal }) => {
    signal.throwIfAborted();
    try {
      const { kind, mode, size } = await client.stat(path);
      return { answer: 'yes', seen: `${path} is a ${kind} of ${size} bytes with mode ${octal(mode)}`, goodFor };
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return { answer: error.code === 'not-found' ? 'no' : 'unknown', seen: error.message, goodFor };
    }
  },
});
