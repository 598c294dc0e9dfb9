// A family's details, and what the office does with them, for the tour of all screens.
import { expect, type Page } from '@playwright/test';

import { ask, ngoziAsks } from './details';
import { NGOZI, OFFICE, RAHMAN, type School } from './school';

type Visit = (name: string, page: Page) => Promise<void>;

/** As a parent, and as one of a shared inbox. */
export async function details(demo: School, page: Page, visit: Visit): Promise<void> {
  await demo.signIn(page, NGOZI);
  await page.goto(`${demo.origin}/details`);
  await visit('details', page);
  await page.goto(`${demo.origin}/details/change`);
  await visit('details-change', page);
  await ask(page, { mobile: 'ring me', address: 'One line' });
  await expect(page.getByRole('alert')).toBeVisible();
  await visit('details-change-errors', page);
  await page.goto(`${demo.origin}/details/change`);
  await ngoziAsks(page);
  await visit('details-check', page);
  await page.getByRole('button', { name: 'Send to the office' }).click();
  await expect(page.getByText('Sent. Your reference is')).toBeVisible();
  await page.getByText('Take it all back').click();
  await visit('details-sent', page);
  await page.context().clearCookies();
  await demo.signIn(page, RAHMAN);
  await page.getByRole('button', { name: 'I am Imran Rahman' }).click();
  await page.goto(`${demo.origin}/details`);
  await visit('details-shared', page);
}

/** As the office. */
export async function detailsDesk(demo: School, page: Page, visit: Visit): Promise<void> {
  await page.context().clearCookies();
  await demo.enterStaff(page, OFFICE, '/staff/details');
  await visit('staff-details', page);
  await page.locator('main .rows a').first().click();
  await visit('staff-details-request', page);
  await page.getByRole('button', { name: 'Save answers' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await visit('staff-details-errors', page);
  await page.getByRole('button', { name: 'Agree to everything' }).click();
  await expect(page.getByText('agreed, to key in').first()).toBeVisible();
  await visit('staff-details-agreed', page);
  await page.goto(`${demo.origin}/staff/details/list`);
  await visit('staff-details-list', page);
  await page.goto(`${demo.origin}/staff/details/check`);
  await visit('staff-details-check', page);
}
