// A mark looks wrong to a parent; the office answers and corrects it. Figures lead to marks. The year is one page on paper.
import { test, expect, school, another, DESK, CHIDI, NGOZI, OFFICE } from './support/school';

const demo = school();
const DAY = '2026-11-20';

for (const javaScriptEnabled of [true, false]) {
  const child = javaScriptEnabled ? 'Ada' : 'Sam';
  test(`a mark that looks wrong is answered and corrected, ${javaScriptEnabled ? 'with' : 'without'} script`, async ({ browser }) => {
    const parent = await another(browser, { javaScriptEnabled });
    await demo.enter(parent, NGOZI);
    await parent.getByRole('link', { name: `${child}’s attendance` }).click();
    await parent.getByLabel('Day', { exact: true }).fill(DAY);
    await parent.getByRole('button', { name: 'Show this day' }).click();
    await expect(parent.getByRole('heading', { level: 1 })).toHaveText('Friday 20 November');
    await parent.getByRole('button', { name: 'Send to the office' }).click();
    await expect(parent.getByRole('alert').getByRole('link')).toHaveCount(2);
    await parent.getByRole('radio', { name: /^Morning/ }).check();
    await parent.getByLabel('What would be right, and how do you know?').fill('Came at twenty past nine, after the dentist.');
    await parent.getByRole('button', { name: 'Send to the office' }).click();
    await expect(parent.locator('.talk li')).toHaveCount(1);

    const office = await another(browser, { ...DESK, javaScriptEnabled });
    await demo.enterStaff(office, OFFICE, '/staff/children');
    await office.getByRole('link', { name: new RegExp(`Okafor, ${child}`) }).click();
    await expect(office.locator('.talk')).toContainText('after the dentist');
    await office.getByLabel('Your words').fill('Thank you, put right.');
    await office.getByRole('button', { name: 'Send answer' }).click();
    await expect(office.locator('.talk li')).toHaveCount(2);
    await office.getByRole('radio', { name: /^Morning/ }).check();
    await office.getByLabel('What is right').selectOption('M');
    await office.getByRole('button', { name: 'Correct the mark' }).click();
    await expect(office.getByRole('alert').getByRole('link', { name: 'Say why' })).toBeVisible();
    await office.getByLabel('Why').fill('Mother wrote: dentist');
    await office.getByRole('button', { name: 'Correct the mark' }).click();
    await expect(office.getByRole('status')).toHaveText('Corrected. The mark before is kept below.');
    await expect(office.locator('.past')).toContainText('Mother wrote: dentist');

    const mail = await demo.mailTo(parent, NGOZI, /a message about attendance is waiting/);
    expect(mail).not.toMatch(/dentist|Ada|Sam|2026-11/);
    await parent.goto(demo.origin);
    await parent.getByRole('link', { name: `The school has answered you about ${child}’s attendance` }).click();
    await expect(parent.locator('.talk')).toContainText('put right');
    await expect(parent.getByText('Medical or dental appointment (M)').first()).toBeVisible();
    await expect(parent.locator('main')).not.toContainText('Mother wrote');

    const father = await another(browser);
    await demo.enter(father, CHIDI, new URL(parent.url()).pathname + new URL(parent.url()).search);
    await expect(father.locator('main')).toContainText('Medical or dental appointment (M)');
    await expect(father.locator('main')).not.toContainText('put right');
  });
}

test('the office goes from the whole school to one mark and corrects it by keyboard', async ({ browser }) => {
  const office = await another(browser, DESK);
  await demo.enterStaff(office, OFFICE, '/staff/figures');
  await expect(office.locator('.fig')).toHaveText(/^9\d\.\d %$/);
  const press = async (name: string | RegExp) => {
    const link = office.locator('main').getByRole('link', { name }).first();
    await link.focus();
    await office.keyboard.press('Enter');
  };
  await press('3 Oak');
  await expect(office.getByRole('heading', { level: 1 })).toHaveText('3 Oak');
  await press(/^Week before/);
  await press(/^Okafor, Ada/);
  await expect(office.getByRole('heading', { level: 1 })).toHaveText('Ada Okafor');
  await office.locator('.term .c a').last().focus();
  await office.keyboard.press('Enter');
  await expect(office.getByRole('heading', { level: 2, name: 'Correct a mark' })).toBeVisible();
  await office.getByRole('radio', { name: /^Morning/ }).focus();
  await office.keyboard.press('Space');
  await office.keyboard.press('Tab');
  await office.keyboard.type('E ');
  await office.keyboard.press('Tab');
  await office.keyboard.type('Suspended, as the head says');
  await office.keyboard.press('Tab');
  await office.keyboard.press('Enter');
  await expect(office.getByRole('status')).toHaveText('Corrected. The mark before is kept below.');
  await press('Ada Okafor');
  await expect(office.getByRole('heading', { level: 1 })).toHaveText('Ada Okafor');
  await office.getByRole('link', { name: 'Children' }).first().focus();
  await office.keyboard.press('Enter');
  await expect(office.getByRole('searchbox')).toBeFocused();
  await office.keyboard.type('okafor sam');
  await office.keyboard.press('Enter');
  await expect(office.getByRole('heading', { level: 1 })).toHaveText('Sam Okafor');
});

test('a child’s year is one page on paper', async ({ browser }) => {
  const page = await another(browser);
  for (const [who, name] of [[NGOZI, 'Ada'], ['m.kaczmarek@demo.example', 'Zofia']]) {
    await page.context().clearCookies();
    await demo.enter(page, who);
    await page.getByRole('link', { name: `${name}’s attendance` }).click();
    await expect(page.getByRole('heading', { level: 2, name: 'The register' })).toBeVisible();
    const pdf = (await page.pdf({ format: 'A4', printBackground: true })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  }
});

test('a governor finds figures and no child', async ({ browser }) => {
  const page = await another(browser, DESK);
  await demo.enterStaff(page, 'governor@demo.example');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Figures');
  await expect(page.locator('main').getByRole('link', { name: /,/ })).toHaveCount(0);
  await page.goto(`${demo.origin}/staff/children`);
  await expect(page.locator('main')).not.toContainText('Find');
});
