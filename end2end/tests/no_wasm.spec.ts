// Every task completes in a browser without script, and in one that gets no WebAssembly.
import type { Browser, Page } from '@playwright/test';

import { test, expect, school, another, DESK, ADMIN, NGOZI, OFFICE, RAHMAN } from './support/school';
import { REFERENCE, everythingSent, fill, reference, row, send } from './support/journey';
import { codeAt } from './support/totp';

const demo = school();

const WITHOUT = {
  'without script': async (browser: Browser, options: object) => another(browser, { ...options, javaScriptEnabled: false }),
  'without WebAssembly': async (browser: Browser, options: object) => {
    const page = await another(browser, options);
    let asked = 0;
    await page.route('**/*.wasm', (route) => (asked++, route.abort()));
    page.once('close', () => expect(asked, 'there was WebAssembly to go without').toBeGreaterThan(0));
    return page;
  },
};

const FAMILY = {
  'without script': { who: NGOZI, one: 'Ada', other: 'Sam', listed: 'Okafor, Ada', also: 'Okafor, Sam' },
  'without WebAssembly': { who: RAHMAN, one: 'Aisha', other: 'Yusuf', listed: 'Rahman, Aisha', also: 'Rahman, Yusuf' },
};

for (const how of ['without script', 'without WebAssembly'] as const) {
  const { who, one, other, listed, also } = FAMILY[how];

  test(`parents and the office do all their tasks ${how}`, async ({ browser }) => {
    const page = await WITHOUT[how](browser, {});
    await demo.signIn(page, who);
    if (page.url().endsWith('/who')) await page.getByRole('button', { name: 'I am Rukhsana Rahman' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('The register closes in 1 hour 11 minutes');

    await page.getByRole('link', { name: 'Both staying at home? Report them together' }).click();
    await page.getByRole('button', { name: 'Send absence report' }).click();
    await page.getByRole('alert').getByRole('link', { name: 'Choose a reason' }).click();
    await fill(page, { reason: 'Sick or diarrhoea', note: 'Both of them' });
    await page.getByRole('radio', { name: 'In the night' }).check();
    const first = await send(page);
    expect(first).toMatch(REFERENCE);

    await page.getByRole('link', { name: 'Change it' }).click();
    await page.getByRole('checkbox', { name: other }).uncheck();
    await page.locator('summary', { hasText: 'When?' }).click();
    await page.getByRole('radio', { name: 'Morning', exact: true }).check();
    const second = await send(page, 'Send these answers instead');
    await expect(page.locator('.facts')).toContainText('Today, morning only');
    await expect(page.locator('.facts')).not.toContainText(other);

    const office = await WITHOUT[how](browser, DESK);
    await demo.enterStaff(office, OFFICE);
    await expect(row(office, listed)).toContainText('Both of them');
    await expect(row(office, also)).toHaveCount(0);
    await office.getByRole('button', { name: 'Hide words' }).click();
    await expect(row(office, listed)).not.toContainText('Both of them');
    await office.getByRole('button', { name: 'Show words' }).click();
    await row(office, listed).getByRole('button', { name: 'Illness' }).click();
    await expect(row(office, listed)).toContainText('Illness, authorised (I)');
    await row(office, listed).getByRole('button', { name: 'Undo' }).click();
    await row(office, listed).locator('summary').click();
    await row(office, listed).getByRole('combobox').selectOption('M');
    await row(office, listed).getByRole('button', { name: 'Use it' }).click();
    await expect(row(office, listed)).toContainText('Medical or dental appointment, authorised (M)');
    await office.getByRole('link', { name: 'Earlier day' }).click();
    await expect(office.getByRole('heading', { level: 1 })).toHaveText('Morning board, Friday 20 November');

    await page.reload();
    await expect(page.locator('.facts')).toContainText(`${one}: Medical or dental appointment, authorised (M)`);
    await page.getByRole('link', { name: 'Back to home' }).click();
    await page.getByRole('link', { name: `${other} is not coming in today` }).click();
    await fill(page, { reason: 'Pain or injury' });
    const third = await send(page);
    await page.getByRole('link', { name: 'Withdraw it' }).click();
    await page.getByRole('button', { name: 'Withdraw the report' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('You took this report back');

    await page.getByRole('link', { name: 'Everything reported' }).click();
    await page.getByRole('link', { name: `${one}, morning only` }).click();
    expect(await reference(page)).toBe(second);
    expect((await everythingSent(page, demo.origin)).sort()).toEqual([first, second, third].sort());
    await page.getByRole('link', { name: 'Your devices' }).click();
    await page.locator('li', { hasText: 'this device' }).getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL('**/sign-in');
  });

  test(`somebody new joins the staff ${how}`, async ({ browser }) => {
    const admin = await WITHOUT[how](browser, DESK);
    await demo.enterStaff(admin, ADMIN, '/staff/people');
    const address = `${how.split(' ')[1].toLowerCase()}@demo.example`;
    await admin.getByLabel('Their name, as colleagues know it').fill('Noor Aziz');
    await admin.getByLabel('Their school e-mail address').fill(address);
    await admin.getByRole('button', { name: 'Send invitation' }).click();
    await admin.getByRole('alert').getByRole('link', { name: 'Choose what they do' }).click();
    await admin.getByRole('checkbox', { name: 'School office' }).check();
    await admin.getByRole('button', { name: 'Send invitation' }).click();
    await expect(admin.locator('.people li', { hasText: address })).toContainText('invited');

    const page: Page = await WITHOUT[how](browser, DESK);
    const mail = await demo.mailTo(page, address, /Your account/);
    await page.goto(mail.match(/http\S*\/staff\/join\/\S+/)![0]);
    await page.getByLabel('A new password').fill('three words apart');
    await page.getByRole('textbox', { name: 'Code' }).fill(codeAt(await page.locator('input[name=secret]').inputValue(), demo.time()));
    await page.getByRole('button', { name: 'Finish and show recovery codes' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Keep these codes');
    const codes = await page.locator('.stamp li').allInnerTexts();
    await page.getByRole('link', { name: 'I have them. Go to sign-in' }).click();
    await demo.password(page, address, 'three words apart');
    await demo.secondFactor(page, codes[0]);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Morning board, Monday 23 November');
  });
}
