// Leaving, for the tour of all screens: as a parent, and as the office.
import { expect, type Page } from '@playwright/test';

import { on } from './leave';
import { beginNotice, newHome, restOfNotice, signNotice, whoAndUntil } from './leaving';
import { NGOZI, OFFICE, type School } from './school';

type Visit = (name: string, page: Page) => Promise<void>;

/** Every page of a parent’s. */
export async function leaving(demo: School, page: Page, visit: Visit): Promise<void> {
  await demo.enter(page, NGOZI);
  await page.goto(`${demo.origin}/leaving`);
  await visit('leaving', page);
  await beginNotice(demo, page);
  const draft = page.url();
  await visit('leaving-steps', page);
  await page.goto(`${draft}/steps/last-day`);
  await on(page);
  await expect(page.getByRole('alert')).toBeVisible();
  await visit('leaving-last-day-errors', page);
  await page.goto(draft);
  await whoAndUntil(page, ['Ada', 'Sam'], '2026-11-20');
  await visit('leaving-why', page);
  await page.getByRole('radio', { name: /^We are thinking of teaching/ }).check();
  await on(page);
  await page.getByRole('button', { name: 'Ask for a meeting' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await visit('leaving-meeting-errors', page);
  await page.goto(`${draft}/steps/why`);
  await page.getByRole('radio', { name: 'We are moving to another part of the United Kingdom' }).check();
  await on(page);
  await visit('leaving-home', page);
  await newHome(page, '1 Heron Way, Leeds');
  await restOfNotice(page, 'Beckside Primary School');
  await visit('leaving-check', page);
  await signNotice(page, 'Ngozi Okafor');
  await visit('leaving-sent', page);
  await page.getByRole('link', { name: /take it back/ }).click();
  await visit('leaving-withdraw', page);
  await page.goto(`${demo.origin}/leaving`);
  await visit('leaving-list-sent', page);
}

/** Every page of the office’s. */
export async function leavingDesk(demo: School, page: Page, visit: Visit): Promise<void> {
  await page.context().clearCookies();
  await demo.enterStaff(page, OFFICE, '/staff/leaving');
  await visit('leavers', page);
  await page.getByRole('region', { name: /^Open/ }).getByRole('row').getByRole('link').first().click();
  await visit('leaver', page);
  const line = page.getByRole('listitem').filter({ hasText: 'Ground to take the name off the roll' }).first();
  await line.locator('summary').click();
  await line.getByRole('button', { name: 'Note as done' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await visit('leaver-errors', page);
  await page.goto(`${demo.origin}/staff/leaving`);
  await page.getByRole('region', { name: /^Meetings/ }).getByRole('row').getByRole('link').first().click();
  await visit('leaver-meeting', page);
}
