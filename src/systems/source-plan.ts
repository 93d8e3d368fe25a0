import { spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

import { Fault } from '../model/fault.ts';
import type { SourceSet } from '../model/sources.ts';
import { inputStream } from './host.ts';
import { streamOf } from './source-folders.ts';

/** A saved plan is a zip archive. */
const zip = Buffer.from('PK');

/** A plan as JSON, or as Terraform or OpenTofu saved it. Faults: `not-found`, `invalid-input`. */
export async function planIn(path: string): Promise<SourceSet> {
  if (path === '-') {
    const input = await inputStream('-');
    return planSet('plan.json', () => input);
  }
  return (await isSaved(path)) ? planSet(path, () => shown(path)) : planSet(path, () => streamOf(path));
}

const planSet = (path: string, chunks: () => AsyncIterable<Uint8Array>): SourceSet => ({
  files: [{ path, chunks }],
  what: path,
  notes: [],
});

async function isSaved(path: string): Promise<boolean> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
      return bytesRead === 2 && buffer.equals(zip);
    } finally {
      await file.close();
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw code === 'ENOENT'
      ? new Fault('not-found', `There is no file ${path}.`, { at: path, advice: 'Check the path.' })
      : new Fault('invalid-input', `The file ${path} cannot be read: ${code}.`, { at: path });
  }
}

/** `terraform show -json`, or OpenTofu's: a saved plan is read only by the tool that made it, beside its configuration. */
async function* shown(path: string): AsyncIterable<Uint8Array> {
  const absent: string[] = [];
  for (const tool of ['terraform', 'tofu']) {
    const child = spawn(tool, ['show', '-json', resolve(path)], {
      cwd: dirname(resolve(path)),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const started = await new Promise<boolean>((done) => {
      child.once('spawn', () => done(true));
      child.once('error', () => done(false));
    });
    if (!started) {
      absent.push(tool);
      continue;
    }
    let words = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (words = (words + text).slice(-2000)));
    const ended = new Promise<number | null>((done) => child.once('close', done));
    let isEmpty = true;
    for await (const chunk of child.stdout) {
      isEmpty = false;
      yield chunk as Buffer;
    }
    if ((await ended) === 0) return;
    if (tool === 'terraform' && isEmpty) continue; // OpenTofu may have made it
    throw new Fault('invalid-input', `${tool} cannot show ${path}: ${words.trim().split('\n')[0] ?? ''}`, {
      at: path,
      advice: `Run \`${tool} show -json ${path} > plan.json\` where the plan was made, and give plan.json.`,
    });
  }
  throw new Fault(
    'not-found',
    `${path} is a saved plan, and ${absent.join(' and ')} to read it cannot be started here.`,
    {
      at: path,
      advice: 'Run `terraform show -json PLAN > plan.json` where it is installed, and give plan.json.',
    },
  );
}
