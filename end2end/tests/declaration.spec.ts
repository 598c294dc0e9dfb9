// The attendance policy: read, signed by both parents for themselves, published anew while somebody signs, and followed by staff.
import { test, expect, school, another, CHIDI, DESK, NGOZI, OFFICE } from './support/school';
import { publish, signPolicy } from './support/declaration';

const demo = school();

const GRACE = { who: 'grace.adeyemi@demo.example', name: 'Grace Adeyemi' };

for (const script of [false, true]) {
  test(`a parent reads, finds, asks to talk and then signs ${script ? 'with' : 'without'} script`, async ({ browser }) => {
    const page = await another(browser, { javaScriptEnabled: script });
    const { who, name, children } = script
      ? { who: CHIDI, name: 'Chidi Okafor', children: ['Ada', 'Sam'] }
      : { who: NGOZI, name: 'Ngozi Okafor', children: ['Ada', 'Sam'] };
    await demo.signIn(page, who);
    await page.getByRole('link', { name: 'Sign the attendance policy for Ada and Sam' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Attendance policy');
    // The other parent's answer is nowhere.
    await expect(page.getByRole('main')).not.toContainText(/You signed|asked to talk/);
    await page.getByRole('link', { name: 'When your child is ill', exact: true }).click();
    await expect(page).toHaveURL(/#part-when-your-child-is-ill$/);
    await page.getByLabel('Find words in the policy').fill('head lice');
    await page.getByRole('button', { name: 'Find' }).click();
    await expect(page.locator('mark')).toHaveText(['head lice']);
    await page.getByRole('link', { name: 'Show the whole policy' }).click();
    const file = await page.request.get(`${demo.origin}/policy/versions/1/policy.pdf`);
    expect((await file.body()).subarray(0, 5).toString()).toBe('%PDF-');

    await page.getByRole('link', { name: 'Sign it for Ada and Sam' }).click();
    await page.getByRole('button', { name: 'Send my answer' }).click();
    await expect(page.getByRole('alert')).toContainText('Choose at least one child');
    await page.getByRole('checkbox', { name: /^Sam/ }).check();
    await page.getByRole('radio', { name: 'I would like to talk first' }).check();
    await page.getByLabel('What would you like to talk about?').fill('Mornings are hard.');
    await page.getByRole('button', { name: 'Send my answer' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('You asked to talk first');
    await expect(page.getByRole('main')).toContainText('Mornings are hard.');

    await page.getByRole('link', { name: 'Sign it for Ada and Sam' }).click();
    await signPolicy(page, children, 'Somebody Else');
    await expect(page.getByRole('alert')).toContainText(`We have you as ${name}`);
    await expect(page.getByRole('checkbox', { name: /^I have read/ })).not.toBeChecked();
    await signPolicy(page, [], name);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Signed. Thank you');
    const signed = await page.request.get(`${page.url()}/declaration.pdf`);
    expect((await signed.body()).subarray(0, 5).toString()).toBe('%PDF-');
    await page.goto(demo.origin);
    await expect(page.getByRole('link', { name: /^Sign the attendance policy for/ })).toHaveCount(0);
  });
}

test('a version that is published while somebody signs is told, and nothing typed is lost', async ({ browser }) => {
  const page = await another(browser);
  await demo.signIn(page, GRACE.who);
  await page.goto(`${demo.origin}/policy/sign`);
  const head = await another(browser, DESK);
  await demo.enterStaff(head, 'head@demo.example', '/staff/policy/draft');
  await publish(head, '# A new version\n\nIt says something else.');
  const boxes = page.getByRole('group', { name: 'For which child?' }).getByRole('checkbox');
  for (const box of await boxes.all()) await box.check();
  await signPolicy(page, [], 'Grace A.');
  await expect(page.getByRole('alert')).toContainText('published a new version');
  for (const box of await boxes.all()) await expect(box).toBeChecked();
  await expect(page.getByLabel('Your full name')).toHaveValue('Grace A.');
  await expect(page.getByRole('checkbox', { name: /^I have read/ })).not.toBeChecked();
  await signPolicy(page, [], GRACE.name);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Signed. Thank you');
  await expect(page.getByRole('link', { name: 'Version 2' })).toBeVisible();
});

test('a barred contact is not asked, and a shared inbox is told whom to ring', async ({ browser }) => {
  const barred = await another(browser);
  await demo.signIn(barred, 'd.whitfield@demo.example');
  await expect(barred.getByRole('main')).not.toContainText('policy for');
  await barred.goto(`${demo.origin}/policy/sign`);
  await expect(barred.getByRole('button', { name: 'Send my answer' })).toHaveCount(0);
  const shared = await another(browser);
  await demo.signIn(shared, 'rahman.family@demo.example');
  await shared.getByRole('button', { name: 'I am Rukhsana Rahman' }).click();
  await shared.goto(`${demo.origin}/policy/sign`);
  await expect(shared.getByRole('main')).toContainText('01632 960915');
  await expect(shared.getByRole('button', { name: 'Send my answer' })).toHaveCount(0);
});

test('staff see who has signed, note paper, and remind with a count before anything is sent', async ({ browser }) => {
  const page = await another(browser, DESK);
  await demo.enterStaff(page, OFFICE, '/staff/policy');
  await page.getByRole('link', { name: '3 Oak', exact: true }).click();
  await page.getByRole('link', { name: 'Okafor, Ada' }).click();
  await page.getByRole('radio', { name: 'Chidi Okafor' }).check();
  await page.getByLabel('The date on the paper').fill('2026-11-23');
  await page.getByLabel('The name on the paper').fill('Chidi Okafor');
  await page.getByRole('button', { name: 'Note the signature' }).click();
  await expect(page.getByText('On paper', { exact: true })).toBeVisible();
  await page.goto(`${demo.origin}/staff/policy/reminders`);
  const button = page.getByRole('button', { name: /^Remind \d+ people$/ });
  const people = Number((await button.innerText()).match(/\d+/)![0]);
  expect(people).toBeGreaterThan(300);
  await button.click();
  await expect(page.getByText(`of ${people} sent`)).toBeVisible();
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByText('Stopped')).toBeVisible();
  await page.goto(`${demo.origin}/staff/policy/slips`);
  await expect(page.getByRole('img', { name: 'A code to scan' }).first()).toBeVisible();
});
