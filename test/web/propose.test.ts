import { chmod, rm } from 'node:fs/promises';

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { orSkip } from '../live/require.ts';
import { findBrowser } from './browser.ts';
import { stage, type Stage } from './stage.ts';

const found = await findBrowser();

orSkip(found.missing)('proposing a change', () => {
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
  const names = async (page: Page, title: string) => {
    await page.getByLabel('Title').fill(title);
    await page.getByLabel('Environment').fill('test');
  };
  const newest = async () => {
    const page = JSON.parse(await on.world.as('local:maria').list({ limit: 1 })) as { changes: { id: never }[] };
    return on.world.as('local:maria').show(page.changes[0]?.id as never);
  };

  test('shows its way back while it is written, and lands on its page', async () => {
    const [path = ''] = await on.files('app.conf');
    await on.visit('/changes', async (page) => {
      await page.getByRole('heading', { name: 'Changes' }).waitFor();
      await page.keyboard.press('c');
      await page
        .getByText('It still needs a title, an environment, and an operation for every step.')
        .first()
        .waitFor();
      await names(page, 'Written in the form');
      await page.getByRole('button', { name: 'Add the first step' }).click();
      await page.getByRole('combobox', { name: 'Operation' }).fill('permission');
      await page.getByRole('option', { name: 'Set file permission' }).click();
      await page.getByLabel('Path').fill(path);
      await page.getByLabel('Mode').fill('0600');
      await page.locator('.ladder [aria-current]').getByText('Fully reversible').waitFor();
      const undoes = page.getByRole('region', { name: 'What would undo it' });
      await undoes.getByText('mode: known after apply').waitFor();
      await page.getByLabel('Mode').press('Control+Enter');
      await page.getByRole('heading', { name: 'Written in the form', level: 1 }).waitFor();
    });
    expect(await newest()).toMatchObject({
      title: 'Written in the form',
      proposedBy: 'token:t1',
      steps: [{ operation: 'linux.set-file-mode', params: { path, mode: '0600' } }],
    });
  });

  test('takes several steps, and a field that is wrong is named beside it', async () => {
    const [a = '', b = ''] = await on.files('a', 'b');
    await on.visit('/changes/new?operation=linux.set-file-mode', async (page) => {
      await names(page, 'Two steps');
      await page.getByLabel('Path').fill(a);
      await page.getByLabel('Mode').fill('640');
      await page.getByLabel('Path').focus();
      await page.locator('.params').getByText('This does not have the form that the example shows.').waitFor();
      await page.getByLabel('Mode').fill('0640');
      await page.getByRole('button', { name: 'Add a step' }).click();
      const second = page.getByRole('region', { name: 'Step 2' });
      await second.getByRole('combobox', { name: 'Operation' }).click();
      await page.getByRole('option', { name: 'Set file permission' }).click();
      await second.getByLabel('Path').fill(b);
      await second.getByLabel('Mode').fill('0600');
      await page.getByRole('button', { name: 'Propose change' }).click();
      await page.getByRole('heading', { name: 'Two steps', level: 1 }).waitFor();
    });
    expect((await newest()).steps.map(({ params }) => params)).toEqual([
      { path: a, mode: '0640' },
      { path: b, mode: '0600' },
    ]);
  });

  test('can be written as its file, with a wait, and a line that is wrong is named', async () => {
    const [path = ''] = await on.files('app.conf');
    await on.visit('/changes/new', async (page) => {
      await page.getByText('YAML', { exact: true }).click();
      const file = page.getByRole('textbox', { name: 'Change file' });
      await file.fill('title: [');
      await page.getByText(/at line 1/).waitFor();
      await file.fill(
        [
          'title: From a file',
          'environment: test',
          'steps:',
          `  - wait: { until: linux/file-exists, subject: { path: ${path} } }`,
          `  - linux.set-file-mode: { path: ${path}, mode: "0600" }`,
        ].join('\n'),
      );
      await page.locator('.ladder [aria-current]').waitFor();
      await page.getByText('Form', { exact: true }).click();
      await page.getByText('This step has no form. It is edited in the change file.').waitFor();
      await page.getByRole('button', { name: 'Propose change' }).click();
      await page.getByRole('heading', { name: 'From a file', level: 1 }).waitFor();
    });
    expect((await newest()).steps.map(({ operation }) => operation)).toEqual(['wait', 'linux.set-file-mode']);
  });

  test('a secret that is typed is shown nowhere, not in the file either', async () => {
    const [path = ''] = await on.files('secret.env');
    await on.visit('/changes/new?operation=linux.put-file', async (page) => {
      await names(page, 'With a secret');
      await page.getByLabel('Path').fill(path);
      await page.getByRole('combobox', { name: 'Content' }).click();
      await page.getByRole('option', { name: 'A secret' }).click();
      await page.getByText('Type it').click();
      await page.getByLabel('A secret, typed').fill('hunter2-canary');
      await page.getByText('YAML', { exact: true }).click();
      await page.getByText('A secret was typed, so this file can only be looked at.').waitFor();
      expect(await page.content()).not.toContain('hunter2-canary');
      await page.getByRole('button', { name: 'Propose change' }).click();
      await page.getByRole('heading', { name: 'With a secret', level: 1 }).waitFor();
      expect(await page.content()).not.toContain('hunter2-canary');
    });
    expect(JSON.stringify(await newest())).not.toContain('hunter2-canary');
  });

  test('[R1.2] the way forward of a closed change is prefilled, and follows it', async () => {
    const [path = ''] = await on.files('app.conf');
    const id = await on.applied('No way back any more', [path]);
    await on.world.as('local:maria').close(id);
    await on.visit(`/changes/${id}`, async (page) => {
      await page.getByText('It is closed.').waitFor();
      const forward = page.getByRole('region', { name: 'The way forward' });
      await forward.getByText('linux.set-file-mode:').waitFor();
      await forward.getByRole('link', { name: 'Propose the way forward' }).click();
      await page.getByLabel('Mode').waitFor();
      expect(await page.getByLabel('Mode').inputValue()).toBe('0644');
      expect(await page.getByLabel('Path').inputValue()).toBe(path);
      await page.locator('.ladder [aria-current]').waitFor();
      await page.getByRole('button', { name: 'Propose change' }).click();
      await page.locator('.change-facts').getByText('Follows').waitFor();
    });
    expect(await newest()).toMatchObject({ follows: id });
  });

  test('[R1.2] where a rollback is refused, the way forward is a recovery, prefilled and linked', async () => {
    const [path = ''] = await on.files('app.conf');
    const id = await on.applied('Its file is gone', [path]);
    await rm(path);
    await on.visit(
      `/changes/${id}`,
      async (page) => {
        await page.getByRole('button', { name: 'Roll back 1 step' }).click();
        await page.getByRole('alert').getByText(path).waitFor();
        await page.getByRole('link', { name: 'Propose the way forward' }).click();
        await page.locator('.ladder [aria-current]').waitFor();
        await page.getByRole('button', { name: 'Propose change' }).click();
        await page.getByText('Rollforward of').waitFor();
      },
      { expects: /409/ },
    );
    expect(await newest()).toMatchObject({ recovers: { change: id, by: 'rollforward' } });
  });

  test('[R6.3] what differs after a rollback can be bridged by a change, prefilled', async () => {
    const { id, moved } = await on.stuck('Left as it is');
    await on.world.as('local:maria').skip(id, '2' as never, { because: 'needed' });
    await chmod(moved, 0o660);
    await on.visit(`/changes/${id}`, async (page) => {
      await page.getByRole('button', { name: 'Set file permission' }).last().click();
      await page.getByRole('link', { name: 'Propose a change that bridges it' }).click();
      await page.getByLabel('Mode').waitFor();
      expect(await page.getByLabel('Mode').inputValue()).toBe('0644');
      expect(await page.getByLabel('Path').inputValue()).toBe(moved);
    });
  });
});
