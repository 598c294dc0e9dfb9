// The calendar, the marks' other pages and the tokens, for the tour of all screens.
import { expect, type Page } from '@playwright/test';

import type { School } from './school';

type Visit = (name: string, page: Page) => Promise<void>;

/** As the headteacher. */
export async function calendar(demo: School, page: Page, visit: Visit): Promise<void> {
  await page.context().clearCookies();
  await demo.enterStaff(page, 'head@demo.example', '/staff/calendar');
  await visit('calendar', page);
  await page.getByRole('link', { name: 'Add a term' }).click();
  await visit('calendar-term', page);
  await page.goto(`${demo.origin}/staff/calendar/entry?what=day`);
  await visit('calendar-entry', page);
  await page.getByRole('button', { name: 'Show what changes' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await visit('calendar-errors', page);
  await page.getByLabel('Closed without warning').check();
  await page.getByLabel('First day').fill('2026-11-23');
  await page.getByLabel('Year 3').check();
  await page.getByRole('button', { name: 'Show what changes' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What would change');
  await visit('calendar-look', page);
  await page.getByRole('button', { name: 'Change the calendar' }).click();
  await expect(page.getByRole('status')).toBeVisible();
  await visit('calendar-done', page);
  await page.getByRole('button', { name: 'Take the last change back' }).click();
}

/** As the office. */
export async function marksHeads(demo: School, page: Page, visit: Visit): Promise<void> {
  await page.goto(`${demo.origin}/staff/marks`);
  const buffer = Buffer.from('Ref,When,Half,Letter\nX0001,20/11/2026,AM,/\n');
  await page.getByLabel('The file', { exact: true }).setInputFiles({ name: 'marks.csv', mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: 'Show what it would change' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Which column is which?');
  await visit('marks-heads', page);
  await page.getByRole('button', { name: 'Keep this and go on' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await visit('marks-heads-error', page);
}

/** As the administrator. */
export async function tokens(demo: School, page: Page, visit: Visit): Promise<void> {
  await page.goto(`${demo.origin}/staff/tokens`);
  await page.getByLabel('Name').fill('MIS, every night');
  await page.getByRole('button', { name: 'Make the token' }).click();
  await visit('token-made', page);
  await page.getByRole('link', { name: 'Tokens for other programs' }).click();
  await visit('tokens', page);
}
