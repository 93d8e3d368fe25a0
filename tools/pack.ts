/**
 * `npm pack` and `npm publish` call it: a published package depends on nothing that is in its bundle already, and brings
 * no Node. `strip` writes that package.json, `restore` puts ours back.
 */
import { readFile, rename, writeFile } from 'node:fs/promises';

import { notBundled } from '../vite.cli.config.ts';
import { root } from './tree.ts';

const ours = `${root}package.json`;
const kept = `${root}package.json.kept`;

const steps: Readonly<Record<string, () => Promise<void>>> = {
  strip: async () => {
    const text = await readFile(ours, 'utf8');
    const { dependencies, devDependencies: _, optionalDependencies: __, scripts: ___, ...manifest } = JSON.parse(text);
    const needed = Object.entries(dependencies).filter(([name]) => notBundled.includes(name));
    await writeFile(kept, text);
    await writeFile(ours, `${JSON.stringify({ ...manifest, dependencies: Object.fromEntries(needed) }, null, 2)}\n`);
  },
  restore: () => rename(kept, ours),
};

const step = steps[process.argv[2] ?? ''];
if (!step) throw new Error(`say one of ${Object.keys(steps).join(', ')}`);
await step();
