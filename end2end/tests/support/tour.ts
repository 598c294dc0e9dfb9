// Every screen there is, one after another. Whoever takes the tour says what to do at each.
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, type Page } from '@playwright/test';

import { everythingSent, quickReport, row } from './journey';
import { ADMIN, CHIDI, NGOZI, OFFICE, OFFICER, RAHMAN, awake, type School } from './school';
import { figures } from './figures';
import { codeAt } from './totp';
import { calendar, marksHeads, tokens } from './tour_calendar';
import { leaveDesk } from './tour_leave_staff';
import { leavingDesk } from './tour_leaving';
import { designates, prove } from './tour_prove';

/** What to do at a screen. */
export type Visit = (name: string, page: Page) => Promise<void>;

const SENT = { reason: 'sick', 'last-sick': 'night', note: 'Canary: was up all night' };

/** A letter of one page. */
const LETTER =
  '%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n' +
  '3 0 obj <</Type/Page/Parent 2 0 R>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF';

/** Before anybody is signed in. */
export async function signedOut(demo: School, page: Page, visit: Visit): Promise<void> {
  await page.goto(`${demo.origin}/sign-in`);
  await visit('sign-in', page);
  await page.getByRole('button', { name: 'Send me a code' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await visit('sign-in-error', page);
  const mail = await demo.askForCode(page, NGOZI);
  await visit('sign-in-code', page);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await visit('sign-in-code-error', page);
  await page.goto(mail.match(/http\S*\/sign-in\/link\/\S+/)![0]);
  await visit('sign-in-link', page);
  await page.goto(`${demo.origin}/sign-in/link/worn-out`);
  await visit('sign-in-link-dead', page);
  await page.goto(`${demo.origin}/invitation`);
  await visit('invitation', page);
  await page.getByRole('button', { name: 'Sign in on this device' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await visit('invitation-errors', page);
  await demo.enter(page, RAHMAN);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Who are you?');
  await visit('sign-in-who', page);
  await page.goto(`${demo.origin}/no/such/page`);
  await visit('404', page);
  await page.context().clearCookies();
}

/** What guardians see on a morning before the register closes. */
export async function parents(demo: School, page: Page, visit: Visit): Promise<void> {
  const at = async (path: string, name: string) => {
    await page.goto(demo.origin + path);
    await awake(page);
    await visit(name, page);
  };
  await demo.enter(page, NGOZI);
  await at('/', 'home');
  await at('/receipts', 'receipts-empty');
  await page.goto(demo.origin);
  await page.getByRole('link', { name: 'Ada’s attendance' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ada Okafor');
  await page.getByText('The same as a table').click();
  await visit('attendance', page);
  await page.getByLabel('Day', { exact: true }).fill('2026-11-20');
  await page.getByRole('button', { name: 'Show this day' }).click();
  await visit('attendance-day', page);
  await page.getByRole('button', { name: 'Send to the office' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await visit('attendance-day-errors', page);
  await page.goto(demo.origin);
  await page.getByRole('link', { name: 'Ada is not coming in today' }).click();
  await awake(page);
  await visit('report', page);
  await page.getByText('When?').click();
  await page.getByText('Add a note').click();
  await page.getByRole('radio', { name: 'Doctor or dentist' }).check();
  await visit('report-open', page);
  await page.getByRole('radio', { name: 'Sick or diarrhoea' }).check();
  await visit('report-sick', page);
  await page.getByText('More reasons').click();
  await page.getByRole('radio', { name: 'Head lice' }).check();
  await visit('report-more-reasons', page);
  await page.goto(demo.origin);
  await page.getByRole('link', { name: 'Late, leaving early, or another day for Ada' }).click();
  await awake(page);
  await page.getByRole('radio', { name: 'Rash, spots, infection' }).check();
  await page.getByRole('radio', { name: 'Another day, or several' }).check();
  await page.getByRole('radio', { name: 'Leaving early' }).check();
  await visit('report-when', page);
  await page.getByLabel('First day').fill('2026-11-28');
  await page.getByLabel('When did it start?').fill('2026-12-24');
  await page.getByRole('button', { name: 'Send absence report' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await visit('report-when-errors', page);
  await page.evaluate(() => document.querySelector<HTMLFormElement>('form#report')!.submit());
  await page.waitForURL('**/absences/new');
  await expect(page.locator('.errors[aria-labelledby]')).toBeVisible();
  await awake(page);
  await visit('report-when-errors-server', page);
  await page.goto(`${demo.origin}/absences/new`);
  await awake(page);
  await page.getByRole('checkbox', { name: 'Ada' }).uncheck();
  await page.getByRole('checkbox', { name: 'Sam' }).uncheck();
  await page.getByRole('button', { name: 'Send absence report' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await visit('report-errors', page);
  // The same from the server.
  await page.evaluate(() => document.querySelector<HTMLFormElement>('form#report')!.submit());
  await page.waitForURL('**/absences/new');
  await expect(page.locator('.errors[aria-labelledby]')).toBeVisible();
  await awake(page);
  await visit('report-errors-server', page);

  const first = await quickReport(demo, page, SENT);
  await at(first, 'receipt');
  await page.getByRole('button', { name: 'Work it out' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await visit('coming-back-errors', page);
  await page.getByLabel('Time, about').fill('06:30');
  await page.getByRole('button', { name: 'Work it out' }).click();
  await expect(page.getByText('Not before Wednesday 25 November')).toBeVisible();
  await visit('coming-back', page);
  await at(`${first}/evidence`, 'evidence-empty');
  const letter = (name: string) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from(LETTER) });
  await page.locator('#files').setInputFiles([letter('from the hospital.pdf'), letter(`${'long '.repeat(20)}.pdf`), letter('note.pdf.exe')]);
  await page.getByRole('button', { name: 'Add these files' }).click();
  await expect(page.getByRole('alert')).toContainText('One file was not added');
  await awake(page);
  await visit('evidence-errors', page);
  await at(`${first}/evidence`, 'evidence');
  await at('/', 'home-reported');
  await at(`${first}/withdraw`, 'withdraw');
  await at(`${first}/change`, 'change');
  await page.getByRole('radio', { name: 'Rash, spots, infection' }).check();
  await page.getByRole('button', { name: 'Send these answers instead' }).click();
  await page.waitForURL('**/receipts/*');
  await at(new URL(page.url()).pathname, 'receipt-second');
  await at(first, 'receipt-changed');
  await at('/receipts', 'receipts');
  await at('/devices', 'devices');

  await page.goto(`${demo.origin}/absences/new`);
  await awake(page);
  await page.locator('input[name=csrf]').first().evaluate((field: HTMLInputElement) => (field.value = 'worn-out'));
  await page.getByRole('radio', { name: 'Rash, spots, infection' }).check();
  await page.getByRole('button', { name: 'Send absence report' }).click();
  await expect(page.getByText('NOT received')).toBeVisible();
  await visit('stale-form', page);

  await page.context().clearCookies();
  await demo.enter(page, 't.penhaligon@demo.example', '/absences/new');
  await awake(page);
  // The same form sent behind its back, then sent again with another answer.
  const sent = new URLSearchParams(await page.locator('form#report').evaluate((form: HTMLFormElement) => new URLSearchParams(new FormData(form) as never).toString()));
  const fields = { ...Object.fromEntries(sent), who: sent.getAll('who'), reason: 'sick' };
  const coded = await demo.post(page, '/absences/new', await page.content(), fields);
  await page.getByRole('radio', { name: 'Doctor or dentist' }).check();
  await page.getByRole('button', { name: 'Send absence report' }).click();
  await expect(page.getByText('You already sent this at')).toBeVisible();
  await awake(page);
  await visit('report-already', page);
  await code(demo, page, 'Penhaligon, Matilda');
  await code(demo, page, 'Penhaligon, Rupert');
  await at(new URL(coded.url()).pathname, 'receipt-coded');
  await at('/', 'home-coded');
  await page.goto(`${coded.url()}/withdraw`);
  const go = page.getByRole('button', { name: 'Withdraw the report' });
  if (await go.isVisible()) await go.click();
  await expect(page.getByRole('heading', { name: 'This can no longer be changed here' })).toBeVisible();
  await visit('withdraw-refused', page);

  const run = { reason: 'sick', day: 'other', first: '2026-11-23', until: '2026-11-24' };
  await page.context().clearCookies();
  await demo.enter(page, 'm.kaczmarek@demo.example');
  const several = await quickReport(demo, page, run);
  await at('/', 'home-several-days');
  await code(demo, page, 'Kaczmarek, Zofia');
  await at(several, 'receipt-several-days');
  await at('/receipts', 'receipts-several-days');
  await page.context().clearCookies();
  await demo.enter(page, 'janet.ainsworth@demo.example');
  await at(await quickReport(demo, page, { reason: 'appointment', part: 'leaving', goes: '10:15', back: '11:30' }), 'receipt-leaving');
  await at('/', 'home-leaving');
  await page.context().clearCookies();
  await demo.enter(page, 's.obrien@demo.example');
  await at(await quickReport(demo, page, { reason: 'lice', part: 'late', arrives: '10:15' }), 'receipt-coming-in-late');
  await at('/', 'home-coming-in-late');

  await page.context().clearCookies();
  await demo.enter(page, 'jory.penhaligon@demo.example');
  await at('/', 'home-other-adult');
  await at(await quickReport(demo, page, { reason: 'other', 'other-other': 'Canary of our own' }), 'receipt-other-adult');
  for (const [who, name] of [['pat.clarke@demo.example', 'home-view-only'], ['tom.brennan@demo.example', 'home-nobody'], ['long.names@demo.example', 'home-long-names']]) {
    await page.context().clearCookies();
    await demo.enter(page, who);
    await at('/', name);
  }
  await at(await quickReport(demo, page, { reason: 'ring', note: 'Canary '.repeat(70) }), 'receipt-long');
  await page.context().clearCookies();
  await demo.enter(page, 'grace.adeyemi@demo.example');
  await at('/', 'home-four');
  await prove(demo, page, visit);
}

/** The office codes a child, unseen. */
async function code(demo: School, page: Page, name: string): Promise<void> {
  const context = await page.context().browser()!.newContext();
  const board = await context.newPage();
  await demo.enterStaff(board, OFFICE);
  await row(board, name).locator('.propose button').click();
  await expect(row(board, name)).toHaveAttribute('data-coded', '');
  await context.close();
}

/** The same pages at other times. The school's clock runs on. */
export async function otherTimes(demo: School, page: Page, visit: Visit): Promise<void> {
  const at = async (path: string, name: string) => {
    await page.goto(demo.origin + path);
    await awake(page);
    await visit(name, page);
  };
  await demo.enter(page, 'ines.figueira@demo.example', '/robots.txt');
  await quickReport(demo, page, SENT);
  await page.context().clearCookies();
  await demo.enter(page, 'maria.nunez@demo.example');
  await demo.moveTo('2026-11-24T08:52:00Z');
  await at('/', 'home-open');
  await page.context().clearCookies();
  await demo.enter(page, 'ines.figueira@demo.example');
  await at('/', 'home-still-unwell');
  await page.getByRole('button', { name: 'Mateus is still unwell today' }).click();
  await page.waitForURL('**/receipts/*');
  await at(new URL(page.url()).pathname, 'receipt-still-unwell');
  await page.context().clearCookies();
  await demo.enter(page, 'maria.nunez@demo.example');
  await demo.moveTo('2026-11-24T09:20:00Z');
  await at('/', 'home-closed');
  await at('/absences/new', 'report-closed');
  await at(await quickReport(demo, page, SENT), 'receipt-late');
  await at('/', 'home-reported-late');
  await demo.moveTo('2026-11-24T16:00:00Z');
  await at('/', 'home-after-school');
  await demo.moveTo('2026-11-29T10:00:00Z');
  await at('/', 'home-sunday');
  await at('/absences/new', 'report-sunday');
  await at(await quickReport(demo, page, SENT), 'receipt-in-advance');
  await at('/', 'home-sunday-reported');
}

/** What staff see, on a morning on which the register has closed. */
export async function staff(demo: School, page: Page, visit: Visit): Promise<void> {
  const sends = async (who: string, fields: Record<string, string>) => {
    await page.context().clearCookies();
    await demo.enter(page, who, '/robots.txt');
    await quickReport(demo, page, fields);
  };
  await sends(NGOZI, SENT);
  const sent = (await everythingSent(page, demo.origin))[0].replace('-', '');
  await page.goto(`${demo.origin}/receipts/${sent}/evidence`);
  await page.locator('#files').setInputFiles({ name: 'from the hospital.pdf', mimeType: 'application/pdf', buffer: Buffer.from(LETTER) });
  await page.getByRole('button', { name: 'Add these files' }).click();
  await sends(CHIDI, { reason: 'temperature' });
  await sends('long.names@demo.example', { reason: 'other', 'other-other': 'Canary of our own', part: 'am' });
  await sends('s.obrien@demo.example', { reason: 'appointment', 'leaves-appointment': '10:15', 'returns-appointment': '11:30', part: 'am' });
  await demo.moveTo(`${new Date(demo.time()).toISOString().slice(0, 10)}T09:20:00Z`);
  await sends('wayan@demo.example', { reason: 'ring', note: 'Canary '.repeat(20) });
  await page.context().clearCookies();
  const at = async (path: string, name: string) => {
    await page.goto(demo.origin + path);
    await awake(page);
    await visit(name, page);
  };
  await at('/staff/sign-in', 'staff-sign-in');
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await visit('staff-sign-in-error', page);
  await demo.password(page, OFFICER);
  await visit('staff-second-factor', page);
  await page.getByLabel('Code').fill('CDFHJ-KMN34');
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await visit('staff-second-factor-error', page);

  await demo.enterStaff(page, OFFICE);
  await at('/staff/board?day=2026-11-25', 'board-empty');
  await at('/staff/board?day=2026-11-22', 'board-sunday');
  await at('/staff/morning', 'morning');
  await page.getByRole('link', { name: /^3 Oak/ }).click();
  await awake(page);
  await visit('register', page);
  await page.getByRole('checkbox', { name: /absent$/ }).first().check();
  await page.getByRole('checkbox', { name: /^late for/ }).first().check();
  await page.getByRole('button', { name: 'Register complete' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await awake(page);
  await visit('register-errors', page);
  await page.getByRole('checkbox', { name: /^late for/ }).first().uncheck();
  await page.getByRole('button', { name: 'Register complete' }).click();
  await expect(page.getByRole('status')).toBeVisible();
  await visit('morning-done', page);
  await at('/staff/calls', 'calls');
  await page.getByRole('button', { name: /^Spoke to them/ }).first().click();
  await expect(page.getByRole('heading', { name: 'Spoken to (1)' })).toBeVisible();
  await visit('calls-spoken', page);
  await at('/staff/reconciliation', 'reconciliation');
  await page.getByText(/lines? ha(s|ve) nothing to do/).click();
  await visit('reconciliation-open', page);
  await at('/staff/morning/paste', 'paste');
  await page.getByLabel('Absent children, one on each line').fill('Okafor, Sam\nSomebody Else');
  await page.getByRole('button', { name: 'See what was understood' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await visit('paste-errors', page);
  await page.getByLabel('Absent children, one on each line').fill('Okafor, Sam');
  await page.getByRole('button', { name: 'See what was understood' }).click();
  await expect(page.getByRole('button', { name: 'Save these registers' })).toBeVisible();
  await visit('paste-plan', page);
  await at('/staff/board', 'board');
  await page.locator('.other-code > summary').first().click();
  await visit('board-other-code', page);
  await page.getByRole('button', { name: 'Hide words' }).click();
  await expect(page.getByText('words hidden').first()).toBeVisible();
  await awake(page);
  await visit('board-hidden-words', page);
  await page.getByRole('button', { name: 'Show words' }).click();
  await page.locator('.propose button').first().click();
  await page.goto(`${demo.origin}/staff/board`);
  await awake(page);
  await visit('board-coded', page);
  const stale = page.locator('.propose').first();
  await stale.locator('input[name=seen]').evaluate((field: HTMLInputElement) => (field.value = 'I I'));
  await stale.getByRole('button').click();
  await expect(page.getByRole('alert')).toBeVisible();
  await awake(page);
  await visit('board-changed-meanwhile', page);
  await at('/staff/people', 'staff-not-allowed');
  await at(`/staff/evidence/${sent}`, 'staff-evidence');
  await enterReport(demo, page, visit);
  await figures(demo, page, visit);
  await roster(demo, page, visit);
  await calendar(demo, page, visit);
  await leaveDesk(demo, page, visit);
  await leavingDesk(demo, page, visit);
  await designates(demo, page, visit);

  await page.context().clearCookies();
  await demo.enterStaff(page, ADMIN);
  await at('/staff/people', 'people');
  await tokens(demo, page, visit);
  await page.goto(`${demo.origin}/staff/people`);
  await page.getByText('Change Jean Tanner').click();
  await visit('people-open', page);
  await page.getByRole('button', { name: 'Send invitation' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await visit('people-errors', page);
  const old = await demo.mail(page);
  await demo.post(page, '/staff/people', '/staff/people', { name: 'Noor Aziz', email: 'noor@demo.example', roles: 'office' });
  const link = (await demo.mailTo(page, 'noor@demo.example', /Your account/, old)).match(/http\S*\/staff\/join\/\S+/)![0];
  await at('/staff/mail', 'mail-none');
  await demo.enterStaff(page, OFFICE);
  await at('/staff/board/list', 'list-for-mis');
  await at('/staff/marks', 'marks');
  await marksHeads(demo, page, visit);
  await at('/staff/prove?to=/staff/board', 'prove');
  await demo.enterStaff(page, 'admin@demo.example');
  await withBrokenMail(demo, async () => {
    await demo.post(page, '/staff/people', '/staff/people', { name: 'Al Late', email: 'al@demo.example', roles: 'governor' });
    await expect(async () => {
      await page.goto(`${demo.origin}/staff/mail`);
      await expect(page.getByText('trying again')).toBeVisible({ timeout: 100 });
    }).toPass();
    await visit('mail', page);
  });

  await page.context().clearCookies();
  await page.goto(link);
  await visit('join', page);
  await page.getByRole('button', { name: 'Finish and show recovery codes' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await visit('join-errors', page);
  await page.getByLabel('A new password').fill('three words apart');
  await page.getByRole('textbox', { name: 'Code' }).fill(codeAt(await page.locator('input[name=secret]').inputValue(), demo.time()));
  await page.getByRole('button', { name: 'Finish and show recovery codes' }).click();
  await expect(page.getByRole('heading', { name: 'Keep these codes' })).toBeVisible();
  await visit('join-recovery-codes', page);
  await page.goto(link);
  await visit('join-dead', page);
  await demo.enterStaff(page, 'dpo@demo.example');
  await at('/staff/retention', 'retention');
  await page.getByLabel('Declarations: years').fill('a hundred');
  await page.getByRole('button', { name: 'Keep it for so long' }).click();
  await expect(page.getByRole('alert')).toContainText('Give a whole number from 1 to 25');
  await visit('retention-errors', page);
  await demo.enterStaff(page, 'governor@demo.example');
  await visit('staff-welcome', page);
}

/** A question and its answer, as the office and one parent see them. Staff and parent share the browser. */
export async function questions(demo: School, page: Page, visit: Visit): Promise<void> {
  const at = async (path: string, name: string) => {
    await page.goto(demo.origin + path);
    await awake(page);
    await visit(name, page);
  };
  const send = () => page.getByRole('button', { name: 'Send', exact: true }).click();
  await demo.enter(page, 'f.khan@demo.example');
  const receipt = await quickReport(demo, page, SENT);
  const report = receipt.replace('/receipts/', '/staff/reports/');
  await demo.enterStaff(page, OFFICE);
  await at(report, 'one-report');
  await send();
  await expect(page.getByRole('alert')).toBeVisible();
  await visit('one-report-errors', page);
  await page.getByRole('radio', { name: 'In your own words' }).check();
  await send();
  await expect(page.getByRole('alert')).toContainText('Write something first');
  await visit('one-report-errors-own', page);
  await page.getByRole('radio', { name: 'Which illness is it?' }).check();
  await send();
  await expect(page.locator('.talk li')).toHaveCount(1);
  await at(report, 'one-report-asked');
  await at('/staff/board', 'board-asked');
  await at('/', 'home-asked');
  await at(receipt, 'receipt-asked');
  await page.getByRole('button', { name: 'Send answer' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await visit('receipt-asked-errors', page);
  await page.getByLabel('Your answer').fill('Canary: spots since the night.\n'.repeat(6));
  await page.getByRole('button', { name: 'Send answer' }).click();
  await expect(page.locator('.talk li')).toHaveCount(2);
  await at(receipt, 'receipt-answered');
  await page.locator('summary', { hasText: 'Write to the school about this' }).click();
  await visit('receipt-write', page);
  await at('/staff/board', 'board-answered');
  await at(report, 'one-report-answered');
  await page.goto(`${demo.origin}/staff/board`);
  await page.getByRole('button', { name: 'Hide words' }).click();
  await expect(page.getByText('words hidden').first()).toBeVisible();
  await at(report, 'one-report-hidden');
  await page.goto(`${demo.origin}/staff/board`);
  await page.getByRole('button', { name: 'Show words' }).click();

  await demo.enter(page, 'ines.figueira@demo.example');
  const other = await quickReport(demo, page, { reason: 'temperature' });
  await page.goto(`${demo.origin}/staff/board`);
  await page.locator('tr', { hasText: 'Figueira' }).locator('.propose button').click();
  await at('/staff/board', 'board-coded-report');
  await at(other, 'receipt-ask-change');
  await page.locator('summary', { hasText: 'Ask for a change' }).click();
  await visit('receipt-ask-change-open', page);
}

/** What the office sees while somebody is on the telephone. */
async function enterReport(demo: School, page: Page, visit: Visit): Promise<void> {
  const find = async (letters: string) => {
    await page.goto(`${demo.origin}/staff/reports/new`);
    await page.getByLabel('Child').fill(letters);
    await page.getByRole('button', { name: 'Find' }).click();
  };
  await find('');
  await visit('enter-report', page);
  await find('qqq');
  await visit('enter-report-nobody', page);
  await find('okafor');
  await visit('enter-report-found', page);
  await page.getByRole('link', { name: 'Okafor, Ada' }).click();
  await visit('enter-report-form', page);
  await page.locator('summary', { hasText: 'When?' }).click();
  await page.getByRole('radio', { name: 'Another day, or several' }).check();
  await page.getByRole('radio', { name: 'Coming in late' }).check();
  await page.getByRole('button', { name: 'Enter this report' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await visit('enter-report-errors', page);
  await find('featherstonehaugh');
  await page.getByRole('radio', { name: 'High temperature' }).check();
  await visit('enter-report-long-names', page);
  await page.getByRole('button', { name: 'Enter this report' }).click();
  await expect(page.getByRole('status')).toContainText('Entered for Mina');
  await visit('enter-report-done', page);
}

/** The demo's file of pupils and contacts, and who may do what afterwards. */
async function roster(demo: School, page: Page, visit: Visit): Promise<void> {
  const whole = readFileSync(join(demo.folder, 'roster.csv'));
  const handIn = async (buffer: Buffer) => {
    await page.goto(`${demo.origin}/staff/roster`);
    await page.getByLabel('The file', { exact: true }).setInputFiles({ name: 'roster.csv', mimeType: 'text/csv', buffer });
    await page.getByRole('button', { name: 'Show what it would change' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('What this file would change');
  };
  await page.goto(`${demo.origin}/staff/roster`);
  await visit('roster', page);
  await page.getByRole('button', { name: 'Show what it would change' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await visit('roster-error', page);
  await handIn(whole.subarray(0, whole.length / 2));
  await page.getByRole('button', { name: 'Bring it in' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await visit('roster-doubt', page);
  await handIn(whole);
  await visit('roster-plan', page);
  await page.getByRole('button', { name: 'Bring it in' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('It is in');
  await visit('roster-done', page);
  await handIn(whole);
  await visit('roster-nothing', page);
  const file = page.url();
  await page.getByRole('button', { name: 'Throw the file away' }).click();
  await page.goto(file);
  await visit('roster-gone', page);

  await demo.enterStaffAnew(page, 'attendance@demo.example', '/staff/roster/review');
  await page.locator('.people details').first().locator('summary').click();
  await visit('review', page);
  await page.getByRole('link', { name: '1 Cedar' }).click();
  await page.locator('.people summary', { hasText: "Siobhán O'Brien" }).click();
  await visit('review-class', page);
  await page.getByRole('button', { name: "Print an invitation Siobhán O'Brien" }).click();
  await expect(page.getByText('This code is shown only now.')).toBeVisible();
  await visit('invitation-sheet', page);
  await page.context().clearCookies();
  await demo.enterStaff(page, 'safeguarding@demo.example', '/staff/roster/review');
  await page.locator('#barred > summary').click();
  await page.locator('#barred .people summary').first().click();
  await visit('review-safeguarding', page);
}

/** While this runs, no message can be written. */
async function withBrokenMail(demo: School, run: () => Promise<void>): Promise<void> {
  const folder = join(demo.folder, 'mail');
  renameSync(folder, `${folder}-aside`);
  writeFileSync(folder, '');
  await run();
  rmSync(folder);
  renameSync(`${folder}-aside`, folder);
}
