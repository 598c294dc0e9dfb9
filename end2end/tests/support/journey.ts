// What people do on the pages, one function a task. Nothing here needs script in the page.
import { expect, type Locator, type Page } from '@playwright/test';

import type { School } from './school';

/** A reference: two groups of four, no letter or figure that could be mistaken for another. */
export const REFERENCE = /^(?=.*[3479])[CDFHJKMNPQRTWXY3479]{4}-[CDFHJKMNPQRTWXY3479]{4}$/;

export interface Report {
  reason: string;
  note?: string;
}

/** Fills the form that is open. */
export async function fill(page: Page, { reason, note }: Report): Promise<void> {
  await page.getByRole('radio', { name: reason }).check();
  if (note !== undefined) {
    const written = page.getByLabel('Anything the office should know today');
    if (!(await written.isVisible())) await page.getByText('Add a note').click();
    await written.fill(note);
  }
}

/** Sends the form that is open and reads the receipt's reference. */
export async function send(page: Page, button = 'Send absence report'): Promise<string> {
  await page.getByRole('button', { name: button }).click();
  await page.waitForURL('**/receipts/*');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The school has your report');
  return reference(page);
}

/** The reference on the receipt that is open. */
export async function reference(page: Page): Promise<string> {
  return (await page.locator('.stamp .ref').innerText()).trim();
}

/** From home to the receipt, for this child. */
export async function reportFor(page: Page, child: string, report: Report): Promise<string> {
  await page.getByRole('link', { name: new RegExp(`^${child} is not coming in`) }).click();
  await fill(page, report);
  return send(page);
}

/** Reports every child of the guardian who is signed in, or this one, without drawing a page. Answers the receipt's path. */
export async function quickReport(demo: School, page: Page, fields: Record<string, string>): Promise<string> {
  const html = await (await page.request.get(`${demo.origin}/absences/new`)).text();
  const values = (name: string) => [...html.matchAll(new RegExp(`name="${name}" value="([^"]*)"`, 'g'))].map((found) => found[1]);
  const who = values('who');
  const day = values('day')[0];
  const answer = await demo.post(page, '/absences/new', html, { who, day, part: 'all', ...fields });
  expect(answer.url(), await answer.text()).toContain('/receipts/');
  return new URL(answer.url()).pathname;
}

/** The references of everything this guardian has sent. */
export async function everythingSent(page: Page, origin: string): Promise<string[]> {
  const list = await (await page.request.get(`${origin}/receipts`)).text();
  // A line a child and day: those of one report lead to one receipt.
  const sent = [...list.matchAll(/href="\/receipts\/(\w{4})(\w{4})"/g)].map((found) => `${found[1]}-${found[2]}`);
  return [...new Set(sent)];
}

/** A child's row on the board. */
export function row(board: Page, name: string): Locator {
  return board.getByRole('row').filter({ has: board.getByRole('rowheader', { name, exact: true }) });
}

/** Walks down the board by key until this child's row is the one that keys act on. */
export async function walkTo(board: Page, name: string): Promise<void> {
  for (let step = 0; step < 40; step++) {
    if (/\bon\b/.test((await row(board, name).getAttribute('class')) ?? '')) return;
    await board.keyboard.press('j');
  }
  throw new Error(`J never reached ${name}`);
}
