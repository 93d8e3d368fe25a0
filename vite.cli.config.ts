import { readdirSync, rmSync } from 'node:fs';

import { defineConfig } from 'vite';

import { thirdPartyNotices } from './tools/third-party-notices.ts';

/** Bundled is all JavaScript. Left out is what finds its data files beside itself, and what is native and optional. */
export const notBundled = [
  '@electric-sql/pglite',
  '@tree-sitter-grammars/tree-sitter-hcl',
  'libpg-query',
  'pg-native',
  'web-tree-sitter',
];

const dist = new URL('dist/', import.meta.url);

/**
 * The command as one bundle in `dist/`: `recourse.js` and the chunks that its commands load when they run. All of them
 * lie side by side, so that `../` is the package from every chunk as it is from `src/main.ts`.
 */
export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true, external: notBundled },
  build: {
    ssr: true,
    outDir: 'dist',
    emptyOutDir: false, // the web pages live there too
    target: 'node24',
    sourcemap: true,
    minify: false,
    reportCompressedSize: false,
    rolldownOptions: {
      // the second one runs in a thread of its own
      input: ['src/recourse.ts', 'src/systems/scratch-postgres-worker.ts'],
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
  plugins: [
    thirdPartyNotices('third-party.txt'),
    { name: 'remove-old-chunks', writeBundle: (_, written) => removeAllBut(new Set(Object.keys(written))) },
  ],
});

function removeAllBut(written: ReadonlySet<string>): void {
  for (const entry of readdirSync(dist, { withFileTypes: true })) {
    const isOurs = entry.name === '.cache' || /\.js(\.map)?$/.test(entry.name);
    if (isOurs && !written.has(entry.name)) rmSync(new URL(entry.name, dist), { recursive: true });
  }
}
