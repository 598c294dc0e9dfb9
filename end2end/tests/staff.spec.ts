// The office's accounts and its board: joining, being shut out, two people at one row, paper and projector.
import type { Page } from '@playwright/test';

import { test, expect, school, another, awake, ADMIN, DESK, NGOZI, OFFICE, OFFICER, PASSWORD } from './support/school';
import { quickReport, reportFor, row } from './support/journey';
import { codeAt } from './support/totp';

const demo = school();

/** A family reports without drawing a page. */
async function reports(page: Page, who: string, fields: Record<string, string>): Promise<void> {
  await page.context().clearCookies();
  await demo.enter(page, who, '/robots.txt');
  await quickReport(demo, page, fields);
}

test('somebody invited sets up both factors from the mail, and a lost phone is helped by a recovery code, once', async ({ browser }) => {
  const admin = await another(browser, DESK);
  await demo.enterStaff(admin, ADMIN, '/staff/people');
  await admin.getByLabel('Their name, as colleagues know it').fill('Noor Aziz');
  await admin.getByLabel('Their school e-mail address').fill('noor.aziz@demo.example');
  await admin.getByRole('checkbox', { name: 'School office' }).check();
  await admin.getByRole('button', { name: 'Send invitation' }).click();
  const listed = admin.getByRole('listitem').filter({ hasText: 'Noor Aziz' });
  await expect(listed).toContainText('invited');

  const mail = await demo.mailTo(admin, 'noor.aziz@demo.example', /Your account at Nine Fifteen/);
  const link = mail.match(/http\S*\/staff\/join\/\S+/)![0];
  const scanner = await another(browser);
  await scanner.goto(link);
  const page = await another(browser, DESK);
  await page.goto(link);
  await expect(page.getByText('noor.aziz@demo.example')).toBeVisible();
  const secret = await page.locator('input[name=secret]').inputValue();
  const typed = (await page.locator('code').innerText()).replace(/\s/g, '');
  expect(typed, 'what is typed is what is scanned').toBe(secret);
  const scanned = new URL((await page.getByRole('link', { name: 'Open the app from here' }).getAttribute('href'))!);
  expect(scanned.searchParams.get('secret')).toBe(secret);
  await expect(page.getByRole('img', { name: 'A code to scan with the authenticator app.' })).toBeVisible();

  const finish = page.getByRole('button', { name: 'Finish and show recovery codes' });
  for (const [password, said] of [
    ['short', 'Use at least 12 characters'],
    ['passwordpassword', 'Many people use this one. Choose another'],
    ['hazel row primary school', 'The school\'s name and your own address are easy to guess. Choose something else'],
  ]) {
    await page.getByLabel('A new password').fill(password);
    await page.getByRole('textbox', { name: 'Code' }).fill('000000');
    await finish.click();
    await expect(page.getByRole('alert')).toContainText(said);
    await expect(page.getByRole('alert')).toContainText('That code does not work.');
    expect(await page.locator('input[name=secret]').inputValue(), 'the app need not be set up again').toBe(secret);
  }
  await page.getByLabel('A new password').fill('four words quite apart');
  await page.getByRole('textbox', { name: 'Code' }).fill(codeAt(secret, demo.time()));
  await finish.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Keep these codes');
  const codes = await page.getByRole('main').getByRole('listitem').allInnerTexts();
  expect(new Set(codes).size).toBe(8);
  for (const code of codes) expect(code).toMatch(/^[CDFHJKMNPQRTWXY3479]{5}-[CDFHJKMNPQRTWXY3479]{5}$/);
  await page.goto(link);
  await expect(page.getByRole('heading', { level: 1 }), 'the link is used up and the codes are not shown again').toHaveText('This link no longer works');

  await admin.reload();
  await expect(listed).toContainText('active');
  await demo.password(page, 'noor.aziz@demo.example', 'four words quite apart');
  await page.getByLabel('Code').fill(codes[3].toLowerCase().replace('-', ' '));
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Morning board, Monday 23 November');

  const again = await another(browser, DESK);
  await demo.password(again, 'noor.aziz@demo.example', 'four words quite apart');
  await again.getByLabel('Code').fill(codes[3]);
  await again.getByRole('button', { name: 'Go on' }).click();
  await expect(again.getByRole('alert')).toContainText('That code does not work.');
  await demo.secondFactor(again, codes[4]);
});

test('whose account is shut is out on the next request, and opened again comes in as before', async ({ browser }) => {
  const out = await another(browser, DESK);
  await demo.enterStaff(out, OFFICER);
  await awake(out);
  const admin = await another(browser, DESK);
  await demo.enterStaff(admin, ADMIN, '/staff/people');
  await admin.getByText('Change Farah Green').click();
  await admin.getByRole('button', { name: 'Shut account Farah Green' }).click();
  await expect(admin.getByRole('listitem').filter({ hasText: 'Farah Green' })).toContainText('shut');

  await out.getByRole('button', { name: 'Hide words' }).click();
  await expect(out.getByRole('heading', { level: 1 })).toHaveText('Staff sign-in');
  await out.goto(`${demo.origin}/staff/board`);
  await expect(out.getByRole('heading', { level: 1 })).toHaveText('Staff sign-in');
  await out.getByLabel('Your school e-mail address').fill(OFFICER);
  await out.getByLabel('Password').fill(PASSWORD);
  await out.getByRole('button', { name: 'Go on' }).click();
  await expect(out.getByRole('alert')).toContainText('This address and password do not go together.');

  await admin.getByText('Change Farah Green').click();
  await admin.getByRole('button', { name: 'Open account Farah Green' }).click();
  await demo.password(out, OFFICER);

  await admin.getByText('Change Ina Keller').click();
  await admin.getByRole('button', { name: 'Shut account Ina Keller' }).click();
  await expect(admin.getByRole('alert')).toContainText('This is the last administrator. Make another one first.');
});

test('each role sees its own rooms and no other', async ({ page }) => {
  await demo.enterStaff(page, ADMIN, '/staff/board');
  await expect(page.getByRole('heading', { level: 1 }), 'an administrator reads no reports').toHaveText('This page is not part of your work');
  await page.context().clearCookies();
  await demo.enterStaff(page, OFFICE, '/staff/people');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This page is not part of your work');
  await page.context().clearCookies();
  await demo.enterStaff(page, 'governor@demo.example');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Figures');
  await page.goto(`${demo.origin}/staff/board`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This page is not part of your work');
  await page.getByRole('link', { name: 'Go to home' }).click();
  await expect(page.getByRole('heading', { level: 1 }), 'home is the staff’s').toHaveText('Figures');
});

test('two offices at one row: the second learns what the first did, and nothing is overwritten', async ({ page, browser }) => {
  await reports(page, 'jo.whitfield@demo.example', { reason: 'sick' });
  const [first, second] = [await another(browser, DESK), await another(browser, DESK)];
  await demo.enterStaff(first, OFFICE);
  await demo.enterStaff(second, 'head@demo.example');
  await awake(second);
  await row(first, 'Whitfield, Leo').getByRole('button', { name: 'Illness' }).click();
  await expect(row(first, 'Whitfield, Leo')).toHaveAttribute('data-coded', '');

  await expect(second.getByRole('status')).toHaveText('Show what has changed');
  await row(second, 'Whitfield, Leo').locator('summary').click();
  await row(second, 'Whitfield, Leo').getByRole('combobox').selectOption('O');
  await row(second, 'Whitfield, Leo').getByRole('button', { name: 'Use it' }).click();
  await expect(second.getByRole('alert')).toHaveText('A colleague changed this a moment ago. Nothing was written; look at what stands there now.');
  await expect(second.getByRole('alert')).toBeFocused();
  await expect(row(second, 'Whitfield, Leo')).toContainText('Illness, authorised (I)');
  await expect(row(second, 'Whitfield, Leo')).toContainText('Jean Tanner');

  await row(second, 'Whitfield, Leo').getByRole('button', { name: 'Undo' }).click();
  await expect(row(second, 'Whitfield, Leo')).not.toHaveAttribute('data-coded');
  await row(first, 'Whitfield, Leo').getByRole('button', { name: 'Undo' }).click();
  await expect(row(first, 'Whitfield, Leo'), 'what both wanted is done').not.toHaveAttribute('data-coded');
});

test('a report withdrawn under the office’s hand is not coded', async ({ page, browser }) => {
  await demo.enter(page, 'leanne.clarke@demo.example');
  await reportFor(page, 'Noah', { reason: 'High temperature' });
  const board = await another(browser, DESK);
  await demo.enterStaff(board, OFFICE);
  await awake(board);
  await page.getByRole('link', { name: 'Withdraw it' }).click();
  await page.getByRole('button', { name: 'Withdraw the report' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You took this report back');
  await row(board, 'Clarke, Noah').getByRole('button', { name: 'Illness' }).click();
  await expect(board.getByRole('alert')).toHaveText('This report was withdrawn a moment ago. Nothing was written.');
  await expect(row(board, 'Clarke, Noah')).toHaveCount(0);
});

test('on a projector no word of a family can be read, on this screen and after a reload', async ({ page, browser }) => {
  await reports(page, NGOZI, { reason: 'mind', note: 'Canary words of a mother' });
  await reports(page, 'wayan@demo.example', { reason: 'other', 'other-other': 'Canary of our own' });
  await reports(page, 'maria.nunez@demo.example', { reason: 'appointment', 'leaves-appointment': '10:15' });
  const board = await another(browser, DESK);
  await demo.enterStaff(board, OFFICE);
  const words = /Canary|Worried|Something else|Doctor|10\.15/;
  await expect(board.getByRole('main')).toContainText(words);
  await row(board, 'Núñez, Zoë').getByRole('button', { name: 'appointment' }).click();
  await board.getByRole('button', { name: 'Hide words' }).click();
  for (let turn = 0; turn < 2; turn++) {
    await expect(row(board, 'Okafor, Ada')).toContainText('words hidden');
    expect(await board.content()).not.toMatch(words);
    await board.goto(`${demo.origin}/staff/board`);
  }
  const other = await another(browser, DESK);
  await demo.enterStaff(other, 'head@demo.example');
  await expect(other.getByRole('main'), 'another screen is not changed').toContainText(words);
  await board.getByRole('button', { name: 'Show words' }).click();
  await expect(board.getByRole('main')).toContainText(words);
});

test('hidden words hide what the school calls it too', async ({ page, browser }) => {
  await reports(page, 'claire.brennan@demo.example', { reason: 'sick' });
  await reports(page, 't.zoltowski@demo.example', { reason: 'appointment' });
  const board = await another(browser, DESK);
  await demo.enterStaff(board, OFFICE);
  await row(board, 'Żółtowski, Łukasz').locator('.propose button').click();
  await board.getByRole('button', { name: 'Hide words' }).click();
  await expect(row(board, 'Brennan, Isla')).toContainText('words hidden');
  for (const name of ['Brennan, Isla', 'Żółtowski, Łukasz']) {
    expect(await row(board, name).innerText(), 'a health word on a whiteboard').not.toMatch(/illness|medical|dental|appointment/i);
  }
  await board.getByRole('button', { name: 'Show words' }).click();
});

test('on paper the list of everything reported has its lines, and neither home nor the review offers acts', async ({ page, browser }) => {
  await demo.enter(page, 'janet.ainsworth@demo.example');
  await reportFor(page, 'Kayden', { reason: 'High temperature' });
  await page.goto(`${demo.origin}/receipts`);
  const review = await another(browser, DESK);
  await demo.enterStaff(review, OFFICE, '/staff/roster/review');
  const home = await another(browser);
  await demo.enter(home, 'janet.ainsworth@demo.example');
  for (const shown of [page, review, home]) {
    await shown.emulateMedia({ media: 'print' });
    const acts = shown.locator('button, a.btn, main a.tap, .fold u, .foot ul, nav').filter({ visible: true });
    const left = await acts.evaluateAll((found) => found.map((it) => it.outerHTML.slice(0, 80)));
    expect(left).toEqual([]);
  }
  await expect(page.getByText('Kayden, all day')).toBeVisible();
  await expect(page.getByText('High temperature')).toBeVisible();
  await expect(review.getByText('Waiting for you')).toBeVisible();
  const paper = await page.pdf({ preferCSSPageSize: true });
  expect(paper.toString('latin1').match(/\/Type\s*\/Page\b/g), 'one page').toHaveLength(1);
});

test('on paper the board and the receipt are words without buttons, on white', async ({ page, browser }) => {
  await page.context().clearCookies();
  await demo.enter(page, 'm.kaczmarek@demo.example');
  await reportFor(page, 'Zofia', { reason: 'High temperature' });
  const board = await another(browser, DESK);
  await demo.enterStaff(board, OFFICE);
  for (const shown of [page, board]) {
    const acts = shown.locator('button, a.btn, .foot ul, nav, select, kbd, .skip').filter({ visible: true });
    expect(await acts.count(), 'on the screen there are some').toBeGreaterThan(0);
    await shown.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await acts.evaluateAll((found) => found.map((it) => it.outerHTML.slice(0, 80)))).toEqual([]);
    expect(await shown.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)');
    expect(await shown.evaluate(() => getComputedStyle(document.body).color)).toBe('rgb(0, 0, 0)');
  }
  await expect(page.locator('.stamp .ref')).toBeVisible();
  await expect(page.getByText('Ring the office on')).toBeVisible();
  await expect(row(board, 'Kaczmarek, Zofia')).toBeVisible();
  const paper = await page.pdf({ preferCSSPageSize: true });
  expect(paper.toString('latin1').match(/\/Type\s*\/Page\b/g), 'the receipt is one page').toHaveLength(1);
});
