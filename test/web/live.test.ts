import { fileURLToPath } from 'node:url';

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { orSkip } from '../live/require.ts';
import { findBrowser } from './browser.ts';
import { stage, type Stage } from './stage.ts';

const found = await findBrowser();
const webRoot = fileURLToPath(new URL('../../dist/web', import.meta.url));

orSkip(found.missing)('live pages', () => {
  let browser: Browser;
  let on: Stage;
  beforeAll(async () => {
    browser = await found.launch();
    on = await stage(browser);
  });
  afterAll(async () => {
    await on.end();
    await browser.close();
  });

  test('a page follows the facts of its change as they come', async () => {
    const [path = ''] = await on.files('app.conf');
    const id = await on.proposed('Followed', [path]);
    await on.visit(`/changes/${id}`, async (page) => {
      const status = page.locator('.change-title .said-chip');
      await page.getByText('Live', { exact: true }).waitFor();
      await status.getByText('Awaiting approval').waitFor();
      await on.world.as('local:jonas').approve(id, {});
      await status.getByText('Approved').waitFor();
      await on.world.as('local:jonas').run(id, {});
      await status.getByText('Applied').waitFor();
    });
  });

  test('says since when it is not live, and comes back by itself', async () => {
    const { server, at } = await on.world.serve({ webRoot });
    const [path = ''] = await on.files('app.conf');
    const id = await on.proposed('Cut off', [path]);
    await on.visit(
      '/',
      async (page) => {
        await page.goto(`${at}/changes/${id}`);
        await page.getByText('Live', { exact: true }).waitFor();
        await server.close();
        await page.getByText(/^Not live since \d\d:\d\d:\d\d$/).waitFor();
        await on.world.as('local:jonas').approve(id, {});
        const again = await on.world.serve({ webRoot }, Number(new URL(at).port));
        await page.getByText('Live', { exact: true }).waitFor({ timeout: 30_000 });
        await page.locator('.change-title .said-chip').getByText('Approved').waitFor();
        expect(again.at).toBe(at);
      },
      { expects: /ERR_|50\d|Failed to load/ },
    );
  });

  test('a button of a page that is not live asks again before it acts', async () => {
    const [path = ''] = await on.files('app.conf');
    const id = await on.proposed('Moved on meanwhile', [path]);
    await on.visit(
      '/changes',
      async (page) => {
        await page.route('**/api/v1/events**', (route) => route.abort());
        await page.goto(`${on.url}/changes/${id}`);
        await page.getByText('Not live').waitFor();
        await page.getByRole('button', { name: 'Approve this plan' }).waitFor();
        await on.world.as('local:lena').note(id, 'Wait for me.');
        await page.getByRole('button', { name: 'Approve this plan' }).click();
        await page.getByText('Nothing was sent: this change has moved on').waitFor();
        expect((await on.world.as('local:maria').show(id)).status).toBe('awaiting-approval');
        await page.locator('#notes').getByText('Wait for me.').waitFor();
        await page.getByRole('button', { name: 'Approve this plan' }).click();
        await page.locator('.change-title .said-chip').getByText('Approved').waitFor();
      },
      { expects: /ERR_FAILED/ },
    );
  });

  test('a token is asked for, kept by the tab, and stands in no address', async () => {
    const secret = await on.token();
    await on.visit(
      '/changes',
      async (page) => {
        await page.getByRole('heading', { name: 'Who is there?' }).waitFor();
        const field = page.getByRole('textbox', { name: 'Token' });
        await field.fill('rct_not-one-that-is-known');
        await page.getByRole('button', { name: 'Sign in' }).click();
        await page.getByText('This token is not known here.').waitFor();
        await field.fill(secret);
        await field.press('Enter');
        await page.getByRole('heading', { name: 'Changes' }).waitFor();
        await page.getByText('Live', { exact: true }).waitFor();
        expect(page.url()).not.toContain('rct_');
        expect(await page.evaluate('sessionStorage.getItem("recourse-token")')).toBe(secret);
        expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain(secret);
        expect(await page.content()).not.toContain(secret);
      },
      { token: '', expects: /401/ },
    );
  });
});
