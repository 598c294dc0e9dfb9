// The whole task without a mouse, and what a screen reader is told.
import type { Page } from '@playwright/test';

import { test, expect, school, another, awake, DESK, CHIDI, NGOZI, OFFICE } from './support/school';
import { quickReport, row, walkTo } from './support/journey';

const demo = school();

/** What has the focus: its role and name as they are said, and whether one sees that it has it. */
async function focused(page: Page): Promise<string> {
  const said = (await page.locator(':focus').ariaSnapshot()).split('\n')[0].replace(/^- |:$/g, '');
  const seen = await page.evaluate(() => {
    const it = document.activeElement as HTMLElement;
    // A box to tick shows it on the label around it.
    return [it, it.closest<HTMLElement>('.opt')].some((element) => {
      if (!element) return false;
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      return style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 3 && box.bottom > 0 && box.top < innerHeight;
    });
  });
  expect.soft(seen, `the focus on ${said} is seen`).toBe(true);
  return said;
}

/** Presses Tab until this has the focus; everything passed on the way. */
async function tabTo(page: Page, wanted: string | RegExp): Promise<string[]> {
  const passed: string[] = [];
  for (let step = 0; step < 40; step++) {
    await page.keyboard.press('Tab');
    passed.push(await focused(page));
    if (typeof wanted === 'string' ? passed.at(-1)!.includes(wanted) : wanted.test(passed.at(-1)!)) return passed;
  }
  throw new Error(`Tab never reached ${wanted}: ${passed.join(', ')}`);
}

test('a parent signs in, reports and finds the receipt with the keyboard alone', async ({ page }) => {
  await page.goto(`${demo.origin}/sign-in`);
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('link "Skip to the page"');
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();
  await page.keyboard.press('Tab');
  expect(await focused(page), 'past the head').toContain('textbox "Your e-mail address');
  await page.keyboard.type(NGOZI);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Look in your inbox');
  const code = (await demo.mailTo(page, NGOZI, /Your code for/)).match(/Your code is (\d{6})/)![1];
  await tabTo(page, 'textbox "Code from the message');
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname === '/');

  expect(await tabTo(page, 'Ada is not coming in today')).toEqual([
    'link "Skip to the page"',
    'link "Nine Fifteen"',
    'link "Ada is not coming in today"',
  ]);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/absences/new');
  await awake(page);
  expect(await tabTo(page, 'Send absence report')).toEqual([
    'link "Skip to the page"',
    'link "Nine Fifteen"',
    'checkbox "Ada" [checked]',
    'checkbox "Sam"',
    expect.stringMatching(/When\? Today, all day.* Change/),
    expect.stringMatching(/^radio "Sick or diarrhoea"/),
    expect.stringMatching(/More reasons Show/),
    expect.stringMatching(/Add a note Optional Write/),
    'button "Send absence report"',
  ]);

  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toBeFocused();
  await tabTo(page, 'link "Choose a reason"');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Space');
  expect(await focused(page)).toContain('radio "Sick or diarrhoea" [checked]');
  await page.keyboard.press('ArrowDown');
  expect(await focused(page), 'arrows walk the reasons').toContain('radio "High temperature" [checked]');
  await tabTo(page, 'Add a note');
  await page.keyboard.press('Enter');
  await tabTo(page, 'Anything the office should know today');
  await page.keyboard.type('By keyboard');
  await tabTo(page, 'Send absence report');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/receipts/*');
  await expect(page.locator('.facts')).toContainText('By keyboard');
  await tabTo(page, 'link "Withdraw it"');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/withdraw');
  await tabTo(page, 'button "Withdraw the report"');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You took this report back');
});

test('the office codes, recodes and undoes by keys', async ({ page, browser }) => {
  for (const who of ['jo.whitfield@demo.example', 'leanne.clarke@demo.example', 'claire.brennan@demo.example']) {
    await page.context().clearCookies();
    await demo.enter(page, who, '/robots.txt');
    await quickReport(demo, page, { reason: 'sick' });
  }
  const board = await another(browser, DESK);
  await demo.enterStaff(board, OFFICE);
  await awake(board);
  const on = board.locator('tr.on .who');
  await expect(on).toHaveText('Whitfield, Leo');
  await board.keyboard.press('j');
  await expect(on).toHaveText('Clarke, Noah');
  await board.keyboard.press('j');
  await board.keyboard.press('j');
  await expect(on, 'the last row is the last').toHaveText('Brennan, Isla');
  await board.keyboard.press('k');
  await expect(on).toHaveText('Clarke, Noah');

  const drawn = () => board.waitForResponse((answer) => answer.request().method() === 'GET' && answer.url().endsWith('/staff/board'));
  const press = async (key: string) => {
    await Promise.all([drawn(), board.keyboard.press(key)]);
    await board.waitForLoadState();
    await awake(board);
  };
  await press('m');
  await expect(row(board, 'Clarke, Noah')).toContainText('Medical or dental appointment, authorised (M)');
  await press('Enter');
  await expect(row(board, 'Whitfield, Leo')).toContainText('Illness, authorised (I)');
  await press('u');
  await expect(row(board, 'Whitfield, Leo'), 'the last thing done is undone').not.toHaveAttribute('data-coded');
  await expect(row(board, 'Clarke, Noah')).toHaveAttribute('data-coded', '');

  await walkTo(board, 'Brennan, Isla');
  await press('h');
  await expect(row(board, 'Brennan, Isla')).toContainText('words hidden');
  await press('h');
  await board.keyboard.press('Control+m');
  await row(board, 'Brennan, Isla').locator('summary').click();
  await row(board, 'Brennan, Isla').getByRole('combobox').focus();
  await board.keyboard.press('o');
  await expect(row(board, 'Brennan, Isla'), 'letters typed in a list choose from it, and nothing else').not.toHaveAttribute('data-coded');
});

test('undo takes back what was coded last, wherever it stands in the list', async ({ page, browser }) => {
  for (const who of ['maria.nunez@demo.example', 'wayan@demo.example']) {
    await page.context().clearCookies();
    await demo.enter(page, who, '/robots.txt');
    await quickReport(demo, page, { reason: 'sick' });
  }
  const board = await another(browser, DESK);
  await demo.enterStaff(board, OFFICE);
  for (const name of ['Núñez, Zoë', 'Suhartini']) {
    await row(board, name).getByRole('button', { name: 'Illness' }).click();
    await expect(row(board, name)).toHaveAttribute('data-coded', '');
  }
  await awake(board);
  await board.keyboard.press('u');
  await expect(row(board, 'Suhartini')).not.toHaveAttribute('data-coded');
  await expect(row(board, 'Núñez, Zoë')).toHaveAttribute('data-coded', '');
});

test('a screen reader is told what home, the form and the board say', async ({ page, browser }) => {
  await demo.enter(page, CHIDI);
  await expect(page.getByRole('main')).toMatchAriaSnapshot(`
    - paragraph: Monday 23 November 2026 Good morning, Chidi
    - heading "The register closes in 1 hour 11 minutes" [level=1]
    - paragraph: If Ada and Sam are on their way, there is nothing to do.
    - region "Ada":
      - text: Today is not marked yet
      - heading "Ada" [level=2]
      - paragraph: 3 Oak · Nothing reported
      - link "Ada is not coming in today"
      - link "Late, leaving early, or another day for Ada"
    - region "Sam":
      - text: Today is not marked yet
      - heading "Sam" [level=2]
      - paragraph: 1 Elm · Nothing reported
      - link "Sam is not coming in today"
      - link "Late, leaving early, or another day for Sam"
    - paragraph:
      - link "Both staying at home? Report them together"
    - navigation "More":
      - list:
        - listitem:
          - link "Everything reported"
        - listitem:
          - link "Devices you are signed in on"
  `);

  await page.goto(`${demo.origin}/absences/new`);
  await awake(page);
  await expect(page.locator('form#report')).toMatchAriaSnapshot(`
    - heading "Not coming in" [level=1]
    - paragraph: 8.04 · register closes in 1 hour 11 minutes
    - group "Who?":
      - checkbox "Ada" [checked]
      - checkbox "Sam" [checked]
    - group: When? Today, all day Change
    - group "Why?":
      - radio "Sick or diarrhoea"
      - radio "High temperature"
      - radio "Cold, cough, throat"
      - radio "Rash, spots, infection"
      - radio "Pain or injury"
      - radio "Worried or low"
      - radio "Doctor or dentist"
      - radio "Religious festival"
      - radio "Something else"
      - radio "Please ring me"
      - group: More reasons Show
    - group: Add a note Optional Write
    - button "Send absence report"
    - paragraph: The school decides how each absence is recorded.
    - paragraph:
      - link "Go back without sending"
  `);
  await page.getByRole('radio', { name: 'Sick or diarrhoea' }).check();
  await expect(page.getByRole('group', { name: 'When were they last sick?' })).toMatchAriaSnapshot(`
    - group "When were they last sick? Optional":
      - radio "This morning"
      - radio "In the night"
      - radio "Yesterday"
      - radio "It has not stopped"
  `);

  await quickReport(demo, page, { reason: 'temperature', part: 'am' });
  const board = await another(browser, DESK);
  await demo.enterStaff(board, OFFICE);
  await expect(board.getByRole('table', { name: 'Reports to code' })).toMatchAriaSnapshot(`
    - rowgroup:
      - row:
        - columnheader "Sent"
        - columnheader "Child"
        - columnheader "Class"
        - columnheader "Day"
        - columnheader "Reason"
        - columnheader "From"
        - columnheader "Code it"
  `);
  await expect(row(board, 'Okafor, Ada')).toMatchAriaSnapshot(`
    - row:
      - cell /08:04/:
        - checkbox /tick Okafor, Ada/
      - rowheader "Okafor, Ada"
      - cell "3 Oak"
      - cell "Morning"
      - cell /High temperature/
      - cell /Chidi Okafor/:
        - link /report for Okafor, Ada/
      - cell:
        - button "I Illness for Okafor, Ada"
        - group: Another code for Okafor, Ada
  `);
});
