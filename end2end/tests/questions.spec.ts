// The office asks a family about a report; one parent answers on its receipt.
import type { Browser, Page } from '@playwright/test';

import { quickReport, row } from './support/journey';
import { test, expect, school, another, awake, DESK, CHIDI, NGOZI, OFFICE } from './support/school';

const demo = school();

const WAYS = {
  'with WebAssembly': async (browser: Browser, options: object) => another(browser, options),
  'without script': async (browser: Browser, options: object) => another(browser, { ...options, javaScriptEnabled: false }),
  'without WebAssembly': async (browser: Browser, options: object) => {
    const page = await another(browser, options);
    await page.route('**/*.wasm', (route) => route.abort());
    return page;
  },
};

const FAMILIES = {
  'with WebAssembly': { who: NGOZI, child: 'Ada', listed: 'Okafor, Ada' },
  'without script': { who: 'maria.nunez@demo.example', child: 'Zoë', listed: 'Núñez, Zoë' },
  'without WebAssembly': { who: 'wayan@demo.example', child: 'Suhartini', listed: 'Suhartini' },
};

/** This parent has reported, and the receipt is open. */
async function reports(page: Page, who: string): Promise<string> {
  await demo.enter(page, who);
  const path = await quickReport(demo, page, { reason: 'appointment' });
  await page.goto(demo.origin + path);
  return path;
}

/** From the board to the page of the report in the row of this child. */
async function opens(office: Page, child: string): Promise<void> {
  await office.goto(`${demo.origin}/staff/board`);
  await row(office, child).getByRole('link').first().click();
  await office.waitForURL('**/staff/reports/*');
}

for (const how of Object.keys(WAYS) as (keyof typeof WAYS)[]) {
  test(`the office asks, the parent answers, both on one report, ${how}`, async ({ browser }) => {
    const { who, child, listed } = FAMILIES[how];
    const page = await WAYS[how](browser, {});
    const path = await reports(page, who);
    const office = await WAYS[how](browser, DESK);
    await demo.enterStaff(office, OFFICE);
    await opens(office, listed);

    // Nothing chosen; then a question at hand.
    await office.getByRole('button', { name: 'Send', exact: true }).click();
    await office.getByRole('alert').getByRole('link', { name: 'Choose what to ask, or write your own words' }).click();
    await office.getByRole('radio', { name: 'Please send us a photo of the appointment letter' }).check();
    await office.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(office.locator('.talk li')).toHaveCount(1);
    await expect(office.locator('.talk li')).toContainText('Not read yet');
    await office.goto(`${demo.origin}/staff/board`);
    await expect(row(office, listed)).toContainText('question asked');
    const mail = await demo.mailTo(page, who, /a message about attendance is waiting/);
    expect(mail).not.toMatch(/letter|appointment|photo/);
    expect(mail).not.toContain(child);
    expect(mail).toContain(`${path}#messages`);

    await page.goto(demo.origin);
    const line = page.getByRole('link', { name: `The school asks you something about ${child}` });
    await line.click();
    await expect(page.locator('.talk li')).toHaveText(/The school.*Please send us a photo of the appointment letter/);
    await page.goto(demo.origin);
    await expect(line, 'read, and not answered').toBeVisible();
    await line.click();
    await page.getByRole('button', { name: 'Send answer' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await page.getByRole('alert').getByRole('link', { name: 'Write something first' }).click();
    await page.getByLabel('Your answer').fill('It is with my sister.\nYou have it tomorrow. <b>');
    await page.getByRole('button', { name: 'Send answer' }).click();
    await expect(page.locator('.talk li').nth(1)).toContainText('You have it tomorrow. <b>');
    await page.goto(demo.origin);
    await expect(line).toHaveCount(0);

    await office.reload();
    await expect(row(office, listed).locator('.tag.answer')).toHaveText('answered');
    await office.locator('.tally').getByRole('link', { name: 'to read from families' }).click();
    await office.locator('.letters').getByRole('link', { name: listed }).click();
    await expect(office.locator('.talk li').nth(1)).toContainText('It is with my sister.');
    await expect(office.locator('.talk li').nth(1).locator('.tag')).toHaveText('new');
    await office.getByRole('radio', { name: 'In your own words' }).check();
    await office.getByLabel('Your words').fill('That is fine.');
    await office.getByRole('checkbox', { name: 'They need not answer' }).check();
    await office.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(office.locator('.talk li')).toHaveCount(3);
    await page.goto(demo.origin);
    await page.getByRole('link', { name: `The school has written to you about ${child}` }).click();
    await expect(page.locator('.talk li').nth(1)).toContainText('Read by the school');
    await page.goto(demo.origin);
    await expect(page.getByRole('link', { name: 'The school has written' })).toHaveCount(0);
  });
}

test('once it is recorded, a parent asks for a change on the receipt', async ({ browser }) => {
  const page = await another(browser);
  const path = await reports(page, 'leanne.clarke@demo.example');
  const office = await another(browser, DESK);
  await demo.enterStaff(office, OFFICE);
  await row(office, 'Clarke, Noah').locator('.propose button').click();
  await page.reload();
  await expect(page.getByText('ask for a change, or ring the office on 01632 960915, option 1.')).toBeVisible();
  await page.locator('summary', { hasText: 'Ask for a change' }).click();
  const words = page.getByLabel('What is wrong, and what would be right?');
  await expect(words).toHaveValue('');
  await words.fill('He came back at eleven.');
  await page.getByRole('button', { name: 'Send to the school' }).click();
  await expect(page.locator('.talk li')).toContainText('He came back at eleven.');
  expect(new URL(page.url()).pathname).toBe(path);
  await office.reload();
  await expect(row(office, 'Clarke, Noah').locator('.tag.answer')).toHaveText('message');
  await row(office, 'Clarke, Noah').getByRole('link').click();
  await expect(office.locator('.talk')).toContainText('He came back at eleven.');
});

test('the other parent sees nothing of it, and a board that is open hears of the answer', async ({ browser }) => {
  const page = await another(browser);
  const path = await reports(page, 'm.kaczmarek@demo.example');
  const office = await another(browser, DESK);
  await demo.enterStaff(office, OFFICE);
  await opens(office, 'Kaczmarek, Zofia');
  await office.getByRole('radio', { name: 'When do you expect them back?' }).check();
  await office.getByRole('button', { name: 'Send', exact: true }).click();
  await office.goto(`${demo.origin}/staff/board`);
  await awake(office);
  const other = await another(browser);
  await demo.enter(other, CHIDI);
  await other.goto(demo.origin + path);
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('There is no such page');
  await page.goto(demo.origin + path);
  await page.getByLabel('Your answer').fill('On Friday.');
  await page.getByRole('button', { name: 'Send answer' }).click();
  await expect(page.locator('.talk li')).toHaveCount(2);
  await expect(office.getByRole('status')).toHaveText('Show what has changed');
  await office.getByRole('link', { name: 'Show what has changed' }).click();
  await expect(row(office, 'Kaczmarek, Zofia').locator('.tag.answer')).toHaveText('answered');
});

test('keys alone send a question and an answer', async ({ browser }) => {
  const page = await another(browser);
  const path = await reports(page, 'jo.whitfield@demo.example');
  const office = await another(browser, DESK);
  await demo.enterStaff(office, OFFICE);
  await opens(office, 'Whitfield, Leo');
  await office.locator('#question').focus();
  await office.keyboard.press('ArrowDown');
  await expect(office.getByRole('radio', { name: 'When do you expect them back?' })).toBeChecked();
  await office.keyboard.press('Tab');
  await expect(office.getByRole('button', { name: 'Send', exact: true }), 'own words are folded away').toBeFocused();
  await office.keyboard.press('Enter');
  await expect(office.locator('.talk li')).toHaveCount(1);
  await page.goto(demo.origin + path);
  await page.getByLabel('Your answer').focus();
  await page.keyboard.type('On Friday.');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.locator('.talk li')).toHaveCount(2);
});

test('on paper what was said stands without its form', async ({ browser }) => {
  const page = await another(browser);
  const path = await reports(page, 'claire.brennan@demo.example');
  const office = await another(browser, DESK);
  await demo.enterStaff(office, OFFICE);
  await opens(office, 'Brennan, Isla');
  await office.getByRole('radio', { name: 'When do you expect them back?' }).check();
  await office.getByRole('button', { name: 'Send', exact: true }).click();
  await page.goto(demo.origin + path);
  for (const shown of [page, office]) {
    await shown.emulateMedia({ media: 'print' });
    await expect(shown.locator('.talk')).toBeVisible();
    await expect(shown.locator('textarea, .talk ~ form, button').filter({ visible: true })).toHaveCount(0);
  }
  const paper = await page.pdf({ preferCSSPageSize: true });
  expect(paper.toString('latin1').match(/\/Type\s*\/Page\b/g), 'the receipt is one page').toHaveLength(1);
});
