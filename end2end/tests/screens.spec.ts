// Not a test of truth: pictures of every screen in shots/, to look at. Only on request,
// since pictures take their time: SHOTS=1 npx playwright test screens
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';

import type { Page } from '@playwright/test';

import { test, school, another } from './support/school';
import { otherTimes, parents, questions, signedOut, staff } from './support/tour';
import { details, detailsDesk } from './support/tour_details';
import { leaving, leavingDesk } from './support/tour_leaving';
import { declaration } from './support/tour_declaration';

test.skip(!process.env.SHOTS, 'pictures are taken on request');
const demo = school();
const shots = resolve(__dirname, '../shots');

const LOOKS = [
  { name: '360', width: 360, height: 780, colorScheme: 'light' },
  { name: '360-dark', width: 360, height: 780, colorScheme: 'dark' },
  { name: '1280', width: 1280, height: 900, colorScheme: 'light' },
  // As wide as A4 between its margins.
  { name: 'print', width: 672, height: 1000, colorScheme: 'light', media: 'print' },
] as const;

async function shoot(name: string, page: Page): Promise<void> {
  for (const look of LOOKS) {
    await page.setViewportSize(look);
    await page.emulateMedia({ colorScheme: look.colorScheme, media: 'media' in look ? look.media : 'screen', reducedMotion: 'reduce' });
    await page.evaluate(() => document.activeElement?.matches('.errors, .warn') || scrollTo(0, 0));
    await page.screenshot({ path: `${shots}/${name}-${look.name}.png`, fullPage: true });
  }
  await page.emulateMedia({ media: 'screen' });
}

test('pictures for parents', async ({ browser }) => {
  test.setTimeout(300_000);
  mkdirSync(shots, { recursive: true });
  const page = await another(browser, { hasTouch: true, isMobile: true });
  await signedOut(demo, page, shoot);
  await parents(demo, page, shoot);
});

test('pictures of questions', async ({ browser }) => {
  test.setTimeout(180_000);
  await questions(demo, await another(browser, { hasTouch: true, isMobile: true }), shoot);
});

test('pictures of details', async ({ browser }) => {
  test.setTimeout(180_000);
  mkdirSync(shots, { recursive: true });
  await details(demo, await another(browser, { hasTouch: true, isMobile: true }), shoot);
  await detailsDesk(demo, await another(browser), shoot);
});

test('pictures of leaving', async ({ browser }) => {
  test.setTimeout(300_000);
  mkdirSync(shots, { recursive: true });
  await leaving(demo, await another(browser, { hasTouch: true, isMobile: true }), shoot);
  await leavingDesk(demo, await another(browser), shoot);
});

test('pictures of the policy', async ({ browser }) => {
  test.setTimeout(300_000);
  mkdirSync(shots, { recursive: true });
  await declaration(demo, await another(browser, { hasTouch: true, isMobile: true }), shoot);
});

test('pictures for staff', async ({ browser }) => {
  test.setTimeout(300_000);
  await staff(demo, await another(browser), shoot);
});

test('pictures at other times', async ({ browser }) => {
  test.setTimeout(300_000);
  await otherTimes(demo, await another(browser, { hasTouch: true, isMobile: true }), shoot);
});
