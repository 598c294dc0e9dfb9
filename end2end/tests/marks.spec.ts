// Marks of the register by hand and by program: unknown heads are explained once, and a token opens one door only.
import { request, type Browser, type Page } from '@playwright/test';

import { School, test, expect, another, ADMIN, DESK, OFFICE } from './support/school';

const HOW = { 'with everything': true, 'without script': false };
const FILE = 'Ref,When,Half,Letter\nX0001,20/11/2026,AM,/\n';

async function handIn(page: Page, text: string): Promise<void> {
  await page.getByLabel('The file', { exact: true }).setInputFiles({ name: 'marks.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await page.getByRole('button', { name: 'Show what it would change' }).click();
}

for (const [how, script] of Object.entries(HOW)) {
  test(`staff say which column is which and bring the marks in, ${how}`, async ({ browser }) => {
    const demo = await new School().open();
    try {
      await wholeStory(demo, browser, script);
    } finally {
      await demo.close();
    }
  });
}

async function wholeStory(demo: School, browser: Browser, script: boolean): Promise<void> {
  const page = await another(browser, { ...DESK, javaScriptEnabled: script });
  await demo.enterStaff(page, OFFICE, '/staff/marks');
  await handIn(page, FILE);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Which column is which?');
  await page.getByLabel('Column “Ref”').selectOption({ label: 'Number in the MIS' });
  await page.getByRole('button', { name: 'Keep this and go on' }).click();
  await expect(page.getByRole('alert')).toContainText('A file needs the UPN or the number');
  await expect(page.getByLabel('Column “Ref”')).toHaveValue('number');
  await page.getByLabel('Column “When”').selectOption({ label: 'Date' });
  await page.getByLabel('Column “Half”').selectOption({ label: 'Session: AM or PM' });
  await page.getByLabel('Column “Letter”').selectOption({ label: 'Mark', exact: true } as { label: string });
  await page.getByRole('button', { name: 'Keep this and go on' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What this file would change');
  await expect(page.getByText('Set aside: 1')).toBeVisible();
  await page.getByRole('button', { name: 'Bring it in' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('It is in');
  await page.goto(`${demo.origin}/staff/marks`);
  await expect(page.getByRole('region', { name: 'The last files' })).toContainText('1 set aside');
  await handIn(page, FILE);
  await expect(page.getByRole('heading', { level: 1 }), 'nothing is asked twice').toHaveText('What this file would change');
  await page.goto(`${demo.origin}/staff/marks`);
  await page.getByRole('button', { name: 'Forget Ref' }).click();
  await handIn(page, FILE);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Which column is which?');
}

test('another program brings marks in with a token, until it is revoked', async ({ browser }) => {
  const demo = await new School().open();
  try {
    const page = await another(browser, DESK);
    await demo.enterStaff(page, ADMIN, '/staff/tokens');
    await page.getByLabel('Name').fill('MIS, every night');
    await page.getByRole('button', { name: 'Make the token' }).click();
    const token = await page.locator('.secret').innerText();
    const program = await request.newContext({ baseURL: demo.origin });
    const send = (bearer: string, more = {}) =>
      program.post('/api/v1/marks', {
        headers: { authorization: `Bearer ${bearer}` },
        data: { marks: [{ number: 'X0001', date: '2026-11-20', session: 'AM', mark: '/' }], ...more },
      });
    const came = await send(token, { dry_run: true });
    expect(came.status()).toBe(200);
    expect(await came.json()).toMatchObject({ dry_run: true, added: 0, set_aside: { count: 1, rows: [{ row: 1 }] } });
    expect((await send('A'.repeat(43))).status()).toBe(401);
    await page.getByRole('link', { name: 'Tokens for other programs' }).click();
    await expect(page.getByRole('listitem').filter({ hasText: 'MIS, every night' })).toContainText('last used on');
    await page.getByRole('button', { name: 'Revoke MIS, every night' }).click();
    expect((await send(token)).status()).toBe(401);
    await program.dispose();
  } finally {
    await demo.close();
  }
});
