import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { orSkip } from '../live/require.ts';
import { findBrowser } from './browser.ts';
import { stage, type Stage } from './stage.ts';

const found = await findBrowser();
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

orSkip(found.missing)('approval', () => {
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
  const show = (id: Awaited<ReturnType<Stage['proposed']>>) => on.world.as('local:maria').show(id);

  test('binds the plan whose hash is shown, and then it can be run', async () => {
    const [path = ''] = await on.files('a');
    const id = await on.proposed('Approved and run', [path]);
    const { plan } = await show(id);
    await on.visit(`/changes/${id}`, async (page) => {
      await page.getByText('Proposed by maria. You would be the second person.').waitFor();
      const bound = `You approve plan ${plan?.slice(7, 11)}…${plan?.slice(-4)}. An edit voids it.`;
      expect(await page.locator('.approve-acts + .act-note').innerText()).toBe(bound);
      await page.getByLabel('Note, if there is something to say').fill('Fine by me.');
      await page.getByRole('button', { name: 'Approve this plan' }).click();
      await page.getByRole('button', { name: 'Run 1 step' }).click();
      await page.locator('.change-title .said-chip').getByText('Applied').waitFor();
    });
    expect((await show(id)).approvals).toMatchObject([{ by: 'token:t1', plan, note: 'Fine by me.', alone: false }]);
    expect(await on.world.modeOf(path)).toBe('0600');
  });

  test('of one’s own change is possible, and marked alone', async () => {
    const [path = ''] = await on.files('a');
    const step = { 'linux.set-file-mode': { path, mode: '0600' } };
    const mine = await on.world.as('token:t1').propose({ title: 'Alone', environment: 'test', steps: [step] });
    await on.visit(`/changes/${mine.id}`, async (page) => {
      await page.getByText('You proposed this change.').waitFor();
      await page.getByRole('button', { name: 'Approve this plan' }).click();
      await page.locator('.change-facts').getByText('alone').waitFor();
      await page.getByRole('link', { name: 'Changes', exact: true }).first().click();
      await page.getByRole('row').filter({ hasText: 'Alone' }).getByText('alone', { exact: true }).waitFor();
    });
  });

  test('what another change holds can be taken over, with a reason', async () => {
    const { moved, id } = await on.stuck('Holds the file');
    const next = await on.proposed('Needs the file', [moved]);
    await on.world.as('local:jonas').approve(next, {});
    await on.visit(
      `/changes/${next}`,
      async (page) => {
        await page.getByRole('button', { name: 'Run 1 step' }).click();
        await page.getByRole('button', { name: /^Take over local/ }).click();
        await page.getByLabel(/^Why .* is taken over$/).fill('The other one waits for Monday.');
        await page.getByRole('button', { name: 'Take it over' }).click();
        await page.locator('.chain').getByText('taken over').waitFor();
      },
      { expects: /409/ },
    );
    const holder = (await on.world.as('local:maria').show(id)).recoveries[0]?.change;
    const facts = await on.world.as('local:maria').facts(next);
    expect(facts.at(-1)?.fact).toMatchObject({ fact: 'taken-over', from: holder });
  });

  test('without the right to it says so, and the button stays in reach', async () => {
    const [path = ''] = await on.files('a');
    const id = await on.proposed('Not by a reader', [path]);
    await on.visit(
      `/changes/${id}`,
      async (page) => {
        const approve = page.getByRole('button', { name: 'Approve this plan' });
        await page.getByText('may not approve, it lacks the scope approve').waitFor();
        expect(await approve.getAttribute('aria-disabled')).toBe('true');
        await approve.click({ force: true });
      },
      { token: await on.token('read') },
    );
    expect((await show(id)).status).toBe('awaiting-approval');
  });

  test('on a phone: nothing is cut off, and the two acts stand apart at the foot of the screen', async () => {
    const [path = ''] = await on.files('a');
    const id = await on.proposed('Approved on the way', [path]);
    await on.visit(
      `/changes/${id}`,
      async (page) => {
        const approve = page.getByRole('button', { name: 'Approve this plan' });
        await approve.waitFor();
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
        const [yes, no] = await Promise.all([
          approve.boundingBox(),
          page.getByRole('button', { name: 'Reject', exact: true }).boundingBox(),
        ]);
        expect(yes?.height).toBeGreaterThanOrEqual(48);
        expect((yes?.y ?? 0) + (yes?.height ?? 0)).toBeLessThanOrEqual(844);
        expect((yes?.x ?? 0) - ((no?.x ?? 0) + (no?.width ?? 0))).toBeGreaterThanOrEqual(8);
        await page.getByText('Undone by').first().waitFor({ state: 'attached' });
        await approve.tap();
        await page.locator('.change-title .said-chip').getByText('Approved').waitFor();
      },
      phone,
    );
  });

  test('on a phone a rejection asks for its reason in place', async () => {
    const [path = ''] = await on.files('a');
    const id = await on.proposed('Rejected on the way', [path]);
    await on.visit(
      `/changes/${id}`,
      async (page) => {
        await page.getByRole('button', { name: 'Reject', exact: true }).tap();
        const reason = page.getByLabel('Why it is rejected');
        await page.getByRole('button', { name: 'Reject this plan' }).tap();
        await page.getByText('Write it first').waitFor();
        await reason.fill('Not tonight.');
        await page.getByRole('button', { name: 'Reject this plan' }).tap();
        await page.locator('.change-title .said-chip').getByText('Rejected').waitFor();
      },
      phone,
    );
    expect((await show(id)).refused).toMatchObject({ by: 'token:t1', reasons: ['Not tonight.'] });
  });

  test('on a phone a rollback says what it does above its button', async () => {
    const [path = ''] = await on.files('a');
    const id = await on.applied('Taken back on the way', [path]);
    await on.visit(
      `/changes/${id}`,
      async (page) => {
        const back = page.getByRole('button', { name: 'Roll back 1 step' });
        await back.waitFor();
        const box = await back.boundingBox();
        const bar = await page.locator('.act-bar').boundingBox();
        expect((bar?.y ?? 0) + (bar?.height ?? 0)).toBe(844);
        const note = page.locator('.act-bar .act-note');
        expect((await note.boundingBox())?.y ?? 844).toBeLessThan(box?.y ?? 0);
        expect(await note.innerText()).toContain(`Puts back ${path}.`);
        await back.tap();
        await page.locator('.change-title .said-chip').getByText('Rolled back').waitFor();
      },
      phone,
    );
    expect(await on.world.modeOf(path)).toBe('0644');
  });
});
