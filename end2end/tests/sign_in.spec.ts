// Signing in without a password: code, link, shared inbox, devices.
import type { Page } from '@playwright/test';

import { test, expect, school, another, CHIDI, NGOZI, RAHMAN } from './support/school';

const demo = school();

const JO = 'jo.whitfield@demo.example';
const LOWE = 'lowe.home@demo.example';

async function ask(page: Page, address: string): Promise<void> {
  await page.goto(`${demo.origin}/sign-in`);
  await page.getByLabel('Your e-mail address').fill(address);
  await page.getByRole('button', { name: 'Send me a code' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Look in your inbox');
}

const link = (mail: string) => mail.match(/http\S*\/sign-in\/link\/\S+/)![0];

test('an address that the school does not hold gets the very same page', async ({ browser }) => {
  const pages: string[] = [];
  for (const address of [NGOZI, 'nobody@demo.example', LOWE, 'd.whitfield@demo.example', 'tom.brennan@demo.example']) {
    const page = await another(browser, { javaScriptEnabled: false });
    await ask(page, address);
    const html = await page.locator('body').innerHTML();
    expect(html).not.toContain(address);
    // What differs in every answer: the form's token and the asking's id.
    pages.push(html.replace(/value="[^"]*"/g, ''));
    expect(page.url()).toBe(`${demo.origin}/sign-in`);
  }
  for (const html of pages) expect(html).toBe(pages[0]);
});

test('what is not an address is said, and what was typed is kept', async ({ page }) => {
  await page.goto(`${demo.origin}/sign-in`);
  await page.getByLabel('Your e-mail address').fill('ngozi at home');
  await page.getByRole('button', { name: 'Send me a code' }).click();
  await expect(page.getByRole('alert')).toBeFocused();
  await expect(page.getByRole('alert')).toContainText('Type your e-mail address, like name@example.com');
  await expect(page.getByLabel('Your e-mail address')).toHaveValue('ngozi at home');
  await expect(page.getByLabel('Your e-mail address')).toHaveAccessibleDescription('Type your e-mail address, like name@example.com');
});

test('a wrong code is refused in words, the right one works once', async ({ page, browser }) => {
  const mail = await demo.askForCode(page, CHIDI);
  const code = mail.match(/Your code is (\d{6})/)![1];
  const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
  await page.getByLabel('Code from the message').fill(wrong);
  await page.getByRole('button', { name: 'Sign in' }).click();
  const said = 'That code does not work. Look at the newest message and type all six figures, or ask for a new code.';
  await expect(page.getByRole('alert')).toContainText(said);
  await expect(page.getByRole('alert')).toBeFocused();
  await page.getByRole('alert').getByRole('link').click();
  await expect(page.getByLabel('Code from the message')).toBeFocused();

  // Somebody who only has the code cannot use it in a browser of their own.
  const thief = await another(browser);
  await ask(thief, CHIDI);
  await thief.getByLabel('Code from the message').fill(code);
  await thief.getByRole('button', { name: 'Sign in' }).click();
  await expect(thief.getByRole('alert')).toContainText(said);

  const form = await page.content();
  await page.getByLabel('Code from the message').fill(`${code.slice(0, 3)} ${code.slice(3)}`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Ada' })).toBeVisible();
  const again = await demo.post(page, '/sign-in/code', form, { code });
  expect(again.status(), 'not a second time').not.toBe(200);
});

test('a link that a mail scanner has opened still signs in, once', async ({ page, browser }) => {
  const url = link(await demo.askForCode(page, JO));
  const scanner = await another(browser);
  for (let turn = 0; turn < 3; turn++) {
    const looked = await scanner.request.get(url);
    expect(looked.status()).toBe(200);
    expect(looked.headers()['set-cookie'] ?? '').not.toContain('__Host-nf=');
  }

  const phone = await another(browser);
  await phone.goto(url);
  await expect(phone.getByText('This device stays signed in for 90 days.')).toBeVisible();
  await phone.getByRole('button', { name: 'Sign in on this device' }).click();
  await expect(phone.getByRole('heading', { name: 'Leo' })).toBeVisible();
  expect(phone.url(), 'the link is not where one lands').toBe(`${demo.origin}/`);

  await scanner.goto(url);
  await expect(scanner.getByRole('heading', { level: 1 })).toHaveText('This link no longer works');
  await scanner.getByRole('link', { name: 'Ask for a new code' }).click();
  await expect(scanner.getByRole('heading', { level: 1 })).toHaveText('Sign in');
});

test('who shares an inbox chooses their own name and no other', async ({ page }) => {
  await demo.signIn(page, RAHMAN);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Who are you?');
  await page.goto(`${demo.origin}/absences/new`);
  await expect(page.getByRole('heading', { level: 1 }), 'nothing opens before').toHaveText('Who are you?');
  await expect(page.getByRole('button', { name: /^I am/ })).toHaveText(['I am Imran Rahman', 'I am Rukhsana Rahman']);
  await page.getByRole('button', { name: 'I am Imran Rahman' }).click();
  await expect(page.locator('.dateline')).toContainText('Good morning, Imran');
  await expect(page.getByRole('heading', { level: 2 })).toHaveText(['Aisha', 'Yusuf']);
  await page.goto(`${demo.origin}/sign-in/who`);
  expect(page.url(), 'the choice stands').toBe(`${demo.origin}/`);
});

test('an inbox shared with somebody barred gets a message without a code', async ({ page }) => {
  await ask(page, LOWE);
  const mail = await demo.mailTo(page, LOWE, /Signing in at/);
  expect(mail).toContain('the office has to help you');
  expect(mail).not.toMatch(/your code|sign-in\/link/i);
  for (const text of await demo.mail(page)) if (text.includes(LOWE)) expect(text).toContain('the office has to help you');
});

test('a device that is signed out from another is out on its next request', async ({ page, browser }) => {
  const phone = await another(browser, { userAgent: 'Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36' });
  await demo.signIn(phone, NGOZI);
  await phone.goto(`${demo.origin}/absences/new`);
  await demo.signIn(page, NGOZI);
  await page.goto(`${demo.origin}/devices`);
  await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(2);
  await expect(page.getByRole('listitem').filter({ hasText: 'this device' })).toContainText('Chrome on Linux');
  await page.getByRole('button', { name: 'Sign out Chrome on Android' }).click();
  await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(1);

  await phone.goto(demo.origin);
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText('Sign in');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 }), 'this one stays').toHaveText('Your devices');

  const cookies = await page.context().cookies();
  await page.locator('.foot').getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
  expect((await page.context().cookies()).filter((cookie) => cookie.name === '__Host-nf')).toEqual([]);
  await page.goBack();
  await expect(page.getByText('Chrome on'), 'nothing stays in the history').toHaveCount(0);
  // A copy of the cookie is worth nothing either.
  await page.context().addCookies(cookies);
  await page.goto(demo.origin);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
});

test('cookies are for this host, https and the server alone', async ({ page }) => {
  await demo.signIn(page, 'wayan@demo.example');
  const cookies = await page.context().cookies();
  expect(cookies.map((cookie) => cookie.name)).toEqual(['__Host-nf']);
  expect(cookies[0]).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax', path: '/' });
  expect(cookies[0].value).toHaveLength(43);
  const days = (cookies[0].expires - Date.now() / 1000) / 86_400;
  expect(days).toBeGreaterThan(89);
  expect(days).toBeLessThan(91);
});
