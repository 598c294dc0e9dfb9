// The attendance policy, as a parent answers it. Nothing here needs script in the page.
import { expect, type Page } from '@playwright/test';

/** Signs for these children with this name; the box beside the statement first, where it is asked for. */
export async function signPolicy(page: Page, children: string[], name: string): Promise<void> {
  for (const child of children) await page.getByRole('checkbox', { name: new RegExp(`^${child}`) }).check();
  await page.getByRole('radio', { name: 'I sign' }).check();
  await page.getByRole('checkbox', { name: /^I have read/ }).check();
  await page.getByLabel('Your full name').fill(name);
  await page.getByRole('button', { name: 'Send my answer' }).click();
}

/** Writes a version and publishes it, as the headteacher. */
export async function publish(page: Page, text: string): Promise<void> {
  await page.getByLabel('Title').fill('Attendance policy');
  await page.getByLabel('Adopted by the governors on').fill('2026-11-20');
  await page.getByLabel('To be renewed by').fill('2027-11-01');
  await page.getByLabel('In short, in plain words').fill('Come every day.');
  await page.getByLabel('What has changed').fill('One sentence.');
  await page.getByLabel('The policy', { exact: true }).fill(text);
  await page.getByRole('button', { name: 'Publish it' }).click();
  await expect(page.getByText('Every part is as it was published.')).toBeVisible();
}
