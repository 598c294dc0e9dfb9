// Telling the school that a child leaves, as a parent does it. Nothing here needs script in the page.
import { expect, type Page } from '@playwright/test';

import { on } from './leave';
import type { School } from './school';

/** Begins a notice. */
export async function beginNotice(demo: School, page: Page): Promise<void> {
  await page.goto(`${demo.origin}/leaving`);
  await page.getByRole('button', { name: 'Start the form' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Leaving Hazel Row Primary School');
}

/** Who leaves, and the last day; on to the reason. */
export async function whoAndUntil(page: Page, children: string[], day: string): Promise<void> {
  await page.getByRole('link', { name: /^Who is leaving/ }).click();
  for (const child of children) await page.getByRole('checkbox', { name: new RegExp(`^${child}`) }).check();
  await on(page);
  await page.getByLabel('Last day at this school').fill(day);
  await on(page);
  await expect(page.getByRole('group', { name: /^Why does your child leave/ })).toBeVisible();
}

/** Where the family moves, up to the new school. */
export async function newHome(page: Page, address: string): Promise<void> {
  await page.getByRole('radio', { name: 'There is a new address, and I can give it now' }).check();
  await on(page);
  await page.getByLabel('The new address').fill(address);
  await page.getByLabel('Your child lives there from').fill('2026-12-14');
  await on(page);
}

/** With whom, the new school, how to be reached, anything else; up to the check. */
export async function restOfNotice(page: Page, school?: string): Promise<void> {
  await page.getByLabel('Which parent or parents will your child live with?').fill('Ngozi Okafor');
  await on(page);
  if (school) {
    await page.getByRole('radio', { name: 'Yes', exact: true }).check();
    await on(page);
    await page.getByLabel('Name of the new school').fill(school);
    await page.getByLabel('Its address, or at least the town and country').fill('Leeds');
    await page.getByLabel('First day there').fill('2026-12-14');
    await page.getByRole('radio', { name: 'No', exact: true }).check();
  } else {
    await page.getByRole('radio', { name: /^Not yet, or I would rather say by telephone/ }).check();
  }
  await on(page);
  await page.getByLabel('A telephone number that works after the move').fill('07700 900123');
  await page.getByLabel('An e-mail address that works after the move').fill('afterwards@demo.example');
  await on(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Check your answers');
}

/** Every statement, the name; answers the reference. */
export async function signNotice(page: Page, name: string): Promise<string> {
  for (const box of await page.getByRole('group', { name: 'What you declare' }).getByRole('checkbox').all()) await box.check();
  await page.getByLabel('Your full name').fill(name);
  await page.getByRole('button', { name: 'Sign and send' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your child is leaving');
  return page.url().split('/').pop()!;
}

/** The whole notice, moving within the country. */
export async function giveNotice(demo: School, page: Page, children: string[], name: string): Promise<string> {
  await beginNotice(demo, page);
  await whoAndUntil(page, children, '2026-12-11');
  await page.getByRole('radio', { name: 'We are moving to another part of the United Kingdom' }).check();
  await on(page);
  await newHome(page, '1 Heron Way, Leeds');
  await restOfNotice(page, 'Beckside Primary School');
  return signNotice(page, name);
}
