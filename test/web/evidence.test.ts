import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { orSkip } from '../live/require.ts';
import { findBrowser } from './browser.ts';
import { stage, type Stage } from './stage.ts';

const found = await findBrowser();

orSkip(found.missing)('evidence', () => {
  let browser: Browser;
  let on: Stage;
  let file: string;
  beforeAll(async () => {
    browser = await found.launch();
    on = await stage(browser);
    const [path = ''] = await on.files('app.conf');
    const id = await on.applied('Proved', [path]);
    file = await on.world.as('local:maria').exportEvidence(id);
  });
  afterAll(async () => {
    await on.end();
    await browser.close();
  });
  const drop = (page: Page, text: string) =>
    page
      .getByLabel('Evidence file')
      .setInputFiles({ name: 'evidence.jsonl', mimeType: 'application/jsonl', buffer: Buffer.from(text) });

  test('a file is verified in the browser, and sent nowhere', async () => {
    await on.visit('/evidence', async (page) => {
      await page.getByText('Choose a file to verify').waitFor();
      const sent: string[] = [];
      page.on('request', (request) => {
        if (request.method() !== 'GET') sent.push(request.url());
      });
      await drop(page, file);
      const card = page.getByRole('region', { name: 'evidence.jsonl' });
      await card.getByText('Holds').waitFor();
      await card.getByText('7 facts hashed again, 6 links match').waitFor();
      expect(await card.getByText(/^SHA256:[A-Za-z0-9+/]{43}$/).count()).toBe(1);
      expect(await card.getByRole('row').count()).toBe(8);
      expect(sent).toEqual([]);
    });
  });

  test('a byte that was changed is named with its fact, and the chain stops there', async () => {
    await on.visit('/evidence', async (page) => {
      await page.getByText('Choose a file to verify').waitFor();
      const lines = file.split('\n');
      lines[3] = lines[3]?.replace('jonas', 'jomas') ?? '';
      await drop(page, lines.join('\n'));
      const card = page.getByRole('region', { name: 'evidence.jsonl' });
      await card.getByText('Broken at fact 4.').waitFor();
      await card.getByText('What is in the record is not what its hash is of.').waitFor();
      expect(await card.locator('.chain-row[data-broken]').count()).toBe(4);
    });
  });

  test('a seal that was changed is named', async () => {
    await on.visit('/evidence', async (page) => {
      await page.getByText('Choose a file to verify').waitFor();
      await drop(page, file.replace(/"signature":"./, '"signature":"_'));
      await page.getByText('Broken at the seal.').waitFor();
    });
  });

  test('a fact shows as it is stored, and the file can be saved', async () => {
    const [path = ''] = await on.files('app.conf');
    const id = await on.applied('Looked into', [path]);
    await on.visit(`/changes/${id}`, async (page) => {
      await page.getByRole('button', { name: 'approved plan' }).click();
      const stored = await page.getByRole('region', { name: 'Fact 4 as it is stored' }).innerText();
      expect(JSON.parse(stored)).toMatchObject({ seq: 4, by: 'local:jonas', fact: { fact: 'approved' } });
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Save the evidence file' }).click();
      expect((await download).suggestedFilename()).toBe(`${id}.jsonl`);
    });
  });
});
