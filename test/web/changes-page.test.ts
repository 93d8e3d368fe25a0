import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { orSkip } from '../live/require.ts';
import { findBrowser } from './browser.ts';
import { stage, type Stage } from './stage.ts';

const found = await findBrowser();

orSkip(found.missing)('the list of changes', () => {
  let browser: Browser;
  let on: Stage;
  let files: readonly string[];
  const titles = (page: Page) => page.locator('a.change-link').allInnerTexts();
  const row = (page: Page, title: string) => page.getByRole('row').filter({ hasText: title });
  beforeAll(async () => {
    browser = await found.launch();
    on = await stage(browser);
    files = await on.files('a', 'b', 'c');
  });
  afterAll(async () => {
    await on.end();
    await browser.close();
  });

  test('teaches one thing and offers one act while nothing has been changed', async () => {
    await on.visit('/', async (page) => {
      await page.getByText('Nothing has been changed yet.').waitFor();
      await page.getByRole('main').getByRole('link', { name: 'Propose a change' }).last().click();
      await page.getByRole('heading', { name: 'Propose a change' }).waitFor();
    });
  });

  test('puts what needs a person on top, with its count, and narrows by address', async () => {
    await on.applied('First', files.slice(0, 1));
    await on.proposed('Second', files.slice(1, 2));
    await on.applied('Third', files.slice(2, 3));
    await on.visit('/changes', async (page) => {
      await row(page, 'Third').waitFor();
      expect(await titles(page)).toEqual(['Second', 'Third', 'First']);
      await page.getByText('Needs a person 1, always on top').waitFor();
      await page.getByRole('navigation', { name: 'Places' }).getByText('1 needs a person').waitFor();

      await page.getByRole('link', { name: 'In place' }).click();
      await row(page, 'Second').waitFor({ state: 'detached' });
      expect(page.url()).toMatch(/view=in-place/);
      expect(await titles(page)).toEqual(['Third', 'First']);

      await page.getByRole('searchbox', { name: 'Find' }).focus();
      await page.keyboard.type('fi');
      await row(page, 'Third').waitFor({ state: 'detached' });
      await page.keyboard.type('r'); // the field keeps the focus
      await page.waitForURL(/text=fir$/);
      expect(new URL(page.url()).search).toBe('?view=in-place&text=fir');
      await page.reload();
      await row(page, 'First').waitFor();
      expect(await titles(page)).toEqual(['First']);
    });
  });

  test('filters by environment and way back, shows each as a chip, and takes it away again', async () => {
    await on.visit('/changes', async (page) => {
      await row(page, 'First').waitFor();
      await page.keyboard.press('f');
      await page.keyboard.press('Enter');
      await page.getByLabel('Environment').fill('production');
      await page.getByLabel('Way back').selectOption('Forward only');
      await page.getByRole('button', { name: 'Show these' }).click();
      await page.getByText('No change in production with this way back or resource is here.').waitFor();
      expect(new URL(page.url()).search).toBe('?environment=production&class=forward-only');
      await page.getByRole('button', { name: 'Show every environment again' }).click();
      await page.getByRole('button', { name: 'Show every way back again' }).click();
      await row(page, 'First').waitFor();
    });
  });

  test('goes by keys: J and K move, Enter opens, Esc comes back', async () => {
    await on.visit('/changes', async (page) => {
      await row(page, 'First').waitFor();
      await page.keyboard.press('j');
      await page.keyboard.press('j');
      await page.keyboard.press('j');
      await page.keyboard.press('k');
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Third');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Third', level: 1 }).waitFor();
      expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
      await page.keyboard.press('Escape');
      await row(page, 'First').waitFor();
    });
  });

  test('new changes wait behind their count while one reads; rows change where they stand', async () => {
    await on.visit('/changes', async (page) => {
      await row(page, 'First').waitFor();
      await page.getByText('Live', { exact: true }).waitFor();
      const before = await titles(page);
      const id = await on.proposed('Came while reading', files.slice(0, 1));
      await page.getByRole('button', { name: '1 new' }).waitFor();
      expect(await titles(page)).toEqual(before);
      await page.getByRole('button', { name: '1 new' }).click();
      await row(page, 'Came while reading').waitFor();

      const shown = await titles(page);
      await on.world.as('local:jonas').approve(id, {});
      await row(page, 'Came while reading').getByText('Approved').waitFor();
      expect(await titles(page)).toEqual(shown);
    });
  });

  test('older changes come page by page', async () => {
    const [path = ''] = files;
    for (let i = 0; i < 52; i++) await on.proposed(`Many ${i}`, [path]);
    await on.visit('/changes?view=needs-a-person', async (page) => {
      await row(page, 'Many 51').waitFor();
      const first = (await titles(page)).length;
      await page.getByRole('button', { name: 'Show older changes' }).click();
      await row(page, 'Second').waitFor();
      expect((await titles(page)).length).toBeGreaterThan(first);
    });
  });
});
