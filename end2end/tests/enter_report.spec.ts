// The office enters what it hears on the telephone, by keys alone, and the family has the same receipt.
import type { Browser, Page } from '@playwright/test';

import { test, expect, school, another, awake, DESK, CHIDI, NGOZI, OFFICE } from './support/school';
import { quickReport, row } from './support/journey';

const demo = school();

/** From the search field's focus to "Entered": the telephone does not wait for longer. */
const MOST_KEYS = 12;

/** A keyboard that counts. */
class Keys {
  pressed = 0;

  constructor(private page: Page) {}

  async type(...keys: string[]): Promise<void> {
    for (const key of keys) {
      await this.page.keyboard.press(key);
      this.pressed++;
    }
  }
}

const HOW = {
  'with everything': { options: {}, wasm: true, who: 'm.kaczmarek@demo.example', sender: 'Małgorzata Kaczmarek', letters: 'kacz', child: 'Kaczmarek, Zofia' },
  'without WebAssembly, on a phone': { options: { viewport: { width: 360, height: 780 } }, wasm: false, who: 'jo.whitfield@demo.example', sender: 'Jo Whitfield', letters: 'leo wh', child: 'Whitfield, Leo' },
  'without script': { options: { javaScriptEnabled: false }, wasm: true, who: 'wayan@demo.example', sender: 'Wayan', letters: 'suhar', child: 'Suhartini' },
};

async function office(browser: Browser, options: object, wasm = true): Promise<Page> {
  const page = await another(browser, { ...DESK, ...options });
  if (!wasm) await page.route('**/*.wasm', (route) => route.abort());
  await demo.enterStaff(page, OFFICE);
  await page.getByRole('link', { name: 'Enter a report' }).click();
  await expect(page.getByLabel('Child'), 'one can type at once').toBeFocused();
  return page;
}

for (const [how, { options, wasm, who, sender, letters, child }] of Object.entries(HOW)) {
  test(`a telephone report takes at most ${MOST_KEYS} keys, and the parent has the receipt, ${how}`, async ({ browser }) => {
    const page = await office(browser, options, wasm);
    const keys = new Keys(page);
    await keys.type(...letters, 'Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(child);
    await expect(page.getByRole('radio', { name: 'Sick or diarrhoea' }), 'the reason is what is missing').toBeFocused();
    await expect(page.getByRole('radio', { name: sender })).toBeChecked();
    await expect(page.getByRole('radio', { name: 'Telephone' })).toBeChecked();
    await keys.type('ArrowDown', 'Enter');
    await expect(page.getByRole('status')).toContainText('Entered for');
    await expect(page.getByLabel('Child'), 'ready for the next call').toBeFocused();
    console.log(`a telephone report, ${how}: ${keys.pressed} keys`);
    expect(keys.pressed).toBeLessThanOrEqual(MOST_KEYS);
    const reference = (await page.getByRole('status').innerText()).match(/\w{4}-\w{4}/)![0];
    expect(page.url(), 'no name in the address').toBe(`${demo.origin}/staff/reports/new?done=${reference.replace('-', '')}`);

    await page.goto(`${demo.origin}/staff/board`);
    await expect(row(page, child)).toContainText('High temperature');
    await expect(row(page, child)).toContainText('by telephone');

    const parent = await another(browser, options);
    await demo.enter(parent, who);
    await parent.getByRole('link', { name: 'See the receipt' }).click();
    await expect(parent.locator('.stamp .ref')).toHaveText(reference);
    await expect(parent.locator('.facts')).toContainText(`${sender}, by telephone, entered by the office`);
    await expect(parent.locator('.facts')).toContainText('High temperature');
    const mail = await demo.mailTo(parent, who, /has received your message/);
    expect(mail, 'the receipt went by mail too').toContain(reference);
  });
}

test('of several found the first has the focus, and a letter nobody has finds nobody', async ({ browser }) => {
  const page = await office(browser, {});
  const keys = new Keys(page);
  await keys.type(...'okafor', 'Enter');
  await expect(page.getByRole('link', { name: 'Okafor, Ada 3 Oak' })).toBeFocused();
  await keys.type('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Okafor, Ada');
  await keys.type('Space', 'Enter');
  await expect(page.getByRole('status')).toContainText('Entered for Ada');
  expect(keys.pressed).toBeLessThanOrEqual(MOST_KEYS);
  await page.getByLabel('Child').fill('<b>qqq');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nobody on roll matches “<b>qqq”.')).toBeVisible();
  await expect(page.getByLabel('Child')).toBeFocused();
  await expect(page.getByLabel('Child')).toHaveValue('<b>qqq');
});

for (const script of [true, false]) {
  test(`brothers and sisters, another caller, several days; what is missing is said, ${script ? 'with' : 'without'} script`, async ({ browser }) => {
    const page = await office(browser, { javaScriptEnabled: script });
    await page.getByLabel('Child').fill(script ? 'toluwani' : 'matilda penh');
    await page.keyboard.press('Enter');
    if (script) await awake(page);
    const sibling = script ? 'Zion, R Birch' : 'Rupert, R Birch';
    await page.getByRole('checkbox', { name: sibling }).check();
    await page.getByRole('radio', { name: 'Voicemail' }).check();
    await page.locator('summary', { hasText: 'When?' }).click();
    await page.getByRole('radio', { name: 'Another day, or several' }).check();
    await page.getByText('Add a note').click();
    await page.getByLabel('Anything the office should know today').fill('Rang at 7.50');
    await page.getByRole('button', { name: 'Enter this report' }).click();
    const summary = page.getByRole('alert');
    await expect(summary).toBeFocused();
    await expect(summary.getByRole('link')).toHaveText(['Give the day', 'Choose a reason']);
    await expect(page.getByRole('checkbox', { name: sibling })).toBeChecked();
    await expect(page.getByRole('radio', { name: 'Voicemail' })).toBeChecked();
    await expect(page.getByLabel('Anything the office should know today')).toHaveValue('Rang at 7.50');
    await page.getByLabel('First day').fill('2026-11-23');
    // Longer than a parent may tell by the form.
    await page.getByLabel('Last day').fill('2026-12-11');
    await page.getByRole('radio', { name: 'Pain or injury' }).check();
    await page.getByRole('button', { name: 'Enter this report' }).click();
    await expect(page.getByRole('status')).toContainText(script ? 'Entered for Toluwani and Zion' : 'Entered for Matilda and Rupert');
  });
}

test('what was reported already is said before it is entered again, not why', async ({ page, browser }) => {
  await demo.enter(page, CHIDI, '/robots.txt');
  await quickReport(demo, page, { reason: 'mind', note: 'Canary words of a father' });
  const staff = await office(browser, {});
  await staff.getByLabel('Child').fill('okafor sam');
  await staff.keyboard.press('Enter');
  await expect(staff.getByText(/Already reported: .*, by Chidi Okafor, received 8\.0\d\. This adds to it\./)).toBeVisible();
  expect(await staff.content()).not.toMatch(/Canary/);
  await staff.getByRole('radio', { name: 'Ngozi Okafor' }).check();
  await staff.getByRole('radio', { name: 'High temperature' }).check();
  await staff.getByRole('button', { name: 'Enter this report' }).dblclick();
  await expect(staff.getByRole('status')).toContainText('Entered for Sam');
  await staff.goto(`${demo.origin}/staff/board`);
  await expect(row(staff, 'Okafor, Sam')).toHaveCount(1);
  await expect(row(staff, 'Okafor, Sam')).toContainText('also from');
  await page.context().clearCookies();
  await demo.enter(page, NGOZI, '/receipts');
  await expect(page.getByRole('link', { name: /^Sam, all day High temperature/ })).toHaveCount(1);
});
