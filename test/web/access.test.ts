import { chmod, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { orSkip } from '../live/require.ts';
import { findBrowser } from './browser.ts';
import { stage, type Stage } from './stage.ts';

const found = await findBrowser();
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** As text, so that a failure says what to look at. The script is evaluated, which needs no hole in the policy. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate('document.fonts.ready.then(() => undefined)');
  await page.evaluate(axe);
  const run = 'axe.run(document, { resultTypes: ["violations"] }).then((result) => result.violations)';
  const all = await page.evaluate<readonly Violation[]>(run);
  return all.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
}

orSkip(found.missing)('everybody can use it', () => {
  let browser: Browser;
  let on: Stage;
  const at: Record<string, string> = {};
  const pages: Readonly<Record<string, (page: Page) => Promise<void>>> = {
    list: (page) => page.getByRole('link', { name: 'Stuck' }).first().waitFor(),
    applied: (page) => page.getByText('Holds').waitFor(),
    conflicting: (page) => page.getByText('Who changed it is unknown.').waitFor(),
    stuck: async (page) => {
      await page.getByText('Mark as resolved').click();
      await page.getByText('Holds').waitFor();
    },
    'taken back': (page) => page.getByText('Holds').waitFor(),
    awaiting: async (page) => {
      await page.getByText('Holds').waitFor();
      await page.getByRole('button', { name: 'Reject', exact: true }).click();
      await page.getByLabel('Why it is rejected').waitFor();
    },
    propose: async (page) => {
      await page.getByRole('button', { name: 'Add a step' }).click();
      await page.getByRole('button', { name: 'Propose change' }).waitFor();
    },
    secret: (page) => page.getByText('Generate here').waitFor(),
    operations: async (page) => {
      await page.getByText('Example', { exact: true }).first().click();
      await page
        .getByRole('region', { name: /^Example 1/ })
        .first()
        .waitFor();
    },
    connections: (page) => page.getByText('always there').waitFor(),
    evidence: (page) => page.getByText('Choose a file to verify').waitFor(),
    keys: async (page) => {
      await page.getByText('Way back', { exact: true }).waitFor();
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'All keys' }).waitFor();
    },
    missing: (page) => page.getByText('There is no such page').waitFor(),
  };

  beforeAll(async () => {
    browser = await found.launch();
    on = await stage(browser);
    const maria = on.world.as('local:maria');
    const [a = '', b = '', c = '', d = ''] = await on.files('a', 'b', 'c', 'd');
    at['applied'] = `/changes/${await on.applied('Applied', [a, b])}`;
    const moved = await on.applied('Conflicting', [c]);
    await maria.note(moved, 'Somebody is at it.');
    await chmod(c, 0o640);
    at['conflicting'] = `/changes/${moved}`;
    at['stuck'] = `/changes/${(await on.stuck('Stuck')).id}`;
    const back = await on.applied('Taken back', [d]);
    await maria.recover(back, {});
    at['taken back'] = `/changes/${back}`;
    at['awaiting'] = `/changes/${await on.proposed('Awaiting', [a])}`;
    at['propose'] = '/changes/new?operation=git.commit-files';
    at['secret'] = '/changes/new?operation=postgres.reset-password';
    at['list'] = '/changes';
    at['keys'] = '/changes';
    at['operations'] = '/operations';
    at['connections'] = '/connections';
    at['evidence'] = '/evidence';
    at['missing'] = '/nowhere';
  });
  afterAll(async () => {
    await on.end();
    await browser.close();
  });

  /** Light and dark, and on a screen as narrow as a phone's. */
  const everywhere = async (page: Page, isForPhones: boolean) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect([colorScheme, ...(await violations(page))]).toEqual([colorScheme]);
    }
    if (!isForPhones) return;
    await page.setViewportSize(phone.viewport);
    expect(['phone', ...(await violations(page))]).toEqual(['phone']);
    await expect.poll(() => page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  };

  test.each(Object.entries(pages))('axe finds nothing in light and dark: %s', async (name, isReady) => {
    await on.visit(at[name] ?? '/', async (page) => {
      await isReady(page);
      await everywhere(page, name !== 'keys');
    });
  });

  test('axe finds nothing in light and dark: signing in', async () => {
    await on.visit(
      '/changes',
      async (page) => {
        await page.getByRole('heading', { name: 'Who is there?' }).waitFor();
        await everywhere(page, true);
      },
      { token: '', expects: /401/ },
    );
  });

  test('what is touched on a phone is at least 44 px high', async () => {
    await on.visit(
      at['stuck'] ?? '',
      async (page) => {
        await pages['stuck']?.(page);
        const small = await page.evaluate<readonly string[]>(`
          [...document.querySelectorAll('button.act, .mantine-SegmentedControl-label, textarea, select')]
            .filter((one) => one.offsetParent !== null && one.getBoundingClientRect().height < 44)
            .map((one) => one.outerHTML.slice(0, 120))`);
        expect(small).toEqual([]);
      },
      phone,
    );
  });

  test('the whole way is gone by keys: open, approve, run, roll back', async () => {
    const [path = ''] = await on.files('by-keys');
    await on.proposed('Only by keys', [path]);
    await on.visit('/operations', async (page) => {
      const status = page.locator('.change-title .said-chip');
      await page.getByRole('heading', { name: 'Operations' }).waitFor();
      await page.keyboard.press('g');
      await page.keyboard.press('c');
      await page.getByRole('link', { name: 'Only by keys' }).waitFor();
      await page.keyboard.press('/');
      await page.keyboard.type('only by');
      await page.getByRole('link', { name: 'Stuck' }).first().waitFor({ state: 'detached' });
      await page.keyboard.press('Escape');
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Approve this plan' }).waitFor();
      await page.keyboard.press('a');
      await status.getByText('Awaiting approval').waitFor(); // a single key changes nothing
      await page.keyboard.press('Enter');
      await status.getByText('Approved').waitFor();
      await page.getByRole('button', { name: 'Run 1 step' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Roll back 1 step' }).waitFor();
      await page.keyboard.press('r');
      await status.getByText('Applied').waitFor();
      await page.keyboard.press('Enter');
      await status.getByText('Rolled back').waitFor();
    });
    expect(await on.world.modeOf(path)).toBe('0644');
  });

  test('single keys can be switched off, and stay off', async () => {
    await on.visit('/changes', async (page) => {
      await page.getByText('Way back', { exact: true }).waitFor();
      await page.keyboard.press('?');
      await page.getByRole('switch', { name: 'Single keys' }).click();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.keyboard.press('c');
      expect(page.url()).toMatch(/\/changes$/);
      await page.reload();
      await page.getByText('Way back', { exact: true }).waitFor();
      await page.keyboard.press('c');
      expect(page.url()).toMatch(/\/changes$/);
    });
  });

  test('the page is reached past the places, and every stop of Tab is seen', async () => {
    await on.visit(at['applied'] ?? '', async (page) => {
      await pages['applied']?.(page);
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the page');
      await page.keyboard.press('Enter');
      const unseen: string[] = [];
      for (let i = 0; i < 25; i++) {
        await page.keyboard.press('Tab');
        const stop = await page.evaluate<{ readonly isSeen: boolean; readonly html: string }>(`(() => {
          const one = document.activeElement;
          const style = getComputedStyle(one);
          const row = one.closest('.change-row');
          const isSeen = style.outlineStyle !== 'none' && style.outlineWidth === '2px' || row !== null;
          return { isSeen, html: one.outerHTML.slice(0, 120) };
        })()`);
        if (!stop.isSeen) unseen.push(stop.html);
      }
      expect(unseen).toEqual([]);
    });
  });

  test('nothing turns for those who do not want it', async () => {
    const moving = 'document.getAnimations().filter((one) => one.playState === "running").length';
    await on.visit('/nowhere', async (page) => {
      await page.getByText('There is no such page').waitFor();
      const draw = `document.querySelector('main').innerHTML =
        '<svg class="mark"><path class="arc" d="M8 1"/></svg><span class="skeleton"></span>'`;
      await page.evaluate(draw);
      expect(await page.evaluate(moving)).toBe(2);
      await page.emulateMedia({ reducedMotion: 'reduce' });
      expect(await page.evaluate(moving)).toBe(0);
    });
  });

  test('on paper it is light, whole, and without buttons', async () => {
    await on.visit(
      at['applied'] ?? '',
      async (page) => {
        await pages['applied']?.(page);
        await page.emulateMedia({ media: 'print' });
        const text = await page.getByRole('main').innerText();
        expect(text).toMatch(/[0-9a-f]{64}/);
        expect(text).not.toContain('Roll back 2 steps');
        expect(text).toContain('Links'); // a field that is folded on the screen
        const [ink = 0] = /\d+/.exec(await page.evaluate<string>('getComputedStyle(document.body).color')) ?? [];
        expect(Number(ink)).toBeLessThan(60);
      },
      { colorScheme: 'dark' },
    );
  });

  test('times can be read in UTC, and colours chosen', async () => {
    await on.visit(
      '/changes',
      async (page) => {
        const zone = page.getByRole('button', { name: /^Times in/ });
        await zone.waitFor();
        expect(await zone.innerText()).toContain('UTC+1');
        await zone.click();
        expect(await zone.innerText()).toBe('Times in UTC');
        await page.getByRole('button', { name: 'Colours of the system' }).click();
        await page.getByRole('button', { name: 'Light. Change to dark' }).click();
        const ground = () => page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
        expect(await ground()).toBe('rgb(14, 17, 21)');
        await page.reload();
        await zone.waitFor();
        expect(await ground()).toBe('rgb(14, 17, 21)');
        expect(await zone.innerText()).toBe('Times in UTC');
      },
      { timezoneId: 'Europe/Berlin' },
    );
  });
});
