import { chmod } from 'node:fs/promises';

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { orSkip } from '../live/require.ts';
import { findBrowser } from './browser.ts';
import { stage, type Stage } from './stage.ts';

const found = await findBrowser();

orSkip(found.missing)('the page of a change', () => {
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

  test('[R7.1] shows change, connection, target, approval, run, verification, notes and evidence', async () => {
    const [path = ''] = await on.files('app.conf');
    const id = await on.applied('Tighten app.conf', [path]);
    await on.world.as('local:lena').note(id, 'Asked for by the audit.');
    await on.visit(`/changes/${id}`, async (page) => {
      const main = page.getByRole('main');
      await main.getByRole('heading', { name: 'Tighten app.conf', level: 1 }).waitFor();
      await main.getByText('looked at again').waitFor();
      await main.getByText('Holds').waitFor();
      const text = await main.innerText();
      for (const part of [
        'Applied',
        'Environment\ntest',
        'Connection\nlocal',
        path,
        'Proposed\nmaria',
        'Approved\njonas',
        'jonas',
        'Set file permission: what was read back is what was asked',
        'Asked for by the audit.',
        '8 facts hashed again, 7 links match',
        'proposed 1 step: Tighten app.conf',
      ])
        expect(text).toContain(part);
    });
  });

  test('[R3.2] [R6.1] shows before, after, now and what rollback sets, field by field', async () => {
    const [path = ''] = await on.files('app.conf');
    const id = await on.applied('Compared', [path]);
    await chmod(path, 0o640);
    await on.visit(`/changes/${id}`, async (page) => {
      await page.getByText('looked at again').waitFor();
      const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Mode', exact: true }) });
      await row.waitFor();
      const cells = await row.getByRole('cell').allInnerTexts();
      expect(cells.map((cell) => cell.split('\n')[0])).toEqual(['0644', '0600', '0640', '0644']);
      await page.getByText('Conflicting', { exact: true }).first().waitFor();
      expect(await page.getByText('Who changed it is unknown.').count()).toBe(1);
    });
  });

  test('rolls back with one press, and says what was read back', async () => {
    const [a = '', b = ''] = await on.files('a', 'b');
    const id = await on.applied('Two to take back', [a, b]);
    await on.visit(`/changes/${id}`, async (page) => {
      await page.getByText('If you roll back now').waitFor();
      await page.getByText('Already approved by jonas, with the change.').waitFor();
      await page.getByRole('button', { name: 'Roll back 2 steps' }).click();
      await page.locator('.change-title .said-chip').getByText('Rolled back').waitFor();
      expect(await Promise.all([on.world.modeOf(a), on.world.modeOf(b)])).toEqual(['0644', '0644']);
      await page.getByText('2 undone').waitFor();
      await page.getByText('everything is as it was before the change').waitFor();
    });
  });

  test('refuses a rollback over somebody else’s edit, names the file, and offers the clean step', async () => {
    const [a = '', b = ''] = await on.files('a', 'b');
    const id = await on.applied('Edited behind its back', [a, b]);
    await on.visit(
      `/changes/${id}`,
      async (page) => {
        await page.getByText('looked at again').waitFor();
        await chmod(b, 0o640);
        await page.getByRole('button', { name: 'Roll back 2 steps' }).click();
        const alert = page.getByRole('alert');
        await alert.getByText(b).waitFor();
        expect(await on.world.modeOf(a)).toBe('0600');
        await page.getByRole('button', { name: 'Roll back 1 clean step, leave 1' }).click();
        await page.locator('.change-title .said-chip').getByText('Recovering, stuck').waitFor();
        expect(await Promise.all([on.world.modeOf(a), on.world.modeOf(b)])).toEqual(['0644', '0640']);
      },
      { expects: /409/ },
    );
  });

  test('[R1.1] keeps the button where there is no way back, in reach, and says why', async () => {
    const [path = ''] = await on.files('app.conf');
    const id = await on.applied('Taken back already', [path]);
    await on.world.as('local:maria').recover(id, {});
    await on.visit(`/changes/${id}`, async (page) => {
      const button = page.getByRole('button', { name: 'Roll back', exact: true });
      await button.waitFor();
      expect(await button.getAttribute('aria-disabled')).toBe('true');
      expect(await button.evaluate((node) => 'disabled' in node && node.disabled)).toBe(false);
      await page.keyboard.press('r');
      expect(await page.evaluate('document.activeElement.id')).toBe('roll-back');
      const why = await button.getAttribute('aria-describedby');
      expect(await page.locator(`#${why}`).innerText()).toContain('It has been rolled back already.');
      await page.keyboard.press('Enter');
      expect((await on.world.as('local:maria').show(id)).recoveries).toHaveLength(1);
    });
  });

  test('[R5.2] shows rollback details, with the reason at each failed step', async () => {
    const { id, moved } = await on.stuck('Stuck in part');
    await on.visit(`/changes/${id}`, async (page) => {
      const details = page.getByRole('region', { name: 'Rollback details' });
      await details.getByText('1 undone').waitFor();
      expect(await details.getByText('1 failed').count()).toBe(1);
      const failed = details.getByRole('listitem').filter({ hasText: 'Failed' });
      expect(await failed.innerText()).toContain(`${moved} was left alone: mode was changed after the change`);
      await page.getByText('1 of 2 steps needs a person').waitFor();
    });
  });

  test('[R5.3] a failed step can be retried once the file is as the change left it', async () => {
    const { id, moved } = await on.stuck('Stuck, then retried');
    await on.visit(`/changes/${id}`, async (page) => {
      const retry = page.getByRole('button', { name: 'Retry step 2' });
      await retry.waitFor();
      await chmod(moved, 0o600);
      await retry.click();
      await page.locator('.change-title .said-chip').getByText('Rolled back').waitFor();
      expect(await on.world.modeOf(moved)).toBe('0644');
    });
  });

  test('[R5.3] [R5.5] a failed step can be skipped, with a reason only', async () => {
    const { id, moved } = await on.stuck('Stuck, then skipped');
    await on.visit(`/changes/${id}`, async (page) => {
      await page.getByText('Skip with a reason').click();
      const skip = page.getByRole('button', { name: 'Skip step 2' });
      await skip.click();
      await page.getByText('Write it first').waitFor();
      await page.getByLabel('Why it is left as it is').fill('The group needs it.');
      await skip.click();
      await page.locator('.change-title .said-chip').getByText('Partly rolled back').waitFor();
      await page.getByText('Skipped by token:t1: The group needs it.').waitFor();
      expect(await on.world.modeOf(moved)).toBe('0640');
    });
  });

  test('[R5.3] [R5.4] what was repaired by hand and differs asks a second person', async () => {
    const { id } = await on.stuck('Stuck, then by hand');
    const address = `/changes/${id}`;
    const second = await on.token();
    await on.visit(
      address,
      async (page) => {
        await page.getByText('Mark as resolved').click();
        await page.getByText('Now differs from before: a second person has to agree.').waitFor();
        await page.getByLabel('What you did by hand').fill('0640 is right here.');
        await page.getByRole('button', { name: 'Record and ask a second person' }).click();
        await page.getByRole('button', { name: 'Agree alone' }).waitFor();
        expect(await page.locator('.change-title .said-chip').innerText()).toContain('Recovering, stuck');
        await on.visit(
          address,
          async (other) => {
            await other.getByLabel('What you saw').fill('Seen, and agreed with the team.');
            await other.getByRole('button', { name: 'Agree with token:t1' }).click();
            await other.locator('.change-title .said-chip').getByText('Partly rolled back').waitFor();
          },
          { token: second },
        );
        await page.locator('.change-title .said-chip').getByText('Partly rolled back').waitFor();
        expect(await page.getByText('1 by hand').count()).toBe(1);
      },
      { expects: /409/ },
    );
  });

  test('[R3.3] a note is stored with who and when', async () => {
    const [path = ''] = await on.files('app.conf');
    const id = await on.applied('Noted', [path]);
    await on.visit(`/changes/${id}`, async (page) => {
      await page.getByRole('heading', { name: 'Noted' }).waitFor();
      await page.keyboard.press('n');
      await page.getByLabel('What others should know').fill('Repaired by hand at the console.');
      await page.keyboard.press('Control+Enter');
      await page.locator('#notes').getByText('Repaired by hand at the console.').waitFor();
      const [note] = (await on.world.as('local:maria').show(id)).notes;
      expect(note).toMatchObject({ by: 'token:t1', text: 'Repaired by hand at the console.' });
    });
  });

  test('the decision is shown with the questions that were read', async () => {
    const [path = ''] = await on.files('app.conf');
    const id = await on.applied('Decided', [path]);
    await chmod(path, 0o640);
    await on.visit(`/changes/${id}`, async (page) => {
      await page.getByRole('button', { name: 'Ask what should be done' }).click();
      const rows = page.getByRole('region', { name: 'Decision' }).getByRole('row');
      await rows.filter({ hasText: /^So/ }).waitFor();
      const texts = await rows.allInnerTexts();
      expect(texts.at(-2)).toContain('No');
      expect(texts.at(-1)).toMatch(/So\s+Repair\. Question \d decides\./);
    });
  });

  test('a change is found by the ending of its id, and what is not there is said', async () => {
    const [path = ''] = await on.files('app.conf');
    const id = await on.applied('Found', [path]);
    await on.visit(
      `/changes/${id.slice(-6)}`,
      async (page) => {
        await page.getByRole('heading', { name: 'Found' }).waitFor();
        expect(page.url()).toContain(id);
        await page.goto(`${on.url}/changes/01ARZ3NDEKTSV4RRFFQ69G5FAV`);
        await page.getByRole('alert').getByText('01ARZ3NDEKTSV4RRFFQ69G5FAV').waitFor();
      },
      { expects: /404/ },
    );
  });
});
