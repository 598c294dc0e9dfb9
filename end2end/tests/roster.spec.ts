// Pupils and contacts from the MIS, who may do what, and a way in on paper for those without e-mail.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Browser, Locator, Page } from '@playwright/test';

import { School, test, expect, another, awake, DESK, OFFICE } from './support/school';
import { fill, row, send } from './support/journey';

// Of these pages only the report has an island; what it does without WebAssembly is told elsewhere.
const HOW = { 'with everything': true, 'without script': false };

const h1 = (page: Page): Locator => page.getByRole('heading', { level: 1 });

/** What the table says of new, changed and kept. */
const sums = (page: Page, of: string) => page.getByRole('row', { name: of }).getByRole('cell').allInnerTexts();

async function handIn(page: Page, buffer: Buffer, name = 'roster.csv'): Promise<void> {
  await page.getByLabel('The file', { exact: true }).setInputFiles({ name, mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: 'Show what it would change' }).click();
}

const part = (page: Page, title: string | RegExp): Locator => page.locator('details', { has: page.getByRole('heading', { name: title }) });

for (const [how, script] of Object.entries(HOW)) {
  test(`a file is looked at, comes in once, and lets in on paper whom it must, ${how}`, async ({ browser }) => {
    // The day on which the file's new child is first on roll.
    const demo = await new School('2026-12-01T08:04:00Z').open();
    try {
      await wholeStory(demo, browser, script);
    } finally {
      await demo.close();
    }
  });
}

async function wholeStory(demo: School, browser: Browser, script: boolean): Promise<void> {
  const browse = (options: object) => another(browser, { ...options, javaScriptEnabled: script });
  const file = readFileSync(join(demo.folder, 'roster.csv'));
  const page = await browse(DESK);
  await demo.enterStaff(page, OFFICE, '/staff/roster');

  await page.getByRole('button', { name: 'Show what it would change' }).click();
  await expect(page.getByRole('alert')).toContainText('Choose a file');
  await handIn(page, Buffer.from('PK\x03\x04 not a table'), 'roster.xlsx');
  await expect(page.getByRole('alert')).toContainText('This is a workbook. Open it, choose Save as, and save it as CSV.');

  await handIn(page, file);
  await expect(h1(page)).toHaveText('What this file would change');
  await expect(page.getByText('Nothing has changed yet.')).toBeVisible();
  expect(await sums(page, 'Children')).toEqual(['1', '2', '415']);
  await expect(part(page, 'Set aside: 2')).toContainText('the year has two figures');
  await expect(part(page, /^Changed/)).toContainText('5 Rowan → 5 Pine');
  await expect(part(page, /^New: /)).toContainText('Juno Achterberg');
  await expect(part(page, /^No longer in the file/)).toContainText('Patricia Clarke');
  const board = await browse(DESK);
  await demo.enterStaff(board, OFFICE, '/staff/roster/review');
  await expect(board.getByRole('main'), 'a dry run changes nothing').not.toContainText('Achterberg');

  await page.getByRole('button', { name: 'Bring it in' }).click();
  await expect(h1(page)).toHaveText('It is in');
  expect(await sums(page, 'Children')).toEqual(['1', '2', '415']);
  await page.getByRole('link', { name: 'Hand in another file' }).click();
  await expect(page.getByText('The last file came in on')).toBeVisible();
  await handIn(page, file);
  await expect(page.getByText('This file changes nothing.')).toBeVisible();
  expect(await sums(page, 'Children')).toEqual(['0', '0', '418']);
  await page.getByRole('button', { name: 'Throw the file away' }).click();
  await expect(h1(page)).toHaveText('Pupils and contacts');

  // A file of half the school is in doubt as a whole.
  await handIn(page, file.subarray(0, file.lastIndexOf('\r\n', file.length / 2)));
  await expect(page.getByText(/of the \d+ children on roll are not in this file/)).toBeVisible();
  await page.getByRole('button', { name: 'Bring it in' }).click();
  await expect(page.getByRole('alert')).toContainText('Tick that you have looked');
  await expect(page.getByRole('checkbox')).not.toBeChecked();
  await page.getByRole('button', { name: 'Throw the file away' }).click();

  // Joost waits, since the file says nothing of him; the office lets him in, on paper.
  await page.goto(`${demo.origin}/staff/roster/review`);
  const joost = page.locator('.people > li', { hasText: 'Joost Achterberg' });
  await expect(joost).toContainText('father of Juno Achterberg, 3 Oak');
  await joost.locator('summary').click();
  await expect(joost.getByRole('button', { name: 'Print an invitation' })).toHaveCount(0);
  await joost.getByRole('button', { name: 'Full access' }).click();
  await page.getByRole('link', { name: '3 Oak' }).click();
  await expect(joost).toContainText('full access');
  await joost.locator('summary').click();
  await joost.getByRole('button', { name: 'Print an invitation' }).click();
  await expect(page.getByText('This code is shown only now.')).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText('This code is shown only now.'), 'the letter is for him').toBeHidden();
  const paper = await page.pdf({ preferCSSPageSize: true });
  expect(paper.toString('latin1').match(/\/Type\s*\/Page\b/g), 'one sheet').toHaveLength(1);
  const code = (await page.locator('.letter .ref').innerText()).trim();
  const address = (await page.locator('.letter li').first().innerText()).match(/\S+\/invitation/)![0];
  expect(code).toMatch(/^([CDFHJKMNPQRTWXY3479]{4}-){2}[CDFHJKMNPQRTWXY3479]{4}$/);

  const phone = await browse({});
  await phone.goto(`http://${address}`);
  await redeem(phone, code, '14', '2', '2018');
  await expect(phone.getByRole('alert')).toContainText('This code and this date do not open anything.');
  await expect(phone.getByRole('alert')).toBeFocused();
  await expect(phone.getByLabel('Year')).toHaveValue('2018');
  await redeem(phone, code.toLowerCase().replaceAll('-', ' '), '14', '2', '2019');
  await expect(phone.getByRole('heading', { name: 'Juno' })).toBeVisible();
  expect(phone.url()).toBe(`${demo.origin}/`);
  await phone.getByRole('link', { name: 'Juno is not coming in today' }).click();
  if (script) await awake(phone);
  await fill(phone, { reason: 'High temperature' });
  await send(phone);
  await expect(phone.locator('.facts')).toContainText('Joost Achterberg');
  await board.goto(`${demo.origin}/staff/board`);
  await expect(row(board, 'Achterberg, Juno')).toContainText('High temperature');

  const thief = await browse({});
  await thief.goto(`http://${address}`);
  await redeem(thief, code, '14', '2', '2019');
  await expect(thief.getByRole('alert'), 'a letter opens once').toContainText('This code and this date do not open anything.');

  // Taken back, the device is out on its next request.
  await page.emulateMedia({ media: 'screen' });
  await page.goto(`${demo.origin}/staff/roster/review`);
  await page.getByRole('link', { name: '3 Oak' }).click();
  await expect(joost).toContainText('signed in by invitation');
  await joost.locator('summary').click();
  await joost.getByRole('button', { name: 'Take the invitation back' }).click();
  await phone.goto(demo.origin);
  await expect(h1(phone)).toHaveText('Sign in');
}

async function redeem(page: Page, code: string, ...born: [string, string, string]): Promise<void> {
  await page.getByLabel('Your code').fill(code);
  for (const [place, label] of ['Day', 'Month', 'Year'].entries()) await page.getByLabel(label).fill(born[place]);
  await page.getByRole('button', { name: 'Sign in on this device' }).click();
}
