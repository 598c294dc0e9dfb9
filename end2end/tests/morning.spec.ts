// The office at 9.16: a class taken by the keyboard, whom to ring, what drops off, what differs.
import type { Page } from '@playwright/test';

import { test, expect, school, another, awake, DESK, NGOZI, OFFICE, OFFICER } from './support/school';
import { quickReport } from './support/journey';

const demo = school('2026-11-24T09:16:00Z');

/** A family reports without drawing a page. */
async function reports(page: Page, who: string, fields: Record<string, string>): Promise<void> {
  await page.context().clearCookies();
  await demo.enter(page, who, '/robots.txt');
  await quickReport(demo, page, fields);
}

/** Goes to a name by its letters and ticks it, as somebody who types does. */
async function tick(page: Page, letters: string): Promise<void> {
  await page.keyboard.type(letters);
  await page.keyboard.press('Space');
}

test('a class with three absentees is taken by the keyboard in less than twenty seconds', async ({ page, browser }) => {
  const board = await another(browser, DESK);
  await demo.enterStaff(board, OFFICER);
  await awake(board);
  await expect(board.getByRole('link', { name: /Register not in: 14 classes/ })).toBeVisible();
  await demo.enterStaff(page, OFFICE, '/staff/morning');
  const began = Date.now();
  await page.getByRole('link', { name: /^4 Lime/ }).click();
  await awake(page);
  const names = await page.locator('.roll li').evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.name!));
  const three = [names[2], names[11], names[20]];
  for (const name of three) await tick(page, name.slice(0, 6).replace(/ .*/, ''));
  await expect(page.locator('input[name=absent]:checked')).toHaveCount(3);
  // A letter that no name has leaves no child under the next key.
  const parts = names.flatMap((name) => name.split(' '));
  await tick(page, [...'abcdefghijklmnopqrstuvwxyz'].find((letter) => !parts.some((part) => part.startsWith(letter)))!);
  await expect(page.locator('input[name=absent]:checked')).toHaveCount(3);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toContainText('4 Lime is in: 3 absent.');
  expect(Date.now() - began, 'milliseconds').toBeLessThan(20_000);
  await expect(page.locator('.registers a:focus'), 'the next class is one key away').toContainText('not in');

  await expect(board.getByRole('status'), 'the board hears of it').toHaveText('Show what has changed');
  await board.getByRole('link', { name: 'Show what has changed' }).click();
  await expect(board.getByRole('link', { name: /Register not in: 13 classes/ })).toBeVisible();
  await expect(board.getByRole('link', { name: '3 children without a word' })).toBeVisible();
});

test('whom nobody has reported is rung about; when word comes the child drops off for both', async ({ page, browser }) => {
  await demo.enterStaff(page, OFFICE, '/staff/morning');
  await page.getByRole('link', { name: /^3 Oak/ }).click();
  await page.getByRole('checkbox', { name: 'Okafor, Ada absent' }).check();
  await page.getByRole('button', { name: 'Register complete' }).click();
  await page.getByRole('link', { name: /^Call list/ }).first().click();
  const ada = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: /Okafor, Ada/ }) });
  await expect(ada).toContainText('Ngozi Okafor, mother');
  await expect(ada.getByRole('link', { name: /Ring Ngozi Okafor/ })).toHaveAttribute('href', /^tel:07/);

  const second = await another(browser, DESK);
  await demo.enterStaff(second, OFFICER, '/staff/calls');
  await ada.getByRole('button', { name: 'I am ringing' }).click();
  await expect(ada).toContainText('Jean Tanner is ringing, since 9.');
  const hers = second.getByRole('listitem').filter({ has: second.getByRole('heading', { name: /Okafor, Ada/ }) });
  await hers.getByRole('button', { name: 'I am ringing' }).click();
  await expect(second.getByRole('alert')).toContainText('Jean Tanner is ringing about this child');
  await ada.getByRole('button', { name: 'No answer' }).click();
  await expect(ada).toContainText('Jean Tanner: no answer (Ngozi Okafor)');

  await reports(await another(browser), NGOZI, { reason: 'sick' });
  await page.reload();
  await expect(ada).toHaveCount(0);
  await expect(page.getByText(/reported by Ngozi Okafor/)).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Okafor, Ada' })).toContainText('no answer');
});

test('discrepancies of the days before are seen, with what to do on each', async ({ page }) => {
  await demo.enterStaff(page, OFFICE, '/staff/reconciliation');
  for (const [list, says] of [
    ['Reported away, marked as in school (1)', 'Look whether the child is in.'],
    ['Coded here, otherwise in the MIS', 'Key M into the MIS in place of I'],
    ['Absent, not explained', 'N runs out on'],
  ]) {
    const section = page.getByRole('region', { name: list });
    await expect(section.getByRole('row').filter({ hasText: says }).first()).toBeVisible();
  }
  await page.getByRole('link', { name: 'Enter a report' }).first().click();
  await expect(page).toHaveURL(/\/staff\/reports\/new\//);
});

test('pasted out of the MIS: what is not understood is told, the rest is shown and then saved', async ({ page }) => {
  await demo.enterStaff(page, OFFICE, '/staff/morning');
  await page.getByRole('link', { name: 'Paste a list from the MIS' }).click();
  const box = page.getByLabel('Absent children, one on each line');
  await box.fill('Name\tClass\nOkafor, Sam\t1 Elm\nSomebody Else\t1 Elm');
  await page.getByLabel('1 Elm').check();
  await page.getByRole('button', { name: 'See what was understood' }).click();
  await expect(page.getByRole('alert')).toContainText('Line 3: nobody on roll is called');
  await expect(page.getByLabel('1 Elm')).toBeChecked();
  await box.fill('Name\tClass\nOkafor, Sam\t1 Elm');
  await page.getByRole('button', { name: 'See what was understood' }).click();
  await expect(page.getByRole('heading', { name: '1 Elm register complete' })).toBeVisible();
  await page.getByRole('button', { name: 'Save these registers' }).click();
  await expect(page.getByRole('link', { name: /^1 Elm in/ })).toContainText('1 absent');
});

test('without WebAssembly a class is taken all the same, and undone', async ({ browser }) => {
  const page = await another(browser, { ...DESK, javaScriptEnabled: false });
  await demo.enterStaff(page, OFFICE, '/staff/morning');
  await page.getByRole('link', { name: /^2 Fir/ }).click();
  await page.getByRole('checkbox', { name: /absent$/ }).nth(4).focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Register complete' }).click();
  await expect(page.getByRole('status')).toContainText('2 Fir is in: 1 absent.');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('link', { name: /^2 Fir/ })).toContainText('not in');
});

test('on paper the call list and the reconciliation are words and numbers without buttons', async ({ page }) => {
  for (const path of ['/staff/calls', '/staff/reconciliation', '/staff/morning']) {
    await demo.enterStaff(page, OFFICE, path);
    await page.emulateMedia({ media: 'print' });
    const acts = page.locator('button, a.btn, main input, main select, .foot ul, kbd').filter({ visible: true });
    expect(await acts.evaluateAll((found) => found.map((it) => it.outerHTML.slice(0, 80))), path).toEqual([]);
    await page.emulateMedia({ media: 'screen' });
  }
});
