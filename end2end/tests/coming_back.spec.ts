// When a child who was ill may come back: worked out on the receipt, never a diagnosis.
import type { Page } from '@playwright/test';

import { test, expect, school, another, awake, DESK, NGOZI, OFFICE } from './support/school';
import { fill, quickReport, row, send } from './support/journey';

// A Tuesday, late enough for the cases R1 and R3 of the domain paper.
const demo = school('2026-11-24T10:30:00Z');

const back = (page: Page) => page.getByRole('region', { name: 'Coming back' });

/** Says when it last happened. */
async function tell(page: Page, day: string, time: string): Promise<void> {
  await back(page).getByLabel('Day').fill(day);
  await back(page).getByLabel('Time, about').fill(time);
  await back(page).getByRole('button', { name: 'Work it out' }).click();
}

const HOW = {
  'with everything': { options: {}, wasm: true, who: NGOZI, child: 'Ada', lousy: 'Sam' },
  'without WebAssembly': { options: {}, wasm: false, who: 't.penhaligon@demo.example', child: 'Matilda', lousy: 'Rupert' },
  'without script': { options: { javaScriptEnabled: false }, wasm: true, who: 'grace.adeyemi@demo.example', child: 'Toluwani', lousy: 'Moyo' },
};

for (const [how, { options, wasm, who, child, lousy }] of Object.entries(HOW)) {
  const open = async (page: Page, name: string) => {
    if (!wasm) await page.route('**/*.wasm', (route) => route.abort());
    await demo.enter(page, who);
    await page.getByRole('link', { name: `${name} is not coming in today` }).click();
    if (how === 'with everything') await awake(page);
  };

  test(`48 hours after the last time, to the session, and again when it happens again, ${how}`, async ({ browser }) => {
    const page = await another(browser, options);
    await open(page, child);
    await fill(page, { reason: 'Sick or diarrhoea', note: 'Canary words of a parent' });
    await send(page);
    await expect(back(page)).toContainText('48 hours after the last time they were sick or had diarrhoea');
    await expect(back(page).getByRole('button', { name: 'Work it out' }), 'asked where the receipt opens').toBeVisible();

    // R1
    await tell(page, '2026-11-24', '07:00');
    await expect(back(page)).toContainText('Not before Thursday 26 November, in the morning');
    await expect(page).toHaveURL(/\/receipts\/\w{8}#back$/);
    await expect(back(page).getByRole('button', { name: 'Work it out' }), 'folded once it is known').toBeHidden();
    // R3
    await back(page).getByText('It happened again, or at another time').click();
    await expect(back(page).getByLabel('Time, about'), 'what was said is still there').toHaveValue('07:00');
    await tell(page, '2026-11-24', '10:00');
    await expect(back(page)).toContainText('Not before Thursday 26 November, for the afternoon');
    await expect(back(page)).toContainText('UK Health Security Agency');
    await expect(back(page)).toContainText('not a diagnosis');
    await expect(page.locator('.facts'), 'the report stands as it was').toContainText('Canary words of a parent');

    await page.emulateMedia({ media: 'print' });
    await expect(back(page).getByText('Not before Thursday 26 November')).toBeVisible();
    await expect(back(page).getByText('It happened again'), 'paper asks nothing').toBeHidden();
  });

  test(`head lice keep nobody at home, ${how}`, async ({ browser }) => {
    const page = await another(browser, options);
    await open(page, lousy);
    await page.getByText('More reasons').click();
    await fill(page, { reason: 'Head lice' });
    await send(page);
    // R10
    await expect(back(page)).toContainText('If they feel well, they can be at school.');
    await expect(back(page)).not.toContainText('Not before');
    await expect(back(page).getByRole('button')).toHaveCount(0);
  });
}

test('nonsense is said at the field, what was typed is kept, and the report stands', async ({ page }) => {
  await demo.enter(page, 'm.kaczmarek@demo.example', '/robots.txt');
  const receipt = await quickReport(demo, page, { reason: 'sick', note: 'Canary words of a parent' });
  await page.goto(demo.origin + receipt);
  const day = back(page).getByLabel('Day');
  const time = back(page).getByLabel('Time, about');
  await expect(day).toHaveValue('2026-11-24');
  const wrong = async (typed: [string, string], message: string, kept = typed) => {
    await tell(page, ...typed);
    const summary = page.getByRole('alert');
    await expect(summary.getByRole('link')).toHaveText([message]);
    await expect(summary).toBeFocused();
    await summary.getByRole('link').click();
    await expect(message.startsWith('Give the time') ? time : day).toBeFocused();
    await expect(day).toHaveValue(kept[0]);
    await expect(time).toHaveValue(kept[1]);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('The school has your report');
    await expect(page.locator('.facts')).toContainText('Canary words of a parent');
  };
  await wrong(['2026-11-24', ''], 'Give the time, about, like 7:00');
  await wrong(['', '07:00'], 'Give the day, like 24 11 2026');
  await wrong(['2026-11-24', '23:30'], 'This has not happened yet. Check the day and the time');
  await wrong(['2027-01-01', '07:00'], 'This has not happened yet. Check the day and the time');
  await wrong(['2026-10-01', '07:00'], 'That is more than a month ago. Check the day');
  await wrong(['0026-11-24', '07:00'], 'That is more than a month ago. Check the day');

  // What no date field lets through, and what stings.
  const html = await page.content();
  for (const typed of ['yesterday', '31/02/2026', '"><script>window.stung = 1</script>', '9'.repeat(5000)]) {
    const answer = await demo.post(page, `${receipt}/coming-back`, html, { 'back-day': typed, 'back-time': '07:00' });
    expect(answer.status()).toBe(422);
    expect(await answer.text()).not.toContain('<script>window');
  }
  await page.goto(demo.origin + receipt);
  await expect(back(page)).not.toContainText('Not before');
  await tell(page, '2026-11-23', '18:00');
  await expect(back(page)).toContainText('Not before Thursday 26 November, in the morning');
});

test('an illness that counts in days needs no time, and says what must be true besides', async ({ page, browser }) => {
  await demo.enter(page, 'jo.whitfield@demo.example');
  await page.getByRole('link', { name: 'Leo is not coming in today' }).click();
  await awake(page);
  await page.getByRole('radio', { name: 'Rash, spots, infection' }).check();
  await page.getByLabel('Do you know what it is?').selectOption('Chickenpox');
  await page.getByLabel('When did it start?').fill('2026-11-23');
  await send(page);
  // R6
  await expect(back(page)).toContainText('Not before Monday 30 November, in the morning');
  await expect(back(page)).toContainText('This is right if');
  await back(page).getByText('It happened again, or at another time').click();
  await expect(back(page).getByLabel('Time, about')).toHaveCount(0);
  const board = await another(browser, DESK);
  await demo.enterStaff(board, OFFICE);
  await expect(row(board, 'Whitfield, Leo')).toHaveCount(1);
});

test('who did not send it is not told, and a stale form changes nothing', async ({ page, browser }) => {
  await demo.enter(page, 'a.zoltowska@demo.example', '/robots.txt');
  const receipt = await quickReport(demo, page, { reason: 'sick' });
  const html = await (await page.request.get(demo.origin + receipt)).text();
  const father = await another(browser);
  await demo.enter(father, 't.zoltowski@demo.example', '/robots.txt');
  const own = await (await father.request.get(`${demo.origin}/absences/new`)).text();
  const fields = { 'back-day': '2026-11-24', 'back-time': '07:00' };
  expect((await demo.post(father, `${receipt}/coming-back`, own, fields)).status()).toBe(404);
  expect((await demo.post(page, `${receipt}/coming-back`, html, { ...fields, csrf: 'worn-out' })).status()).toBe(403);
  await page.goto(demo.origin + receipt);
  await expect(back(page)).not.toContainText('Not before');
});
