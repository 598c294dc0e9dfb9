// A fresh code, and who decides leave, for the tour of all screens.
import { expect, type Page } from '@playwright/test';

import { RAHMAN, type School } from './school';

type Visit = (name: string, page: Page) => Promise<void>;

/** As a guardian who is signed in, then as one of a shared inbox. */
export async function prove(demo: School, page: Page, visit: Visit): Promise<void> {
  await page.goto(`${demo.origin}/prove?to=/devices`);
  await visit('prove-ask', page);
  await page.getByRole('button', { name: 'Send me a code' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Look in your inbox');
  await visit('prove-code', page);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await visit('prove-code-error', page);
  await page.context().clearCookies();
  await demo.signIn(page, RAHMAN);
  await page.getByRole('button', { name: 'I am Imran Rahman' }).click();
  await page.goto(`${demo.origin}/prove?to=/devices`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('We cannot send you a code');
  await visit('prove-shared', page);
}

/** As the headteacher. */
export async function designates(demo: School, page: Page, visit: Visit): Promise<void> {
  await page.context().clearCookies();
  // Naming asks for a fresh code: whoever came here before on this tour signed in too long ago.
  await demo.enterStaffAnew(page, 'head@demo.example', '/staff/designates');
  await visit('designates', page);
  await page.getByRole('button', { name: 'Let them decide leave' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await visit('designates-errors', page);
}
