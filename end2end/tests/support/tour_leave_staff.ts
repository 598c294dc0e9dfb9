// Leave as staff see it, for the tour of all screens.
import { expect, type Page } from '@playwright/test';

import { whoAndWhen } from './leave';
import type { School } from './school';

type Visit = (name: string, page: Page) => Promise<void>;

/** As the headteacher. */
export async function leaveDesk(demo: School, page: Page, visit: Visit): Promise<void> {
  await page.context().clearCookies();
  await demo.enterStaff(page, 'head@demo.example', '/staff/leave');
  await visit('leave-list', page);
  await page.getByRole('row').filter({ hasText: 'wedding' }).getByRole('link').first().click();
  await visit('leave-request', page);
  await page.getByText('Add a note').click();
  await page.getByRole('radio', { name: 'Agree to part of it' }).first().check();
  await visit('leave-decide', page);
  await page.getByRole('button', { name: 'Record this decision' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await visit('leave-decide-errors', page);
  await page.goto(`${demo.origin}/staff/leave?state=granted-in-part`);
  await page.getByRole('row').getByRole('link').first().click();
  await visit('leave-decided', page);
  await page.goto(`${demo.origin}/staff/children`);
  await page.getByRole('searchbox').fill('Ada Okafor');
  await page.getByRole('button', { name: 'Find' }).click();
  const there = page.getByRole('main').getByRole('link', { name: 'Okafor, Ada' });
  if (await there.count()) await there.first().click();
  await page.getByRole('link', { name: 'A leave form on paper' }).click();
  await visit('leave-paper', page);
  await page.getByLabel('Day the school received it').fill('');
  await page.getByRole('button', { name: 'Type it in' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await visit('leave-paper-errors', page);
  await page.getByRole('radio').first().check();
  await page.getByLabel('Day the school received it').fill('2026-11-20');
  await page.getByRole('button', { name: 'Type it in' }).click();
  await visit('leave-paper-steps', page);
  await whoAndWhen(page, ['Ada'], ['2026-12-07', '2026-12-08', '2026-12-09']);
  await page.goto(`${page.url().split('/steps/')[0]}/check`);
  await visit('leave-paper-check', page);
  await page.getByRole('button', { name: 'Enter this request' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await visit('leave-paper-check-errors', page);
  await page.goto(`${demo.origin}/staff/leave`);
  await visit('leave-list-typing', page);
}
