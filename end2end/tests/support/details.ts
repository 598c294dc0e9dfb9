// Asking for a change of details, as a parent does it. Nothing here needs script in the page.
import { type Page } from '@playwright/test';

/** Fills these fields of the open form, by their names, and goes on to the look at them. */
export async function ask(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) await page.locator(`[name="${name}"]`).fill(value);
  await page.getByRole('button', { name: 'Check what I changed' }).click();
}

/** Several fields of every kind. */
export async function ngoziAsks(page: Page): Promise<void> {
  await page.getByRole('group', { name: 'Does Sam live with you?' }).getByRole('radio', { name: 'No' }).check();
  await page.getByRole('group', { name: 'Which of your children live there too?' }).getByRole('checkbox', { name: 'Ada' }).check();
  await page.getByRole('group', { name: 'Who else can we ring about Ada?' }).getByLabel('Their name').fill('Efe Okoro');
  await page.getByRole('group', { name: 'Who else can we ring about Ada?' }).getByLabel('Their phone number').fill('01632 960001');
  await page.getByRole('checkbox', { name: /court order about Sam/ }).check();
  await ask(page, {
    mobile: '07700 900456',
    email: 'ngozi.new@demo.example',
    address: '12 Skylark Drive\nHazelbridge\nHZ4 2QX',
    'address-from': '2026-12-01',
  });
}
