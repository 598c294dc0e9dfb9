// Every screen for people who cannot see, read small type, or hit small things: axe in each
// light and width, no sideways scrolling when enlarged, nothing smaller than a finger.
import axe from 'axe-core';
import type { Page } from '@playwright/test';

import { quickReport } from './support/journey';
import { test, expect, school, another, awake, OFFICE } from './support/school';
import { otherTimes, parents, questions, signedOut, staff } from './support/tour';
import { details, detailsDesk } from './support/tour_details';
import { declaration } from './support/tour_declaration';
import { leave } from './support/tour_leave';
import { leaving } from './support/tour_leaving';

const demo = school();
test.setTimeout(240_000);

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const COLOURS = ['color-contrast', 'link-in-text-block'];

type Axe = { axe?: typeof axe };

/** A screen at each width, in each light, enlarged, and, on a phone, under a finger. */
async function check(name: string, page: Page): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  expect.soft(await page.title(), `${name} has a title of its own`).toMatch(/^\S.* – Nine Fifteen$/);
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect.soft(await violations(page, colorScheme), `${name} at ${width} px, ${colorScheme}`).toEqual([]);
    }
    expect.soft(await tooWide(page), `${name} at ${width} px needs no sideways scrolling`).toEqual([]);
    const coarse = await page.evaluate(() => matchMedia('(pointer: coarse)').matches);
    if (coarse && width === 360) expect.soft(await tooSmall(page), `${name}: targets of 48 px`).toEqual([]);
  }
  // A window of 1280 px at 400 %; and one at 200 % with letters that are twice as large besides.
  await page.setViewportSize({ width: 320, height: 640 });
  expect.soft(await tooWide(page), `${name} at 400 % needs no sideways scrolling`).toEqual([]);
  await page.setViewportSize({ width: 640, height: 480 });
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  expect.soft(await tooWide(page), `${name} with large letters needs no sideways scrolling`).toEqual([]);
  await page.evaluate(() => (document.documentElement.style.fontSize = ''));
}

/** What axe has to say. Night changes colours and nothing else. */
async function violations(page: Page, colorScheme: 'light' | 'dark'): Promise<string[]> {
  const runOnly = colorScheme === 'light' ? { type: 'tag', values: RULES } : { type: 'rule', values: COLOURS };
  return page.evaluate(async (only) => {
    const found = await (window as Axe).axe!.run(document, { runOnly: only as never, resultTypes: ['violations'] });
    return found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target} ${node.failureSummary}`));
  }, runOnly);
}

/** What makes the page wider than its window, if it is. */
async function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const most = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= most) return [];
    const out = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > most + 1);
    return out.map((element) => `${element.tagName}.${element.className}`);
  });
}

/** Links and buttons that a finger would miss. */
async function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>('a[href], button, summary, input, select, textarea')) {
      if (element.matches('.skip, [type=hidden]') || !element.checkVisibility()) continue;
      // A day of the register is a square among 380; the list below leads to the same words.
      if (element.matches('.term td a') && element.getBoundingClientRect().width >= 24) continue;
      // A box to tick is as large as the label around it.
      const box = (element.closest('label') ?? element).getBoundingClientRect();
      if (box.height < 47.9 || (box.width < 47.9 && !element.matches('.foot a, .foot button'))) {
        found.push(`${element.tagName} "${element.innerText || element.id}" ${box.width.toFixed()}×${box.height.toFixed()}`);
      }
    }
    return found;
  });
}

const PHONE = { hasTouch: true, isMobile: true };

test('everybody can sign in', async ({ browser }) => {
  await signedOut(demo, await another(browser, PHONE), check);
});

test('every parent can use every page', async ({ browser }) => {
  await parents(demo, await another(browser, PHONE), check);
});

test('everybody can ask and answer', async ({ browser }) => {
  await questions(demo, await another(browser, PHONE), check);
});

test('everybody can ask for leave, and change the words of the school', async ({ browser }) => {
  await leave(demo, await another(browser, PHONE), check);
});

test('everybody can look at their details and ask for changes', async ({ browser }) => {
  await details(demo, await another(browser, PHONE), check);
  await detailsDesk(demo, await another(browser), check);
});

test('everybody can say that a child leaves', async ({ browser }) => {
  await leaving(demo, await another(browser, PHONE), check);
});

test('everybody can read and answer the policy, and staff follow it', async ({ browser }) => {
  await declaration(demo, await another(browser, PHONE), check);
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
  expect(await page.evaluate(() => matchMedia('(pointer: coarse)').matches)).toBe(true);
  await page.locator('.other-code > summary').first().click();
  expect(await tooSmall(page)).toEqual([]);
  await page.locator('.propose button').first().click();
  await expect(page.locator('[data-coded]').first()).toBeVisible();
  expect(await tooSmall(page)).toEqual([]);
});

test('the pages of other times of day are as good', async ({ browser }) => {
  await otherTimes(demo, await another(browser, PHONE), check);
});
