import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Plugin } from 'vite';

/** A bundle holds other people's work; their licences want their notices beside it. Written as one text, per bundle. */
export const thirdPartyNotices = (fileName: string): Plugin => ({
  name: 'third-party-notices',
  async generateBundle() {
    const inPackage = /^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//;
    const folders = new Set([...this.getModuleIds()].flatMap((id) => inPackage.exec(id)?.[1] ?? []));
    const notices = await Promise.all([...folders].map(noticeOf));
    this.emitFile({ type: 'asset', fileName, source: notices.toSorted((a, b) => a.localeCompare(b)).join('\n\n') });
  },
});

async function noticeOf(folder: string): Promise<string> {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string;
  };
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return [`${name} ${version}: ${license ?? 'see below'}`, ...texts.map((text) => text.trim())].join('\n\n');
}
