// The attendance policy and its declaration, as families and staff have them, for the tour of all screens.
import { expect, type Page } from '@playwright/test';

import { signPolicy } from './declaration';
import { NGOZI, type School } from './school';

type Visit = (name: string, page: Page) => Promise<void>;

/** As a parent, then as the headteacher. */
export async function declaration(demo: School, page: Page, visit: Visit): Promise<void> {
  await demo.enter(page, NGOZI);
  await visit('home-policy', page);
  await page.goto(`${demo.origin}/policy`);
  await visit('policy', page);
  await page.goto(`${demo.origin}/policy?q=late`);
  await visit('policy-found', page);
  await page.goto(`${demo.origin}/policy/who-does-what`);
  await visit('policy-roles', page);
  await page.goto(`${demo.origin}/policy/sign`);
  await visit('policy-sign', page);
  await page.getByRole('radio', { name: 'I sign' }).check();
  await page.getByRole('button', { name: 'Send my answer' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await visit('policy-sign-errors', page);
  await page.getByRole('checkbox', { name: /^Sam/ }).check();
  await page.getByRole('radio', { name: 'I would like to talk first' }).check();
  await page.getByLabel('What would you like to talk about?').fill('Mornings are hard.');
  await page.getByRole('button', { name: 'Send my answer' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You asked to talk first');
  await visit('policy-talk', page);
  await page.goto(`${demo.origin}/policy/sign`);
  await signPolicy(page, ['Ada'], 'Ngozi Okafor');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Signed. Thank you');
  await visit('policy-signed', page);
  await page.context().clearCookies();
  await demo.enterStaff(page, 'head@demo.example', '/staff/policy');
  await visit('staff-policy', page);
  await page.getByRole('link', { name: '1 Elm', exact: true }).click();
  await visit('staff-policy-class', page);
  await page.getByRole('link', { name: 'Okafor, Sam' }).click();
  await visit('staff-declaration', page);
  await page.getByRole('button', { name: 'Note the signature' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await visit('staff-declaration-errors', page);
  await page.goto(`${demo.origin}/staff/policy/versions/1`);
  await visit('staff-policy-version', page);
  await page.goto(`${demo.origin}/staff/policy/draft`);
  await visit('staff-policy-draft', page);
  await page.getByRole('button', { name: 'Publish it' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await visit('staff-policy-draft-errors', page);
  await page.goto(`${demo.origin}/staff/policy/reminders`);
  await visit('staff-reminders', page);
  await page.goto(`${demo.origin}/staff/policy/slips`);
  await visit('staff-slips', page);
}
