// Leave as staff see it, for the tour of all screens.
import { expect, type Page } from '@playwright/test';

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
}
