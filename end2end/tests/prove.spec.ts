// A fresh code before something counts as a signature.
import type { Page } from '@playwright/test';

import { test, expect, school, another, CHIDI, NGOZI, RAHMAN } from './support/school';

const demo = school();

const h1 = (page: Page) => page.getByRole('heading', { level: 1 });
const field = (page: Page) => page.getByLabel('Code from the message');

/** Presses the button and reads the code in the inbox. */
async function ask(page: Page, address: string): Promise<string> {
  const old = await demo.mail(page);
  await page.goto(`${demo.origin}/prove?to=/devices`);
  await page.getByRole('button', { name: 'Send me a code' }).click();
  await expect(field(page)).toBeVisible();
  const mail = await demo.mailTo(page, address, /Your code for/, old);
  expect(mail, 'no link signs anybody in').not.toMatch(/http/);
  return mail.match(/Your code is (\d{6})/)![1];
}

test('with no script a parent asks for a code, mistypes it, and goes on with the right one', async ({ browser }) => {
  const page = await another(browser, { javaScriptEnabled: false });
  await demo.enter(page, NGOZI);
  const code = await ask(page, NGOZI);
  await page.reload();
  await expect(field(page), 'the page survives a reload').toBeVisible();
  await field(page).fill(String((Number(code) + 1) % 1_000_000).padStart(6, '0'));
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByRole('alert')).toContainText('That code does not work.');
  await expect(field(page)).toHaveValue('');
  await field(page).fill(`${code.slice(0, 3)} ${code.slice(3)}`);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(h1(page)).toHaveText('Your devices');
  expect(page.url()).toBe(`${demo.origin}/devices`);
});

test('a code is for the device that asked for it', async ({ browser }) => {
  const phone = await another(browser);
  await demo.signIn(phone, CHIDI);
  const code = await ask(phone, CHIDI);
  const other = await another(browser);
  await demo.signIn(other, CHIDI);
  await other.goto(phone.url());
  await field(other).fill(code);
  await other.getByRole('button', { name: 'Go on' }).click();
  await expect(other.getByRole('alert')).toContainText('That code does not work.');
  await field(phone).fill(code);
  await phone.getByRole('button', { name: 'Go on' }).click();
  await expect(h1(phone)).toHaveText('Your devices');
});

test('who shares an inbox is told whom to ring', async ({ page }) => {
  await demo.signIn(page, RAHMAN);
  await page.getByRole('button', { name: 'I am Imran Rahman' }).click();
  const old = await demo.mail(page);
  await page.goto(`${demo.origin}/prove?to=/devices`);
  await expect(h1(page)).toHaveText('We cannot send you a code');
  await expect(page.getByRole('main')).toContainText('Please ring the office on 01632 960915, option 1');
  await expect(page.getByRole('button', { name: 'Send me a code' })).toHaveCount(0);
  await page.getByRole('main').getByRole('link', { name: 'Back to your page' }).click();
  await expect(page.getByRole('heading', { level: 2 })).toHaveText(['Aisha', 'Yusuf']);
  expect(await demo.mail(page)).toEqual(old);
});

test('the headteacher lets a colleague decide leave for a week, and ends it', async ({ page }) => {
  await demo.enterStaff(page, 'head@demo.example', '/staff');
  await page.getByRole('link', { name: 'Designates' }).click();
  await expect(h1(page)).toHaveText('Who decides leave for you');
  await page.getByLabel('Who', { exact: true }).selectOption('Jean Tanner');
  await page.getByLabel('First day').fill('2026-11-23');
  await page.getByRole('button', { name: 'Let them decide leave' }).click();
  await expect(page.getByRole('alert')).toContainText('Give the last day');
  await expect(page.getByLabel('First day')).toHaveValue('2026-11-23');
  await page.getByLabel('Last day').fill('2026-11-27');
  await page.getByRole('button', { name: 'Let them decide leave' }).click();
  const jean = page.getByRole('listitem').filter({ hasText: 'Jean Tanner' });
  await expect(jean).toContainText('decides now');
  await expect(jean).toContainText('23 November 2026 to 27 November 2026');
  await page.getByRole('button', { name: 'End it now Jean Tanner' }).click();
  await expect(jean).toHaveCount(0);
});
