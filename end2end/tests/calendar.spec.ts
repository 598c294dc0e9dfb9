// The school keeps its calendar: first what a change moves, then the change, and families see it at once.
import type { Browser, Locator, Page } from '@playwright/test';

import { School, test, expect, another, DESK, NGOZI, OFFICE } from './support/school';
import { quickReport } from './support/journey';

// These pages have no island; with script and without they are the same.
const HOW = { 'with everything': true, 'without script': false };
const HEAD = 'head@demo.example';

const closed = (page: Page, day: string): Locator => page.getByRole('listitem').filter({ hasText: day });

for (const [how, script] of Object.entries(HOW)) {
  test(`a training day is moved, and the parent's first day back with it, ${how}`, async ({ browser }) => {
    const demo = await new School('2026-12-18T08:04:00Z').open();
    try {
      await wholeStory(demo, browser, script);
    } finally {
      await demo.close();
    }
  });
}

async function wholeStory(demo: School, browser: Browser, script: boolean): Promise<void> {
  const browse = (options: object) => another(browser, { ...options, javaScriptEnabled: script });
  const parent = await browse({ viewport: { width: 360, height: 780 } });
  await demo.enter(parent, NGOZI);
  const receipt = await quickReport(demo, parent, { day: '2026-12-18', reason: 'sick' });
  await parent.goto(`${demo.origin}${receipt}`);
  await demo.post(parent, `${receipt}/coming-back`, receipt, { 'back-day': '2026-12-17', 'back-time': '20:00' });
  await parent.reload();
  await expect(parent.getByRole('main')).toContainText('Not before Tuesday 5 January');

  const page = await browse(DESK);
  await demo.enterStaff(page, HEAD, '/staff/calendar');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('School calendar 2026/27');
  await expect(page.getByText('190 school days (380 sessions), 5 training days')).toBeVisible();
  await page.getByRole('link', { name: 'Change Monday 4 January' }).click();
  await page.getByLabel('First day').fill('2026-12-26');
  await page.getByRole('button', { name: 'Show what changes' }).click();
  await expect(page.getByRole('alert')).toContainText('weekend');
  await expect(page.getByLabel('First day')).toHaveValue('2026-12-26');
  await page.getByLabel('First day').fill('2027-01-06');
  await page.getByRole('button', { name: 'Show what changes' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What would change');
  await expect(page.getByRole('main')).toContainText('2 sessions are open: 4 January 2027');
  await expect(page.getByRole('main')).toContainText('2 reports of an illness have another first day back');
  await parent.reload();
  await expect(parent.getByRole('main'), 'only looked at').toContainText('Not before Tuesday 5 January');

  await page.getByRole('button', { name: 'Change the calendar' }).click();
  await expect(page.getByRole('status')).toContainText('The calendar is changed');
  await expect(closed(page, 'Wednesday 6 January')).toContainText('Training day');
  await parent.reload();
  await expect(parent.getByRole('main')).toContainText('Not before Monday 4 January');

  // A year group at home today; its sibling is in school.
  await page.getByRole('link', { name: 'Close a day' }).click();
  await page.getByLabel('Closed without warning').check();
  await page.getByLabel('First day').fill('2026-12-18');
  await page.getByLabel('Year 1').check();
  await page.getByLabel('The school stands by it').check();
  await page.getByRole('button', { name: 'Show what changes' }).click();
  await expect(page.getByRole('main')).toContainText('For Year 1 alone: 2 sessions are closed: 18 December 2026');
  await page.getByRole('button', { name: 'Change the calendar' }).click();
  await parent.goto(demo.origin);
  await expect(parent.getByRole('main')).toContainText('School is closed for Sam’s year group today.');

  await page.getByRole('button', { name: 'Take the last change back' }).click();
  await expect(page.getByRole('status')).toContainText('The last change is taken back');
  await parent.reload();
  await expect(parent.getByRole('main')).not.toContainText('year group');

  const office = await browse(DESK);
  await demo.enterStaff(office, OFFICE, '/staff/calendar');
  await expect(office.getByRole('link', { name: 'Close a day' })).toHaveCount(0);
  await expect(office.getByText('The attendance officer and the headteacher can change the calendar.')).toBeVisible();
}

test('the year fits a telephone, and one sheet of paper', async ({ browser }) => {
  const demo = await new School().open();
  try {
    const page = await another(browser, { viewport: { width: 360, height: 780 } });
    await demo.enterStaff(page, HEAD, '/staff/calendar');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await page.emulateMedia({ media: 'print' });
    const paper = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(paper.match(/\/Type\s*\/Page[^s]/g)).toHaveLength(1);
  } finally {
    await demo.close();
  }
});
