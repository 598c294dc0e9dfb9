// Telling the school that a child is not coming in, and what the office sees of it.
import type { Page } from '@playwright/test';

import { test, expect, school, another, awake, DESK, NGOZI, CHIDI, OFFICE } from './support/school';
import { REFERENCE, everythingSent, fill, reference, reportFor, row, send, walkTo } from './support/journey';

const demo = school();

const ZOFIA = 'm.kaczmarek@demo.example';
const NIAMH = 's.obrien@demo.example';
const ZOE = 'maria.nunez@demo.example';
const LUKASZ = 'a.zoltowska@demo.example';
const TWINS = 't.penhaligon@demo.example';
const FOUR = 'grace.adeyemi@demo.example';
const KAYDEN = 'janet.ainsworth@demo.example';
const MATEUS = 'ines.figueira@demo.example';
const LEO = 'jo.whitfield@demo.example';
const MINA = 'long.names@demo.example';
const SUHARTINI = 'wayan@demo.example';
const NOAH = 'leanne.clarke@demo.example';
const ISLA = 'claire.brennan@demo.example';

test('two siblings are reported together and the office codes them with one key', async ({ page, browser }) => {
  const board = await another(browser, DESK);
  await demo.enterStaff(board, OFFICE);
  await awake(board);
  await board.evaluate(() => Object.assign(window, { drawnOnce: true }));

  const other = await another(browser);
  await demo.enter(other, ZOFIA);
  await reportFor(other, 'Zofia', { reason: 'High temperature' });
  await expect(board.getByRole('status')).toHaveText('Show 1 more that has come in');

  await demo.enter(page, NGOZI);
  await page.getByRole('link', { name: 'Both staying at home? Report them together' }).click();
  await expect(page.getByRole('checkbox', { name: 'Ada' })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: 'Sam' })).toBeChecked();
  await fill(page, { reason: 'Sick or diarrhoea' });
  await page.getByRole('radio', { name: 'In the night' }).check();
  expect(await send(page)).toMatch(REFERENCE);

  await expect(page.locator('.stamp time')).toHaveText(/^08:0[4-9]:[0-5]\d$/);
  await expect(page.locator('.stamp')).toContainText('before the register closed at 9.15');
  await expect(page.locator('.facts')).toContainText('Ada Okafor, 3 Oak');
  await expect(page.locator('.facts')).toContainText('Sam Okafor, 1 Elm');
  await expect(page.locator('.facts')).toContainText('Today, all day');
  await expect(page.locator('.facts')).toContainText('When were they last sick? In the night');
  await expect(page.getByText('You will not get a call asking where they are')).toBeVisible();
  await expect(page.getByText('They can come back 48 hours after')).toBeVisible();

  await expect(board.getByRole('status')).toHaveText('Show 3 more that have come in');
  expect(await board.evaluate(() => 'drawnOnce' in window), 'the board was not drawn anew').toBe(true);
  await expect(row(board, 'Okafor, Ada'), 'no row moves by itself').toHaveCount(0);
  await board.getByRole('link', { name: 'Show 3 more' }).click();

  await awake(board);
  await walkTo(board, 'Okafor, Ada');
  await board.keyboard.press('Enter');
  await expect(board.getByRole('table', { name: 'Coded' })).toContainText('Okafor, Ada');
  await expect(row(board, 'Okafor, Ada')).toContainText('Illness, authorised (I)');
  await expect(row(board, 'Okafor, Ada')).toContainText('Jean Tanner');

  await page.reload();
  await expect(page.locator('.facts')).toContainText('Ada: Illness, authorised (I)');
  await expect(page.locator('.facts')).toContainText('Sam: not yet');
  await page.goto(demo.origin);
  await expect(page.getByRole('region', { name: 'Ada' })).toContainText('Recorded by the school: Illness, authorised (I)');
  await expect(page.getByRole('region', { name: 'Sam' })).not.toContainText('Recorded');
});

for (const script of [true, false]) {
  const how = script ? 'before anything is sent' : 'by the server where no script runs';
  test(`a missing reason is said ${how}, at the field and in a summary that has the focus`, async ({ browser }) => {
    const page = await another(browser, { javaScriptEnabled: script });
    await demo.enter(page, FOUR, '/absences/new');
    if (script) await awake(page);
    let posts = 0;
    page.on('request', (request) => (posts += Number(request.method() === 'POST')));
    await page.getByRole('checkbox', { name: 'Moyo' }).uncheck();
    await page.getByText('Add a note').click();
    await page.getByLabel('Anything the office should know today').fill('Their cousin collects the homework');
    await page.getByRole('button', { name: 'Send absence report' }).click();

    const summary = page.getByRole('alert');
    await expect(summary.getByRole('heading')).toHaveText('Not sent yet. One thing to put right');
    await expect(summary).toBeFocused();
    expect(posts).toBe(script ? 0 : 1);
    await summary.getByRole('link', { name: 'Choose a reason' }).click();
    const first = page.getByRole('radio', { name: 'Sick or diarrhoea' });
    await expect(page).toHaveURL(/#reason$/);
    await expect(first).toHaveAccessibleDescription('Choose a reason');
    await page.keyboard.press('Space');
    await expect(first, 'the link leads to the field itself').toBeChecked();

    await expect(page.getByRole('checkbox', { name: 'Moyo' })).not.toBeChecked();
    await expect(page.getByRole('checkbox', { name: 'Zion' })).toBeChecked();
    await expect(page.getByLabel('Anything the office should know today')).toHaveValue('Their cousin collects the homework');
    expect(await everythingSent(page, demo.origin)).toEqual([]);
  });
}

test('the question that belongs to a reason opens without script', async ({ browser }) => {
  const page = await another(browser, { javaScriptEnabled: false });
  await demo.enter(page, KAYDEN, '/');
  await page.getByRole('link', { name: 'Kayden is not coming in today' }).click();
  const sick = page.getByRole('group', { name: 'When were they last sick?' });
  const why = page.getByRole('group', { name: 'Why?' });
  const leaves = why.getByLabel('Leaves at');
  await expect(sick).toBeHidden();
  await page.getByRole('radio', { name: 'Sick or diarrhoea' }).check();
  await expect(sick).toBeVisible();
  await page.getByRole('radio', { name: 'Doctor or dentist' }).check();
  await expect(sick).toBeHidden();
  await expect(leaves).toBeVisible();
  await leaves.fill('10:15');
  await why.getByLabel('Back at').fill('09:30');
  await page.getByRole('button', { name: 'Send absence report' }).click();
  await expect(page.getByRole('alert')).toContainText('They cannot be back before they leave. Check both times');
  await expect(leaves).toHaveValue('10:15');
  await why.getByLabel('Back at').fill('11:30');
  await send(page);
  await expect(page.locator('.facts')).toContainText('Leaves at 10.15. Back at 11.30');
});

test('a hostile note is text, to the parent and to the office', async ({ page, browser }) => {
  const note = `</textarea></dd><script>window.stung = true</script><img src=x onerror="window.stung = true"> {{7*7}} ' " 🦊`;
  await demo.enter(page, NIAMH);
  await reportFor(page, 'Niamh', { reason: 'Rash, spots, infection', note });
  await expect(page.locator('.facts .words')).toHaveText(note);

  await page.getByRole('link', { name: 'Change it' }).click();
  await expect(page.getByLabel('Anything the office should know today')).toHaveValue(note);

  const board = await another(browser, DESK);
  await demo.enterStaff(board, OFFICE);
  await expect(row(board, "O'Brien, Niamh").locator('.words')).toHaveText(note);
  for (const shown of [page, board]) {
    expect(await shown.evaluate(() => 'stung' in window)).toBe(false);
    await expect(shown.locator('img')).toHaveCount(0);
  }
});

test('what was sent can be changed and withdrawn until the school has recorded it', async ({ page, browser }) => {
  const board = await another(browser, DESK);
  await demo.enter(page, TWINS);
  const first = await reportFor(page, 'Matilda', { reason: 'Cold, cough, throat', note: 'Coughed all night' });

  await page.getByRole('link', { name: 'Change it' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Change your report');
  await expect(page.getByRole('radio', { name: 'Cold, cough, throat' })).toBeChecked();
  await expect(page.getByLabel('Anything the office should know today')).toHaveValue('Coughed all night');
  await expect(page.getByRole('checkbox', { name: 'Rupert' })).not.toBeChecked();
  await fill(page, { reason: 'High temperature' });
  const second = await send(page, 'Send these answers instead');
  expect(second).not.toBe(first);

  await page.goto(`${demo.origin}/receipts/${first.replace('-', '')}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You changed this report');
  await expect(page.getByRole('link', { name: 'Withdraw it' })).toHaveCount(0);
  await page.getByRole('link', { name: 'See what you sent instead' }).click();
  expect(await reference(page)).toBe(second);
  await demo.enterStaff(board, OFFICE);
  await expect(row(board, 'Penhaligon, Matilda')).toHaveCount(1);
  await expect(row(board, 'Penhaligon, Matilda')).toContainText('High temperature');
  await expect(row(board, 'Penhaligon, Matilda')).not.toContainText('Cold');

  await page.getByRole('link', { name: 'Withdraw it' }).click();
  await expect(page.getByText('The school will then expect your child.')).toBeVisible();
  await page.getByRole('link', { name: 'Keep it' }).click();
  await page.getByRole('link', { name: 'Withdraw it' }).click();
  await page.getByRole('button', { name: 'Withdraw the report' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You took this report back');
  await board.reload();
  await expect(row(board, 'Penhaligon, Matilda')).toHaveCount(0);
  await page.goto(demo.origin);
  await expect(page.getByRole('region', { name: 'Matilda' })).toContainText('Nothing reported');
});

test('what the school has recorded is not changed from home, and every page says so', async ({ page, browser }) => {
  await demo.enter(page, TWINS);
  await reportFor(page, 'Rupert', { reason: 'Pain or injury' });
  const [change, withdraw] = [await another(browser), await another(browser)];
  await demo.enter(change, TWINS, `${new URL(page.url()).pathname}/change`);
  await demo.enter(withdraw, TWINS, `${new URL(page.url()).pathname}/withdraw`);
  const board = await another(browser, DESK);
  await demo.enterStaff(board, OFFICE);
  await row(board, 'Penhaligon, Rupert').getByRole('button', { name: 'Illness' }).click();
  await expect(row(board, 'Penhaligon, Rupert')).toContainText('Illness, authorised (I)');

  await page.reload();
  await expect(page.getByText('This can no longer be changed here. If something is wrong, ask for a change, or ring the office on 01632 960915, option 1.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Change it' })).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Withdraw it' })).toHaveCount(0);
  const refused = 'Nothing was changed. If something is wrong, ring the office on 01632 960915, option 1.';
  await withdraw.getByRole('button', { name: 'Withdraw the report' }).click();
  await expect(withdraw.getByText(refused)).toBeVisible();
  await fill(change, { reason: 'High temperature' });
  await change.getByRole('button', { name: 'Send these answers instead' }).click();
  await expect(change.getByText(refused), 'nobody believes that the new answers arrived').toBeVisible();
});

test('a second guardian learns that a report was made, not what it says', async ({ page, browser }) => {
  const mother = await another(browser);
  await demo.enter(mother, LUKASZ);
  await reportFor(mother, 'Łukasz', { reason: 'Worried or low', note: 'Canary words of the mother' });

  await demo.enter(page, 't.zoltowski@demo.example');
  const child = page.getByRole('region', { name: 'Łukasz' });
  await expect(child).toContainText(/Reported at 8\.0\d by another adult/);
  await child.getByRole('link', { name: 'Tell the school about Łukasz yourself' }).click();
  const form = await page.content();
  await page.getByRole('radio', { name: 'High temperature' }).check();
  await send(page);
  await expect(page.getByText(/Another adult also reported Łukasz, at 8\.0\d\. The school has both\./)).toBeVisible();
  const receipt = await page.content();
  await page.goto(demo.origin);
  const home = await page.content();
  for (const shown of [receipt, home]) {
    expect(shown).not.toContain('Worried');
    expect(shown).not.toContain('Agnieszka');
  }
  for (const shown of [form, receipt, home]) expect(shown).not.toContain('Canary');

  // A receipt of somebody else's is a thing that does not exist.
  const theirs = await page.goto(`${demo.origin}${new URL(mother.url()).pathname}`);
  expect(theirs!.status()).toBe(404);
  await mother.goto(demo.origin);
  await expect(mother.getByRole('region', { name: 'Łukasz' })).toContainText('Worried or low');
});

for (const script of [true, false]) {
  test(`two taps on Send make one report, ${script ? 'with' : 'without'} script`, async ({ browser }) => {
    const [who, child] = script ? [LEO, 'Leo'] : [MATEUS, 'Mateus'];
    const page = await another(browser, { javaScriptEnabled: script });
    await demo.enter(page, who);
    await page.getByRole('link', { name: `${child} is not coming in today` }).click();
    if (script) await awake(page);
    await fill(page, { reason: 'Pain or injury' });
    // Slow enough that the second tap meets a form that is being sent.
    await page.route('**/absences/new', async (route) => {
      if (route.request().method() === 'POST') await new Promise((done) => setTimeout(done, 150));
      await route.continue();
    });
    await page.getByRole('button', { name: 'Send absence report' }).dblclick();
    // The second tap may cut the first answer off: what counts is where it ends.
    await expect(page).toHaveURL(/\/receipts\//);
    expect(await everythingSent(page, demo.origin)).toEqual([await reference(page)]);
  });
}

test('reloading and going back make no second report', async ({ page }) => {
  await demo.enter(page, MINA);
  await page.getByRole('link', { name: 'Mina is not coming in today' }).click();
  await page.reload();
  await fill(page, { reason: 'High temperature' });
  const sent = await send(page);
  await page.reload();
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Not coming in');
  await page.reload();
  await page.goForward();
  expect(await reference(page)).toBe(sent);
  await page.goBack();
  await fill(page, { reason: 'High temperature' });
  expect(await send(page), 'the same words once more are the same report').toBe(sent);
  expect(await everythingSent(page, demo.origin)).toEqual([sent]);
});

test('an answer that was lost: the same form again finds its receipt', async ({ page }) => {
  await demo.enter(page, SUHARTINI);
  await page.getByRole('link', { name: 'Suhartini is not coming in today' }).click();
  await awake(page);
  await loseTheAnswer(page);
  await fill(page, { reason: 'High temperature' });
  await page.getByRole('button', { name: 'Send absence report' }).click();
  await expect(page.getByRole('alert')).toContainText('Not sent: there is no connection to the school.');
  const sent = await send(page);
  expect(await everythingSent(page, demo.origin)).toEqual([sent]);
});

test('the same form again with other answers offers to send them instead', async ({ page, browser }) => {
  await demo.enter(page, ISLA);
  await page.getByRole('link', { name: 'Isla is not coming in today' }).click();
  await awake(page);
  await loseTheAnswer(page);
  await fill(page, { reason: 'High temperature', note: 'First thought' });
  await page.getByRole('button', { name: 'Send absence report' }).click();
  await expect(page.getByRole('alert')).toContainText('Not sent: there is no connection to the school.');
  await fill(page, { reason: 'Rash, spots, infection', note: 'Second thought' });
  const answer = page.waitForResponse((it) => it.request().isNavigationRequest() && it.request().method() === 'POST');
  await page.getByRole('button', { name: 'Send absence report' }).click();
  expect((await answer).status()).toBe(409);

  const asked = page.getByRole('alert');
  await expect(asked).toContainText(/You already sent this at 8\.0\d/);
  await expect(asked).toBeFocused();
  await expect(page.getByRole('radio', { name: 'Rash, spots, infection' })).toBeChecked();
  await expect(page.getByLabel('Anything the office should know today')).toHaveValue('Second thought');
  const first = (await everythingSent(page, demo.origin))[0];
  const second = await send(page, 'Send these answers instead');
  await expect(page.locator('.facts')).toContainText('Second thought');
  expect((await everythingSent(page, demo.origin)).sort()).toEqual([first, second].sort());

  const board = await another(browser, DESK);
  await demo.enterStaff(board, OFFICE);
  await expect(row(board, 'Brennan, Isla')).toContainText('Second thought');
  await expect(row(board, 'Brennan, Isla')).not.toContainText('First thought');
});

test('a form from before signing in afresh is not taken, and the page says so', async ({ page }) => {
  await demo.enter(page, NOAH);
  await page.getByRole('link', { name: 'Noah is not coming in today' }).click();
  await awake(page);
  const tab = await page.context().newPage();
  await demo.signIn(tab, NOAH);
  await tab.close();
  await fill(page, { reason: 'High temperature' });
  await page.getByRole('button', { name: 'Send absence report' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This form is too old');
  await expect(page.getByText('The school has NOT received anything.')).toBeVisible();
  await expect(page.getByText('To be safe, ring the office on 01632 960915, option 1.')).toBeVisible();
  expect(await everythingSent(page, demo.origin)).toEqual([]);
});

test('a report from somebody who was signed out meanwhile says that it was not received', async ({ page }) => {
  await demo.enter(page, ZOE);
  await page.getByRole('link', { name: 'Zoë is not coming in today' }).click();
  await awake(page);
  await fill(page, { reason: 'High temperature' });
  await page.context().clearCookies();
  await page.getByRole('button', { name: 'Send absence report' }).click();
  await expect(page.getByText('NOT received')).toBeVisible();
});

test('a parent may look but not act where the school says so', async ({ page }) => {
  await demo.enter(page, CHIDI, '/');
  await expect(page.getByRole('link', { name: /is not coming in|Tell the school about/ })).toHaveCount(2);
  await page.context().clearCookies();
  await demo.enter(page, 'pat.clarke@demo.example');
  await expect(page.getByText('You can see this page. To report an absence, ring the office.')).toBeVisible();
  await expect(page.getByRole('link', { name: /is not coming in/ })).toHaveCount(0);
  expect((await page.goto(`${demo.origin}/absences/new`))!.status()).toBe(404);
});

/** The next report arrives, and its answer does not. */
async function loseTheAnswer(page: Page): Promise<void> {
  await page.route(
    '**/absences/new',
    async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    },
    { times: 1 },
  );
}
