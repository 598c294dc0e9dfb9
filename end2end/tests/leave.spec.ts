// Leave of absence: a form over two days and two devices, both parents, and what becomes of it.
import { test, expect, school, another, CHIDI, MORNING, NGOZI } from './support/school';
import { begin, on, rest, sign, whoAndWhen, why } from './support/leave';

const demo = school();

const WEEK: [string, string, string] = ['2026-12-07', '2026-12-11', '2026-12-14'];

for (const script of [false, true]) {
  test(`a parent fills the form in over two days on two devices ${script ? 'with' : 'without'} script, and both parents sign`, async ({ browser }) => {
    test.setTimeout(60_000);
    await demo.moveTo(script ? '2026-11-25T18:00:00Z' : MORNING);
    const phone = await another(browser, { javaScriptEnabled: script });
    await demo.signIn(phone, NGOZI);
    await begin(demo, phone);
    await phone.getByRole('link', { name: /^When/ }).click();
    await on(phone);
    await expect(phone.getByRole('alert')).toContainText('Give the first day away');
    await phone.getByRole('link', { name: 'All steps' }).click();
    await whoAndWhen(phone, ['Ada', 'Sam'], WEEK);
    await expect(phone.getByRole('radio', { name: 'A wedding or another family event' })).toBeVisible();
    await phone.goBack();
    await expect(phone.getByLabel('First day away')).toHaveValue('2026-12-07');
    await phone.getByRole('button', { name: 'Count the sessions' }).click();
    await expect(phone.getByRole('status')).toContainText('That is 10 sessions of school on 5 days.');
    await on(phone);
    await why(phone, 'A wedding or another family event');

    await demo.moveTo(script ? '2026-11-26T19:00:00Z' : '2026-11-24T19:00:00Z');
    const laptop = await another(browser, { javaScriptEnabled: script, viewport: { width: 1280, height: 900 } });
    await demo.signIn(laptop, NGOZI);
    await laptop.getByRole('link', { name: 'Your form for leave is not sent yet' }).click();
    await expect(laptop.getByText('8 of 14 steps done')).toBeVisible();
    await laptop.getByRole('link', { name: /^Where your child will be/ }).click();
    await rest(laptop, 'Chidi Okafor');
    await expect(laptop.getByRole('main')).toContainText('the highest count in any ten school weeks would be 10');
    const reference = await sign(laptop, 'Ngozi Okafor');
    await expect(laptop.getByRole('main')).toContainText('This is not agreed yet. Please wait for the decision.');
    const file = await laptop.request.get(`${demo.origin}/leave/requests/${reference}/form.pdf`);
    expect((await file.body()).subarray(0, 5).toString()).toBe('%PDF-');

    const other = await another(browser, { javaScriptEnabled: script });
    await demo.signIn(other, CHIDI);
    await other.getByRole('link', { name: 'A request for leave for Ada and Sam waits for your signature' }).click();
    const main = other.getByRole('main');
    await expect(main).toContainText('Monday 7 December');
    for (const hidden of ['Leeds', 'Secret', '07700', 'About:']) await expect(main).not.toContainText(hidden);
    await other.getByRole('checkbox', { name: 'I have read this and agree to it' }).check();
    await other.getByLabel('Your full name').fill('Chidi Okafor');
    await other.getByRole('button', { name: 'Sign', exact: true }).click();
    await expect(main).toContainText('You signed 19.');
    await laptop.reload();
    await expect(laptop.getByRole('main')).toContainText('signed 19.');

    await laptop.getByRole('link', { name: 'Take this request back' }).click();
    await laptop.getByRole('button', { name: 'Take it back' }).click();
    await expect(laptop.getByText('You took it back').first()).toBeVisible();
  });
}

test('two tabs on one question lose nothing silently', async ({ browser }) => {
  const page = await another(browser);
  await demo.signIn(page, NGOZI);
  await begin(demo, page);
  await page.getByRole('link', { name: /^Who your child will be with/ }).click();
  const second = await page.context().newPage();
  await second.goto(page.url());
  await page.locator('textarea').fill('Both of us, says the first tab');
  await page.getByRole('button', { name: 'Save and see all steps' }).click();
  await second.locator('textarea').fill('Her aunt, says the second');
  await on(second);
  await expect(second.getByRole('alert')).toContainText('Both of us, says the first tab');
  await expect(second.locator('textarea')).toHaveValue('Her aunt, says the second');
  await second.getByRole('button', { name: 'Save and see all steps' }).click();
  await page.reload();
  await page.getByRole('link', { name: /^Who your child will be with/ }).click();
  await expect(page.locator('textarea')).toHaveValue('Her aunt, says the second');
});
