// Leaving: the notice, what the office does about it, and what nobody else learns.
import { test, expect, school, another, CHIDI, DESK, NGOZI, OFFICE } from './support/school';
import { on } from './support/leave';
import { beginNotice, giveNotice, newHome, restOfNotice, signNotice, whoAndUntil } from './support/leaving';

const demo = school();
test.setTimeout(90_000);

for (const script of [true, false]) {
  const how = script ? 'with' : 'without';

  test(`a parent gives notice for two children and the office works the list through ${how} script`, async ({ browser }) => {
    const page = await another(browser, { javaScriptEnabled: script });
    await demo.signIn(page, NGOZI);
    await page.getByRole('link', { name: 'Tell us that a child is leaving' }).click();
    await beginNotice(demo, page);
    await page.getByRole('link', { name: /^The last day/ }).click();
    await page.getByLabel('Last day at this school').fill('2026-12-25');
    await on(page);
    await expect(page.getByRole('alert')).toContainText('There is no school on this day');
    await page.getByRole('link', { name: 'All steps' }).click();
    await whoAndUntil(page, ['Ada', 'Sam'], '2026-12-11');
    await page.goBack();
    await expect(page.getByLabel('Last day at this school')).toHaveValue('2026-12-11');
    await on(page);
    await page.getByRole('radio', { name: 'We are moving to another part of the United Kingdom' }).check();
    await on(page);
    await newHome(page, '1 Canary Street, Leeds');
    await restOfNotice(page, 'Canary Primary School');
    const reference = await signNotice(page, 'Ngozi Okafor');
    await expect(page.getByRole('main')).toContainText('is expected until the last day');
    const file = await page.request.get(`${demo.origin}/leaving/notices/${reference}/notice.pdf`);
    expect((await file.body()).subarray(0, 5).toString()).toBe('%PDF-');

    // The father finds nothing of it, whatever he opens.
    const other = await another(browser, { javaScriptEnabled: script });
    await demo.signIn(other, CHIDI);
    for (const path of ['/', '/leaving', '/receipts']) {
      await other.goto(`${demo.origin}${path}`);
      for (const word of ['Canary', reference, 'Sent to the school']) await expect(other.getByRole('main')).not.toContainText(word);
    }
    expect((await other.goto(`${demo.origin}/leaving/notices/${reference}`))!.status()).toBe(404);

    const office = await another(browser, { ...DESK, javaScriptEnabled: script });
    await demo.enterStaff(office, OFFICE, '/staff/leaving');
    const open = office.getByRole('region', { name: /^Open/ });
    await open.getByRole('row').filter({ hasText: 'Okafor, Ada' }).getByRole('link').first().click();
    await expect(office.getByRole('main')).toContainText('scenario 3');
    const line = office.getByRole('region', { name: /^To do for Ada Okafor/ }).getByRole('listitem').filter({ hasText: 'Ground to take the name off the roll' });
    await line.locator('summary').click();
    await line.getByRole('button', { name: 'Note as done' }).click();
    await office.getByRole('alert').getByRole('link', { name: 'Choose a ground' }).click();
    await line.getByLabel('Ground').selectOption('b');
    await line.getByRole('button', { name: 'Note as done' }).click();
    await expect(line).toContainText('(b) Registered at another school');
    await office.getByLabel('Write to the family').fill('Which class will they join?');
    await office.getByRole('button', { name: 'Send and wait for an answer' }).click();
    await expect(office.getByRole('main')).toContainText('Which class will they join?');

    await page.goto(demo.origin);
    await page.getByRole('link', { name: 'The school asks you something about Ada and Sam leaving' }).click();
    await page.getByLabel('Your answer').fill('Years 4 and 2.');
    await page.getByRole('button', { name: 'Send answer' }).click();
    await expect(page.getByRole('main')).toContainText('Years 4 and 2.');
    await page.getByRole('link', { name: 'My child stays: take it back' }).click();
    await page.getByRole('button', { name: 'Take it back' }).click();
    await expect(page.getByText('You took it back').first()).toBeVisible();
  });

  test(`home education leads to a meeting and to no notice ${how} script`, async ({ browser }) => {
    const page = await another(browser, { javaScriptEnabled: script });
    await demo.signIn(page, NGOZI);
    await beginNotice(demo, page);
    await whoAndUntil(page, ['Ada'], '2026-12-11');
    await page.getByRole('radio', { name: /^We are thinking of teaching our child at home/ }).check();
    await on(page);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Teaching your child at home');
    await page.getByRole('button', { name: 'Ask for a meeting' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await page.getByLabel('When could you come, and what would you like to talk about?').fill('Thursday after school?');
    await page.getByRole('button', { name: 'Ask for a meeting' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('A meeting about home education');
    await expect(page.getByRole('main')).toContainText('Thursday after school?');
    const office = await another(browser, { ...DESK, javaScriptEnabled: script });
    await demo.enterStaff(office, OFFICE, '/staff/leaving');
    await expect(office.getByRole('region', { name: /^Meetings about home education/ })).toContainText('Okafor, Ada');
    await expect(office.getByRole('region', { name: /^Open/ })).not.toContainText('Okafor, Ada');
  });
}

test('an address that must be kept secret appears nowhere, and the school is told to ring', async ({ browser }) => {
  const page = await another(browser);
  await demo.signIn(page, NGOZI);
  await beginNotice(demo, page);
  await whoAndUntil(page, ['Ada', 'Sam'], '2026-12-11');
  await page.getByRole('radio', { name: 'We are moving to another part of the United Kingdom' }).check();
  await on(page);
  await newHome(page, '3 Refuge Lane');
  await expect(page.getByLabel('Which parent or parents will your child live with?')).toBeVisible();
  // On second thoughts.
  await page.goBack();
  await expect(page.getByLabel('The new address')).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('radio', { name: /^The new address must be kept secret/ })).toBeVisible();
  await page.getByRole('radio', { name: /^The new address must be kept secret/ }).check();
  await on(page);
  await restOfNotice(page);
  const reference = await signNotice(page, 'Ngozi Okafor');
  await expect(page.getByRole('main')).toContainText('The school rings you about the address.');
  const office = await another(browser, DESK);
  await demo.enterStaff(office, OFFICE, `/staff/leaving/${reference}`);
  await expect(office.getByRole('main')).toContainText('The new address must be kept secret');
  for (const seen of [page, office]) await expect(seen.getByRole('main')).not.toContainText('Refuge Lane');
  const pages = [`/leaving/notices/${reference}`, '/', '/receipts', '/leaving'];
  for (const path of pages) expect(await (await page.request.get(`${demo.origin}${path}`)).text()).not.toContain('Refuge Lane');
});

test('a barred parent is told nothing, not even that there is a form', async ({ browser }) => {
  const mother = await another(browser);
  await demo.signIn(mother, 'jo.whitfield@demo.example');
  const reference = await giveNotice(demo, mother, ['Leo'], 'Jo Whitfield');
  const father = await another(browser);
  await demo.signIn(father, 'd.whitfield@demo.example');
  await father.goto(`${demo.origin}/leaving`);
  await expect(father.getByRole('main')).toContainText('Only a parent can tell the school here');
  await expect(father.getByRole('button', { name: 'Start the form' })).toHaveCount(0);
  expect((await father.goto(`${demo.origin}/leaving/notices/${reference}`))!.status()).toBe(404);
});

test('when the last day has passed access ends, what was sent can be read, and the office is reminded', async ({ browser }) => {
  await demo.moveTo('2026-11-23T08:04:00Z');
  const page = await another(browser);
  // The demo’s leaver: gone on 16 October, with everything done.
  await demo.signIn(page, 'dana.ellison@demo.example');
  await page.goto(`${demo.origin}/leaving`);
  await page.getByRole('link', { name: /^Open/ }).first().click();
  await expect(page.getByRole('main')).toContainText('Your child has left the school');
  await expect(page.getByRole('link', { name: /take it back/ })).toHaveCount(0);
});
