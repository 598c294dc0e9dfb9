// The minute after which the school is named: what it changes and what it does not.
import type { Page } from '@playwright/test';

import { School, test, expect, another, awake, DESK, CHIDI, NGOZI, OFFICE } from './support/school';
import { fill, quickReport, row, send } from './support/journey';

const h1 = (page: Page) => page.getByRole('heading', { level: 1 });
const when = (page: Page) => page.locator('summary', { hasText: 'When?' });

/** A school of the test's own, closed with it. */
async function at(now: string, run: (demo: School) => Promise<void>): Promise<void> {
  const demo = await new School(now).open();
  try {
    await run(demo);
  } finally {
    await demo.close();
  }
}

test('two seconds before the close is in time, and the close itself is not', async ({ page, browser }) => {
  await at('2026-11-23T08:30:00Z', async (demo) => {
    await demo.enter(page, NGOZI);
    const father = await another(browser);
    await demo.enter(father, CHIDI);

    await demo.moveTo('2026-11-23T09:14:56Z');
    await page.goto(demo.origin);
    await expect(h1(page)).toHaveText('The register closes in 1 minute');
    await page.getByRole('link', { name: 'Ada is not coming in today' }).click();
    await fill(page, { reason: 'High temperature' });
    await father.goto(`${demo.origin}/absences/new`);
    await expect(father.getByText('9.14 · register closes in 1 minute')).toBeVisible();
    await fill(father, { reason: 'High temperature' });
    await send(page);
    await expect(page.locator('.stamp time')).toHaveText(/^09:14:5\d$/);
    await expect(page.locator('.stamp')).toContainText('before the register closed at 9.15');
    await expect(page.getByText('You will not get a call asking where they are.')).toBeVisible();
    await expect(page.getByRole('img', { name: 'Received at 9.14. The register opens at 8.45 and closes at 9.15.' })).toBeVisible();

    // The same form, opened before the close and sent after it.
    await demo.until('2026-11-23T09:15:00Z');
    await send(father);
    await expect(father.locator('.stamp time')).toHaveText(/^09:15:0\d$/);
    await expect(father.locator('.stamp')).toContainText('after the register closed at 9.15');
    await expect(father.getByText('As it came after the register closed, they may already have rung you.')).toBeVisible();
    await expect(father.getByText('You will not get a call')).toHaveCount(0);

    await page.goto(demo.origin);
    await expect(h1(page)).toHaveText('The register has closed');
    await expect(page.getByText('You can still tell us. We mark the time, and the office may already have rung you.')).toBeVisible();
    await expect(page.getByRole('region', { name: 'Ada' })).toContainText('Reported at 9.14, before the register closed');
    await father.goto(demo.origin);
    await expect(father.getByRole('region', { name: 'Sam' })).toContainText('Reported at 9.15, after the register closed');

    const board = await another(browser, DESK);
    await demo.enterStaff(board, OFFICE);
    await expect(row(board, 'Okafor, Sam')).toContainText('after 9.15');
  });
});

test('a school that starts at the close takes the report and explains', async ({ page }) => {
  await at('2026-11-23T09:15:00Z', async (demo) => {
    await demo.enter(page, NGOZI, '/absences/new');
    await expect(page.getByText('9.15 · the register has closed, we still take your report')).toBeVisible();
    await fill(page, { reason: 'High temperature' });
    await send(page);
    await expect(page.locator('.stamp')).toContainText('after the register closed at 9.15');
  });
});

test('the countdown ticks, reaches the close, and says so', async ({ page }) => {
  await at('2026-11-23T08:30:00Z', async (demo) => {
    await demo.enter(page, NGOZI);
    await demo.moveTo('2026-11-23T09:13:57Z');
    await page.goto(demo.origin);
    await expect(h1(page)).toHaveText('The register closes in 2 minutes');
    await page.evaluate(() => Object.assign(window, { sameDocument: true }));
    await expect(h1(page)).toHaveText('The register closes in 1 minute', { timeout: 6000 });
    expect(await page.evaluate(() => 'sameDocument' in window), 'without loading anything').toBe(true);

    await demo.moveTo('2026-11-23T09:14:57Z');
    await page.reload();
    await awake(page);
    await expect(h1(page)).toHaveText('The register has closed', { timeout: 6000 });
  });
});

test('a phone in Karachi sees London’s times and days', async ({ browser }) => {
  // A quarter to one in the morning there, and a day later.
  await at('2026-11-23T19:45:00Z', async (demo) => {
    const page = await another(browser, { timezoneId: 'Asia/Karachi' });
    await demo.enter(page, NGOZI);
    expect(await page.evaluate(() => new Date('2026-11-23T19:45:00Z').getDate())).toBe(24);
    await expect(page.locator('.dateline')).toContainText('Monday 23 November 2026');
    await expect(page.locator('.dateline')).toContainText('Good evening, Ngozi');
    await expect(h1(page)).toHaveText('School is over for today');
    await demo.moveTo('2026-11-24T08:52:00Z');
    await page.goto(demo.origin);
    await awake(page);
    await expect(h1(page)).toHaveText('The register closes in 23 minutes');
    await page.getByRole('link', { name: 'Ada is not coming in today' }).click();
    await awake(page);
    await expect(page.getByText('8.52 · register closes in 23 minutes')).toBeVisible();
    await page.getByRole('radio', { name: 'Rash, spots, infection' }).check();
    await page.getByLabel('When did it start?').fill('2026-11-24');
    await send(page);
    await expect(page.locator('.stamp time')).toHaveText(/^08:5[23]:\d\d$/);
    await expect(page.locator('.facts')).toContainText('When did it start? Tuesday 24 November');
  });
});

test('on a Sunday, an INSET Monday and after the last day of term the next school day is offered', async ({ page }) => {
  await at('2026-11-29T10:00:00Z', async (demo) => {
    await demo.enter(page, NGOZI);
    await expect(h1(page)).toHaveText('No school today');
    await expect(page.getByText('School is open again on Monday 30 November.')).toBeVisible();
    await expect(page.getByRole('region', { name: 'Ada' })).toContainText('No school today');
    await page.getByRole('link', { name: 'Ada is not coming in on Monday 30 November' }).click();
    await expect(when(page)).toHaveText(/^When\? Tomorrow, all day/, { useInnerText: true });
    await expect(page.getByRole('radio', { name: 'Today' })).toHaveCount(0);
    await fill(page, { reason: 'High temperature' });
    await send(page);
    await expect(page.locator('.stamp')).toContainText('before the day');
    await expect(page.locator('.facts')).toContainText('Monday 30 November, all day');

    // The last day of the autumn term, after school: two weeks of holidays and a training day follow.
    await demo.moveTo('2026-12-18T15:30:00Z');
    await page.goto(demo.origin);
    await expect(h1(page)).toHaveText('School is over for today');
    await expect(page.getByText('School is open again on Tuesday 5 January.')).toBeVisible();
    await page.getByRole('link', { name: 'Ada is not coming in on Tuesday 5 January' }).click();
    await expect(when(page)).toHaveText(/^When\? Tuesday 5 January, all day/, { useInnerText: true });

    await demo.moveTo('2027-01-04T08:30:00Z');
    await page.goto(demo.origin);
    await expect(page.locator('.dateline')).toContainText('Monday 4 January 2027');
    await expect(h1(page)).toHaveText('No school today');
    await expect(page.getByText('School is open again on Tuesday 5 January.')).toBeVisible();
    await quickReport(demo, page, { reason: 'temperature' });
    await demo.moveTo('2027-01-05T08:30:00Z');
    await page.goto(demo.origin);
    await expect(h1(page)).toHaveText('The register closes in 45 minutes');
    await expect(page.getByRole('region', { name: 'Sam' })).toContainText('High temperature');
  });
});

test('home says of a report for a day to come that it is there, and not that it was in time', async ({ page }) => {
  await at('2026-11-29T10:00:00Z', async (demo) => {
    await demo.enter(page, NGOZI, '/robots.txt');
    await quickReport(demo, page, { reason: 'temperature' });
    await page.goto(demo.origin);
    const ada = page.getByRole('region', { name: 'Ada' });
    await expect(ada).toContainText('High temperature');
    await expect(ada).not.toContainText('Nothing reported');
    await expect(ada).not.toContainText('before the register closed');
  });
});

test('yesterday’s report is changed for yesterday, or not at all', async ({ page }) => {
  await at('2026-11-23T08:04:00Z', async (demo) => {
    await demo.enter(page, NGOZI, '/robots.txt');
    const receipt = await quickReport(demo, page, { reason: 'temperature' });
    await demo.moveTo('2026-11-24T08:04:00Z');
    await page.goto(demo.origin + receipt);
    await expect(page.locator('.facts')).toContainText('Monday 23 November, all day');
    const change = page.getByRole('link', { name: 'Change it' });
    if (await change.isVisible()) {
      await change.click();
      await expect(when(page)).toHaveText(/^When\? Another day, all day/, { useInnerText: true });
      await expect(page.getByLabel('First day')).toHaveValue('2026-11-23');
      await expect(page.getByLabel('First day')).toBeVisible();
    }
  });
});

test('in summer the school keeps summer time', async ({ page }) => {
  await at('2027-06-28T08:14:30Z', async (demo) => {
    await demo.enter(page, NGOZI);
    await expect(page.getByRole('img', { name: 'It is 9.14. The register opens at 8.45 and closes at 9.15.' })).toBeVisible();
    await expect(h1(page)).toHaveText('The register closes in 1 minute');
  });
});
