import { posix } from 'node:path';

import { z } from 'zod';

/** One spelling per file, because a path names the resource that is leased. */
export const FilePath = z
  .string()
  .regex(/^\//, 'an absolute path, for example /etc/app.conf')
  .refine((path) => path !== '/' && !path.endsWith('/') && posix.normalize(path) === path, {
    error: 'a path without "//", "." or ".." parts and without a slash at its end',
  })
  .refine((path) => !path.includes('\0'), { error: 'a path without NUL' })
  .meta({ format: 'path' }); // the command line makes relative ones absolute
