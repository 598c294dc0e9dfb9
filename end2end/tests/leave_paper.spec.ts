// A leave form on paper, letters with a form that is not sent yet, and a family whose address is kept secret.
import type { Page } from '@playwright/test';

import { begin, on, rest, sign, whoAndWhen, why } from './support/leave';
import { DESK, NGOZI, OFFICE, another, expect, school, test } from './support/school';

const demo = school();
const HEAD = 'head@demo.example';
const SIOBHAN = 's.obrien@demo.example';

/** Adds a picture of the page itself. */
async function add(page: Page, name: string): Promise<void> {
  const buffer = await page.screenshot({ clip: { x: 0, y: 0, width: 60, height: 80 } });
  await page.getByLabel('Photos or PDFs').setInputFiles({ name, mimeType: 'image/png', buffer });
  await page.getByRole('button', { name: 'Add these files' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: name })).toContainText('Picture,');
}

for (const script of [true, false]) {
  const how = script ? 'with everything' : 'without script';

  test(`a paper form is typed in, decided, and read by the parent, ${how}`, async ({ browser }) => {
    const [child, parent, name] = script
      ? ['Okafor, Ada', NGOZI, 'Ngozi Okafor']
      : ['Kaczmarek, Zofia', 'm.kaczmarek@demo.example', 'Małgorzata Kaczmarek'];
    const office = await another(browser, { ...DESK, javaScriptEnabled: script });
    await demo.enterStaff(office, OFFICE, '/staff/children');
    await office.getByRole('searchbox').fill(child.split(', ')[1] + ' ' + child.split(', ')[0]);
    await office.getByRole('button', { name: 'Find' }).click();
    if (!/children\/\w+/.test(office.url())) await office.getByRole('main').getByRole('link', { name: child }).first().click();
    await office.getByRole('link', { name: 'A leave form on paper' }).click();
    await expect(office.getByRole('heading', { level: 1 })).toHaveText('A leave form on paper');
    await office.getByRole('radio', { name: new RegExp(`^${name}`) }).check();
    await office.getByLabel('Day the school received it').fill('2026-11-20');
    await office.getByRole('button', { name: 'Type it in' }).click();
    await expect(office.getByText(`On paper, from ${name}`)).toBeVisible();
    await office.getByRole('link', { name: /^Who the leave is for/ }).click();
    await office.getByRole('checkbox', { name: /^I am a parent/ }).check();
    await on(office);
    await office.getByLabel('First day away').fill('2026-12-07');
    await office.getByLabel('Last day away').fill('2026-12-08');
    await office.getByLabel('Back at school on').fill('2026-12-09');
    await on(office);
    await office.getByRole('radio', { name: 'A wedding or another family event' }).check();
    await on(office);
    await office.locator('textarea').fill('Her aunt marries.');
    await office.getByRole('button', { name: 'Save and see all steps' }).click();
    await expect(office.getByText('Left blank').first()).toBeVisible();
    await office.getByRole('link', { name: /^Letters and photos/ }).click();
    await add(office, 'scan.png');
    await office.getByRole('link', { name: 'All steps' }).click();
    await office.getByRole('link', { name: 'Check your answers' }).click();
    await office.getByRole('button', { name: 'Enter this request' }).click();
    await expect(office.getByRole('alert')).toContainText('Give the day of the signature');
    await office.getByRole('checkbox', { name: /^The school’s statements/ }).check();
    await office.getByLabel('Name beneath').fill(name);
    await office.getByLabel('Day of the signature').fill('2026-11-19');
    await office.getByRole('button', { name: 'Enter this request' }).click();
    await expect(office.getByText('On paper, typed in by Jean Tanner')).toBeVisible();
    await expect(office.getByText('scan.png').first()).toBeVisible();
    const request = office.url();

    const head = await another(browser, { ...DESK, javaScriptEnabled: script });
    await demo.enterStaff(head, HEAD, '/staff/leave');
    await head.goto(request);
    await head.getByRole('radio', { name: 'Agree to all of it' }).check();
    await head.getByRole('checkbox', { name: 'This is rare' }).check();
    await head.getByRole('button', { name: 'Record this decision' }).click();
    await expect(head.getByRole('heading', { name: 'Decision: Agreed' })).toBeVisible();

    const family = await another(browser, { javaScriptEnabled: script });
    await demo.enter(family, parent, '/leave');
    await family.getByRole('main').getByRole('link', { name: /^Open/ }).first().click();
    await expect(family.getByRole('main')).toContainText('Handed in on paper, typed in by the office');
    await expect(family.getByRole('main')).toContainText('4 of 4 sessions agreed');
  });
}

test('a letter is added on the telephone, sent from the laptop, and goes with a form that is thrown away', async ({ browser }) => {
  test.setTimeout(60_000);
  const phone = await another(browser);
  await demo.signIn(phone, 'grace.adeyemi@demo.example');
  await begin(demo, phone);
  await phone.getByRole('link', { name: /^Letters and photos/ }).click();
  await add(phone, 'invitation.png');
  await phone.getByRole('link', { name: 'All steps' }).click();
  await expect(phone.getByRole('link', { name: /^Letters and photos/ })).toContainText('1 file added');

  const laptop = await another(browser, { ...DESK, javaScriptEnabled: false });
  await demo.signIn(laptop, 'grace.adeyemi@demo.example');
  await laptop.getByRole('link', { name: 'Your form for leave is not sent yet' }).click();
  await whoAndWhen(laptop, ['Moyo'], ['2026-12-07', '2026-12-08', '2026-12-09']);
  await why(laptop, 'A wedding or another family event');
  await rest(laptop);
  await sign(laptop, 'Grace Adeyemi');
  await laptop.getByRole('link', { name: 'Letters and photos (1)' }).click();
  await expect(laptop.getByText('invitation.png').first()).toBeVisible();

  await begin(demo, phone);
  await phone.getByRole('link', { name: 'Throw away' }).click();
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText('Throw this form away?');
  await phone.getByRole('link', { name: 'Keep it' }).click();
  await phone.getByRole('link', { name: 'Throw away' }).click();
  await phone.getByRole('button', { name: 'Throw it away' }).click();
  await phone.waitForURL('**/leave');
  await expect(phone.getByRole('link', { name: /^Go on/ })).toHaveCount(0);
});

test('whose address is kept secret is asked for none, and the letter is handed over', async ({ browser }) => {
  test.setTimeout(60_000);
  const page = await another(browser, { javaScriptEnabled: false });
  await demo.signIn(page, SIOBHAN);
  await begin(demo, page);
  await expect(page.getByRole('main')).toContainText('The school keeps your address secret');
  await whoAndWhen(page, ['Niamh'], ['2026-12-07', '2026-12-08', '2026-12-09']);
  await why(page, 'A wedding or another family event');
  await page.getByRole('radio', { name: 'Elsewhere in the United Kingdom' }).check();
  await on(page);
  await expect(page.getByLabel('Town and country')).toBeVisible();
  await expect(page.getByLabel('Address there')).toHaveCount(0);
  await expect(page.getByRole('main')).toContainText('Please write no address anywhere on this form');

  const head = await another(browser, DESK);
  await demo.enterStaff(head, HEAD, '/staff/roster/review');
  await head.getByText('Addresses kept secret: 1').click();
  const row = head.locator('#secret li').filter({ hasText: 'Siobhán' });
  await expect(row).toContainText('address kept secret');
  await row.locator('summary').click();
  await expect(row.getByRole('button', { name: /^The address is no secret any more/ })).toBeVisible();
  const office = await another(browser, DESK);
  await demo.enterStaff(office, OFFICE, '/staff/roster/review');
  await expect(office.getByRole('button', { name: /^The address is no secret/ })).toHaveCount(0);
});
