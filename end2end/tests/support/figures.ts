// The screens of figures and marks, for whoever takes the tour.
import { expect, type Page } from '@playwright/test';

import { NGOZI, type School } from './school';
import type { Visit } from './tour';

/** From the whole school to one mark, and what a parent wrote about it. */
export async function figures(demo: School, page: Page, visit: Visit): Promise<void> {
  const parent = await (await page.context().browser()!.newContext()).newPage();
  await demo.enter(parent, NGOZI);
  await parent.getByRole('link', { name: 'Ada’s attendance' }).click();
  const ada = new URL(parent.url()).pathname.split('/')[2];
  await parent.goto(`${demo.origin}/children/${ada}/attendance/day?day=2026-11-20`);
  await parent.getByRole('radio', { name: /^Morning/ }).check();
  await parent.getByLabel('What would be right').fill('Canary: she was late');
  await parent.getByRole('button', { name: 'Send to the office' }).click();
  await expect(parent.locator('.talk li')).toHaveCount(1);
  await parent.context().close();

  await page.goto(`${demo.origin}/staff/figures`);
  for (const fold of await page.locator('summary').all()) await fold.click();
  await visit('figures', page);
  await page.locator('main').getByRole('link', { name: '3 Oak' }).first().click();
  await visit('class', page);
  await page.goto(`${demo.origin}/staff/children`);
  await visit('children', page);
  await page.getByRole('link', { name: /^Okafor, Ada/ }).click();
  await visit('child-day', page);
  await page.getByRole('button', { name: 'Correct the mark' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await visit('child-day-errors', page);
  await page.goto(`${demo.origin}/staff/children/${ada}`);
  await visit('child', page);
}
