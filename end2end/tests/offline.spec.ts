// The signal goes while a report is being sent.
import { test, expect, school, another, awake, DESK, NGOZI, OFFICE } from './support/school';
import { everythingSent, fill, row, send } from './support/journey';

const demo = school();

test('a report that finds no signal says so, keeps the answers and goes when the signal is back', async ({ page, browser }) => {
  await demo.enter(page, NGOZI, '/absences/new');
  await awake(page);
  await page.getByRole('checkbox', { name: 'Sam' }).uncheck();
  await fill(page, { reason: 'Sick or diarrhoea', note: 'One bar of signal' });
  await page.getByRole('radio', { name: 'This morning' }).check();

  await page.context().setOffline(true);
  for (let turn = 0; turn < 2; turn++) {
    await page.getByRole('button', { name: 'Send absence report' }).click();
    const said = page.getByRole('alert');
    await expect(said).toHaveCount(1);
    await expect(said).toBeFocused();
    await expect(said).toContainText('Not sent: there is no connection to the school. Your answers are still here. Try again, or ring 01632 960915, option 1.');
    await expect(page.getByRole('button', { name: 'Send absence report' })).not.toHaveAttribute('aria-disabled');
  }
  await expect(page.getByRole('checkbox', { name: 'Ada' })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: 'Sam' })).not.toBeChecked();
  await expect(page.getByRole('radio', { name: 'Sick or diarrhoea' })).toBeChecked();
  await expect(page.getByRole('radio', { name: 'This morning' })).toBeChecked();
  await expect(page.getByLabel('Anything the office should know today')).toHaveValue('One bar of signal');

  await page.context().setOffline(false);
  const sent = await send(page);
  expect(await everythingSent(page, demo.origin)).toEqual([sent]);
  await expect(page.locator('.facts')).toContainText('One bar of signal');
  const board = await another(browser, DESK);
  await demo.enterStaff(board, OFFICE);
  await expect(row(board, 'Okafor, Ada')).toHaveCount(1);
  await expect(row(board, 'Okafor, Sam')).toHaveCount(0);
});

test('a school that is away for a moment is no connection, and the same form goes when it is back', async ({ page }) => {
  await demo.enter(page, 'jo.whitfield@demo.example', '/absences/new');
  await awake(page);
  await fill(page, { reason: 'High temperature' });
  await demo.pause();
  await page.getByRole('button', { name: 'Send absence report' }).click();
  await expect(page.getByRole('alert')).toContainText('Not sent: there is no connection to the school.');
  await demo.moveTo('2026-11-23T09:16:00Z');
  const sent = await send(page);
  await expect(page.locator('.stamp'), 'the time that counts is the one at which it arrived').toContainText('after the register closed at 9.15');
  expect(await everythingSent(page, demo.origin)).toEqual([sent]);
});
