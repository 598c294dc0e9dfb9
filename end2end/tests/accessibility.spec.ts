// Every screen for people who cannot see, read small type, or hit small things: axe in each
// light and width, no sideways scrolling when enlarged, nothing smaller than a finger.
import axe from 'axe-core';
import type { Page } from '@playwright/test';

import { quickReport } from './support/journey';
import { test, expect, school, another, awake, OFFICE } from './support/school';
import { otherTimes, parents, signedOut, staff } from './support/tour';

const demo = school();
test.setTimeout(120_000);

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const COLOURS = ['color-contrast', 'link-in-text-block'];

/** What axe has to say, once in each light and at each width. */
async function check(name: string, page: Page): Promise<void> {
  await page.evaluate(axe.source);
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      // Night changes colours and nothing else.
      const runOnly = colorScheme === 'light' ? { type: 'tag', values: RULES } : { type: 'rule', values: COLOURS };
      const wrong = await page.evaluate(async (only) => {
        const run = (window as unknown as { axe: typeof axe }).axe.run;
        const found = await run(document, { runOnly: only as never, resultTypes: ['violations'] });
        return found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target} ${node.failureSummary}`));
      }, runOnly);
      expect.soft(wrong, `${name} at ${width} px, ${colorScheme}`).toEqual([]);
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await noSidewaysScrolling(name, page);
  expect.soft(await page.title(), `${name} has a title of its own`).toMatch(/^\S.* – Nine Fifteen$/);
}

/** 320 px is a window of 1280 px at 400 %; 640 px with letters twice as large is 200 % and more. */
async function noSidewaysScrolling(name: string, page: Page): Promise<void> {
  const wide = () =>
    page.evaluate(() => {
      const most = document.documentElement.clientWidth;
      const out = [...document.querySelectorAll('body *')].filter((element) => {
        const box = element.getBoundingClientRect();
        return box.right > most + 1 && box.width > 1 && getComputedStyle(element).position !== 'absolute';
      });
      return document.documentElement.scrollWidth > most ? out.map((element) => `${element.tagName}.${element.className}`) : [];
    });
  for (const width of [360, 320]) {
    await page.setViewportSize({ width, height: 640 });
    expect.soft(await wide(), `${name} at ${width} px needs no sideways scrolling`).toEqual([]);
  }
  await page.setViewportSize({ width: 640, height: 480 });
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  expect.soft(await wide(), `${name} at 200 % needs no sideways scrolling`).toEqual([]);
  await page.evaluate(() => (document.documentElement.style.fontSize = ''));
}

/** Links and buttons that a finger would miss, at the width of a phone. */
async function checkTargets(name: string, page: Page): Promise<void> {
  await page.setViewportSize({ width: 360, height: 780 });
  expect(await page.evaluate(() => matchMedia('(pointer: coarse)').matches)).toBe(true);
  const small = await page.evaluate(() => {
    const found: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>('a[href], button, summary, input, select, textarea')) {
      if (element.matches('.skip, [type=hidden]') || !element.checkVisibility()) continue;
      // A box to tick is as large as the label around it.
      const box = (element.closest('label') ?? element).getBoundingClientRect();
      if (box.width < 1) continue;
      if (box.height < 47.9 || (box.width < 47.9 && !element.matches('.foot a, .foot button'))) {
        found.push(`${element.tagName} "${element.innerText || element.id}" ${box.width.toFixed()}×${box.height.toFixed()}`);
      }
    }
    return found;
  });
  expect.soft(small, `${name}: targets of 48 px`).toEqual([]);
}

const PHONE = { hasTouch: true, isMobile: true };

test('everybody can sign in', async ({ browser }) => {
  await signedOut(demo, await another(browser, PHONE), async (name, page) => {
    await check(name, page);
    await checkTargets(name, page);
  });
});

test('every parent can use every page', async ({ browser }) => {
  await parents(demo, await another(browser, PHONE), async (name, page) => {
    await check(name, page);
    await checkTargets(name, page);
  });
});

test('all staff can use every page', async ({ browser }) => {
  await staff(demo, await another(browser), check);
});

test('staff can use a board on a tablet with a finger', async ({ browser }) => {
  const page = await another(browser, PHONE);
  await demo.enter(page, 'jo.whitfield@demo.example');
  await quickReport(demo, page, { reason: 'appointment' });
  await demo.enterStaff(page, OFFICE);
  await awake(page);
  await page.locator('.other-code > summary').first().click();
  await checkTargets('the board', page);
  await page.locator('.propose button').first().click();
  await expect(page.locator('[data-coded]').first()).toBeVisible();
  await checkTargets('the board, coded', page);
});

test('the pages of other times of day are as good', async ({ browser }) => {
  await otherTimes(demo, await another(browser, PHONE), async (name, page) => {
    await check(name, page);
    await checkTargets(name, page);
  });
});
