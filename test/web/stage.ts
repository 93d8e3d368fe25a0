import { existsSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';

import type { ChangeId } from '#src/model/ids.ts';
import type { Proposal } from '#src/model/proposal.ts';
import type { TokenScope } from '#src/model/token.ts';

import { modes, world, type World } from '../api/world.ts';

/** The built pages, on the real server, on a real store, over real files. */
export interface Stage {
  readonly world: World;
  readonly url: string;
  /** A token of somebody; every call makes another person. */
  token(...scopes: readonly TokenScope[]): Promise<string>;
  /** Somebody who has signed in, at an address of ours. Any error in the console of the page fails it. */
  visit(path: string, does: (page: Page) => Promise<void>, options?: VisitOptions): Promise<void>;
  /** Files in a folder of their own, with mode 0644. */
  files(...names: readonly string[]): Promise<readonly string[]>;
  /** Proposed by maria, approved by jonas, run: each file has mode 0600. */
  applied(title: string, paths: readonly string[]): Promise<ChangeId>;
  proposed(title: string, paths: readonly string[]): Promise<ChangeId>;
  /** Two files are tightened; the second is changed by hand; the rollback takes back the first only. */
  stuck(title: string): Promise<{ readonly id: ChangeId; readonly clean: string; readonly moved: string }>;
  end(): Promise<void>;
}

export interface VisitOptions extends BrowserContextOptions {
  readonly token?: string;
  /** Errors in the console that this test brings about. */
  readonly expects?: RegExp;
}

const webRoot = fileURLToPath(new URL('../../dist/web', import.meta.url));

export async function stage(browser: Browser): Promise<Stage> {
  if (!existsSync(join(webRoot, 'index.html'))) throw new Error('the pages are not built: npm run build:web');
  const all = await world();
  const { at: url } = await all.serve({ webRoot });
  const first = await all.token();
  let folders = 0;

  const files = async (...names: readonly string[]) => {
    folders += 1;
    const folder = join(all.folder, `files-${folders}`);
    await mkdir(folder);
    return Promise.all(
      names.map(async (name) => {
        const path = join(folder, name);
        await writeFile(path, name);
        await chmod(path, 0o644);
        return path;
      }),
    );
  };
  const tightened = (title: string, paths: readonly string[]): Proposal =>
    modes(title, ...paths.map((path) => [path, '0600'] as const));
  const proposed = async (title: string, paths: readonly string[]) =>
    (await all.as('local:maria').propose(tightened(title, paths))).id;
  const applied = async (title: string, paths: readonly string[]) => {
    const id = await proposed(title, paths);
    await all.as('local:jonas').approve(id, {});
    await all.as('local:maria').run(id, {});
    return id;
  };

  return {
    world: all,
    url,
    token: (...scopes) => all.token(...scopes),
    files,
    applied,
    proposed,
    async stuck(title) {
      const [clean = '', moved = ''] = await files('clean', 'moved');
      const id = await applied(title, [clean, moved]);
      await chmod(moved, 0o640);
      await all
        .as('local:maria')
        .recover(id, { partly: true })
        .catch(() => undefined);
      return { id, clean, moved };
    },
    async visit(path, does, { token = first, expects, ...options } = {}) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
      try {
        await context.addInitScript(`sessionStorage.setItem('recourse-token', ${JSON.stringify(token)})`);
        const page = await context.newPage();
        page.setDefaultTimeout(15_000);
        const wrong: string[] = [];
        page.on('pageerror', (error) => wrong.push(error.message));
        page.on('console', (message) => {
          const said = `${message.text()} ${message.location().url}`;
          if (message.type() === 'error' && !expects?.test(said)) wrong.push(said);
        });
        await page.goto(`${url}${path}`);
        await does(page);
        expect(wrong).toEqual([]);
      } finally {
        await context.close();
      }
    },
    end: () => all.end(),
  };
}
