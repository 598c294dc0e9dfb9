// Asking for leave, as a parent does it. Nothing here needs script in the page.
import { expect, type Page } from '@playwright/test';

import type { School } from './school';

/** Saves the step and goes on to the next. */
export async function on(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save and go on' }).click();
}

/** Begins a form. */
export async function begin(demo: School, page: Page): Promise<void> {
  await page.goto(`${demo.origin}/leave`);
  await page.getByRole('button', { name: 'Start the form' }).click();
  await expect(page.getByText('0 of 9 steps done')).toBeVisible();
}

/** Who and when. */
export async function whoAndWhen(page: Page, children: string[], days: [string, string, string]): Promise<void> {
  await page.getByRole('link', { name: /^Who the leave is for/ }).click();
  for (const child of children) await page.getByRole('checkbox', { name: new RegExp(`^${child}`) }).check();
  await page.getByRole('checkbox', { name: /^I am a parent/ }).check();
  await on(page);
  const [first, last, back] = days;
  await page.getByLabel('First day away').fill(first);
  await page.getByLabel('Last day away').fill(last);
  await page.getByLabel('Back at school on').fill(back);
  await on(page);
}

/** What for, and the five whys. */
export async function why(page: Page, kind: string): Promise<void> {
  await page.getByRole('radio', { name: kind }).check();
  await on(page);
  for (const heading of ['What it means to your child', 'How rare it is', 'Why it matters', 'Why it cannot be another time', 'Why it takes this long']) {
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
    await page.locator('textarea').fill(`About: ${heading}`);
    await on(page);
  }
}

/** Where, with whom, and the rest, up to the page that says what it would come to. */
export async function rest(page: Page, ask?: string): Promise<void> {
  await page.getByRole('radio', { name: 'Elsewhere in the United Kingdom' }).check();
  await on(page);
  await page.getByLabel('Town and country').fill('Leeds');
  await page.getByLabel('Address there').fill('1 Secret Street');
  await page.getByLabel('A telephone number on which we reach you').fill('07700 900123');
  await on(page);
  await page.getByLabel('Which adults will your child be with?').fill('Both of us');
  await on(page);
  await page.getByRole('radio', { name: 'No', exact: true }).check();
  await on(page);
  await page.getByRole('radio', { name: 'No', exact: true }).check();
  await on(page);
  if (ask) {
    await page.getByRole('radio', { name: 'Yes. Please ask them to sign as well' }).check();
    await page.getByRole('checkbox', { name: new RegExp(`^${ask}`) }).check();
  } else {
    await page.getByRole('radio', { name: 'Yes, they know of it' }).check();
  }
  await on(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What it would come to');
}

/** From the preview to the request: every statement, the name, a fresh code where one is asked for. */
export async function sign(page: Page, name: string): Promise<string> {
  await page.getByRole('button', { name: 'I have read this' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Check your answers');
  for (const box of await page.getByRole('group', { name: 'What you declare' }).getByRole('checkbox').all()) await box.check();
  await page.getByLabel('Your full name').fill(name);
  await page.getByRole('button', { name: 'Sign and send' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your request for leave');
  return page.url().split('/').pop()!;
}

/** The whole form. */
export async function askForLeave(demo: School, page: Page, children: string[], name: string, ask?: string): Promise<string> {
  await begin(demo, page);
  await whoAndWhen(page, children, ['2026-12-07', '2026-12-11', '2026-12-14']);
  await why(page, 'A wedding or another family event');
  await rest(page, ask);
  return sign(page, name);
}
