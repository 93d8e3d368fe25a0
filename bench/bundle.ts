import { join } from 'node:path';

import { build } from 'vite';

/** One JavaScript file of an entry and all it imports, as what is published is one; answers its path. */
export async function bundle(entry: string, folder: string): Promise<string> {
  const name = 'entry.mjs';
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: entry,
      outDir: folder,
      emptyOutDir: false,
      target: 'node24',
      rolldownOptions: { output: { entryFileNames: name } },
    },
  });
  return join(folder, name);
}
