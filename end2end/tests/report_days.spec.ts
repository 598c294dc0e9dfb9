// More than "not today": another day, several, a day that is past, late, leaving early, and the morning after.
import type { Browser, Locator, Page } from '@playwright/test';

import { School, test, expect, school, another, awake, DESK, MORNING, NGOZI, OFFICE } from './support/school';
import { everythingSent, fill, quickReport, reference, row, send } from './support/journey';

const demo = school();

const FOUR = 'grace.adeyemi@demo.example';
const ZOFIA = 'm.kaczmarek@demo.example';
const LEO = 'jo.whitfield@demo.example';
const ISLA = 'claire.brennan@demo.example';

/** With everything, and by the form alone. */
const HOW = [true, false];
const said = (script: boolean) => (script ? 'with script' : 'by the form alone');

/** The form with "When?" open, reached from home. */
async function ask(page: Page, child: string, script: boolean): Promise<void> {
  await page.goto(demo.origin);
  await page.getByRole('link', { name: `Late, leaving early, or another day for ${child}` }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Away, late or leaving early');
  if (script) await awake(page);
}

const choose = (page: Page, name: string) => page.getByRole('radio', { name, exact: true }).check();
const facts = (page: Page): Locator => page.locator('.facts');

/** Chooses another day, or several. */
async function days(page: Page, first: string, until = ''): Promise<void> {
  await choose(page, 'Another day, or several');
  await page.getByLabel('First day').fill(first);
  await page.getByLabel('Last day').fill(until);
}

interface Kind {
  /** Whose, with script and without. */
  of: [string, string, string];
  reason: string;
  when: (page: Page) => Promise<void>;
  receipt: string[];
}

const KINDS: Record<string, Kind> = {
  tomorrow: {
    of: [NGOZI, 'Ada', 'Sam'],
    reason: 'High temperature',
    when: (page) => choose(page, 'Tomorrow'),
    receipt: ['Tuesday 24 November, all day'],
  },
  'another day': {
    of: [NGOZI, 'Ada', 'Sam'],
    reason: 'Doctor or dentist',
    when: async (page) => {
      await days(page, '2026-12-07');
      await choose(page, 'Morning');
    },
    receipt: ['Monday 7 December, morning only'],
  },
  'several days around a weekend': {
    of: [NGOZI, 'Ada', 'Sam'],
    reason: 'Religious festival',
    when: (page) => days(page, '2026-12-10', '2026-12-14'),
    receipt: ['Thursday 10 December to Monday 14 December, 3 school days', 'Fri 11: not yet'],
  },
  'a day that is past': {
    of: [NGOZI, 'Ada', 'Sam'],
    reason: 'Sick or diarrhoea',
    when: (page) => days(page, '2026-11-20'),
    receipt: ['Friday 20 November, all day'],
  },
  'coming in late': {
    of: [FOUR, 'Toluwani', 'Moyo'],
    reason: 'Doctor or dentist',
    when: async (page) => {
      await choose(page, 'Coming in late');
      await page.getByLabel('Comes in at').fill('10:15');
    },
    receipt: ['Today, coming in late', 'Comes in at 10.15'],
  },
  'leaving early': {
    of: [FOUR, 'Jeremiah', 'Zion'],
    reason: 'Doctor or dentist',
    when: async (page) => {
      await choose(page, 'Leaving early');
      await page.getByLabel('Leaves at').and(page.locator('#goes')).fill('13:30');
      await page.getByLabel('Back at').and(page.locator('#back')).fill('14:40');
    },
    receipt: ['Today, leaving early', 'Leaves at 13.30', 'Back at 14.40'],
  },
};

for (const script of HOW) {
  for (const [name, { of: [who, ...children], reason, when, receipt }] of Object.entries(KINDS)) {
    test(`${name} can be told, ${said(script)}`, async ({ browser }) => {
      const page = await another(browser, { javaScriptEnabled: script });
      await demo.enter(page, who, '/robots.txt');
      await ask(page, script ? children[0] : children[1], script);
      await when(page);
      await page.getByRole('radio', { name: reason }).check();
      await send(page);
      for (const line of receipt) await expect(facts(page)).toContainText(line);
    });
  }

  test(`what cannot be is said at the field, what was typed is kept, and nothing was sent, ${said(script)}`, async ({ browser }) => {
    const [who, child] = script ? [LEO, 'Leo'] : [ISLA, 'Isla'];
    const page = await another(browser, { javaScriptEnabled: script });
    await demo.enter(page, who, '/robots.txt');
    await ask(page, child, script);
    await fill(page, { reason: 'High temperature', note: 'Written once' });
    let posts = 0;
    page.on('request', (request) => (posts += Number(request.method() === 'POST')));
    const summary = page.getByRole('alert');
    const wrong = async (message: string) => {
      await page.getByRole('button', { name: 'Send absence report' }).click();
      await expect(summary.getByRole('link')).toHaveText([message]);
      await expect(summary).toBeFocused();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Away, late or leaving early');
      if (script) await awake(page);
    };
    const first = page.getByLabel('First day');
    const until = page.getByLabel('Last day');

    await choose(page, 'Another day, or several');
    await wrong('Give the day');
    await summary.getByRole('link').click();
    await expect(first, 'the link opens what is folded and leads to the field').toBeFocused();
    await expect(first).toHaveAccessibleDescription('Give the day');
    await expect(page.locator('.bad'), 'said where it is, not over the whole question').toHaveText(/^First day/);
    await first.fill('2026-11-28');
    await wrong('The school is closed then. Check the date');
    await first.fill('2026-11-24');
    await until.fill('2026-11-23');
    await wrong('The last day comes before the first. Check both dates');
    await until.fill('2026-12-02');
    await wrong('You can report 5 school days at once. For longer, please ring the office');
    await first.fill('2026-12-07');
    await until.fill('');
    await wrong('For this reason, tell us on the day. For an appointment or a festival you can tell us now');
    await first.fill('2026-09-02');
    await wrong('That is more than six weeks ago. Please ring the office');
    await first.fill('2027-09-02');
    await wrong('That is too far ahead. Tell us nearer the time, or ring the office');
    await expect(first).toHaveValue('2027-09-02');

    await first.fill('2026-11-20');
    await choose(page, 'Coming in late');
    await wrong('Give the time they come in, like 9:30');
    await page.getByLabel('Comes in at').fill('16:30');
    await wrong('Give a time in the school day');
    await until.fill('2026-11-23');
    await page.getByLabel('Comes in at').fill('10:15');
    await wrong('Coming late and leaving early are for one day. Leave the last day empty');
    await until.fill('');
    await choose(page, 'Leaving early');
    await page.locator('#goes').fill('13:30');
    await page.locator('#back').fill('13:00');
    await wrong('They cannot be back before they leave. Check both times');
    await expect(page.locator('#goes')).toHaveValue('13:30');
    await expect(page.getByRole('radio', { name: 'High temperature' })).toBeChecked();
    await expect(page.getByLabel('Anything the office should know today')).toHaveValue('Written once');
    expect(await everythingSent(page, demo.origin)).toEqual([]);
    if (script) expect(posts, 'said before anything travelled').toBe(0);

    await page.locator('#back').fill('14:00');
    await send(page);
    await expect(facts(page)).toContainText('Friday 20 November, leaving early');
    await expect(facts(page)).toContainText('Written once');
  });
}

test('the folded line says what is chosen inside it', async ({ page }) => {
  await demo.enter(page, NGOZI, '/robots.txt');
  await ask(page, 'Ada', true);
  const line = page.locator('summary', { hasText: 'When?' });
  const says = (text: string) => expect(line).toHaveText(new RegExp(`^When\\? ${text}\\s+Change$`), { useInnerText: true });
  await says('Today, all day');
  await choose(page, 'Tomorrow');
  await choose(page, 'Afternoon');
  await says('Tomorrow, afternoon only');
  await choose(page, 'Another day, or several');
  await choose(page, 'Coming in late');
  await says('Another day, coming in late');
  await page.getByRole('radio', { name: 'Doctor or dentist' }).check();
  await expect(page.locator('#leaves-appointment'), 'what "When?" asks is not asked again').toBeHidden();
  await choose(page, 'All day');
  await expect(page.locator('#leaves-appointment')).toBeVisible();
});

test('the office sees who comes late and who leaves, with the time', async ({ page, browser }) => {
  await demo.enter(page, 'leanne.clarke@demo.example', '/robots.txt');
  await quickReport(demo, page, { reason: 'appointment', part: 'late', arrives: '10:15' });
  await page.context().clearCookies();
  await demo.enter(page, 'wayan@demo.example', '/robots.txt');
  await quickReport(demo, page, { reason: 'appointment', part: 'leaving', goes: '13:30' });
  const board = await another(browser, DESK);
  await demo.enterStaff(board, OFFICE);
  await expect(row(board, 'Clarke, Noah')).toContainText('late, comes at 10.15');
  await expect(row(board, 'Suhartini')).toContainText('leaves at 13.30');
  await board.goto(`${demo.origin}/staff/board?day=2026-11-24`);
  await expect(board.getByRole('main'), 'another day is another board').not.toContainText('Clarke, Noah');
});

/** A school of the test's own, closed with it. */
async function opened(run: (demo: School) => Promise<void>): Promise<void> {
  const demo = await new School(MORNING).open();
  try {
    await run(demo);
  } finally {
    await demo.close();
  }
}

/** The office codes this child's day as the board proposes. */
async function code(demo: School, browser: Browser, name: string): Promise<Page> {
  const board = await another(browser, DESK);
  await demo.enterStaff(board, OFFICE);
  await row(board, name).locator('.propose button').first().click();
  await expect(row(board, name)).toHaveAttribute('data-coded', '');
  return board;
}

for (const script of HOW) {
  test(`several days are changed while none is recorded; afterwards the rest is taken back, ${said(script)}`, async ({ browser }) => {
    await opened(async (demo) => {
      const page = await another(browser, { javaScriptEnabled: script });
      await demo.enter(page, ZOFIA, '/robots.txt');
      await page.goto(demo.origin + (await quickReport(demo, page, { reason: 'temperature', day: 'other', first: '2026-11-23', until: '2026-11-26' })));
      await expect(facts(page)).toContainText('Today to Thursday 26 November, 4 school days');
      await expect(page.getByText('On each later morning, tell us with one tap')).toBeVisible();

      await page.getByRole('link', { name: 'Change it' }).click();
      if (script) await awake(page);
      await expect(page.getByLabel('First day')).toHaveValue('2026-11-23');
      await expect(page.getByLabel('Last day')).toHaveValue('2026-11-26');
      await page.getByLabel('Last day').fill('2026-11-25');
      const second = await send(page, 'Send these answers instead');
      await expect(facts(page)).toContainText('Today to Wednesday 25 November, 3 school days');
      await page.goto(demo.origin);
      await expect(page.getByRole('region', { name: 'Zofia' })).toContainText('It goes on until Wednesday 25 November.');

      const board = await code(demo, browser, 'Kaczmarek, Zofia');
      await page.goto(`${demo.origin}/receipts/${second.replace('-', '')}`);
      await expect(page.getByRole('link', { name: 'Change it' })).toHaveCount(0);
      await page.getByRole('link', { name: 'Withdraw the days not yet recorded' }).click();
      await page.getByRole('button', { name: 'Withdraw the report' }).click();
      await expect(facts(page)).toContainText('Zofia, Mon 23: Illness, authorised (I)');
      await expect(facts(page)).toContainText('Zofia, Tue 24: taken back');
      await expect(facts(page)).toContainText('Zofia, Wed 25: taken back');
      expect(await reference(page)).toBe(second);
      await expect(page.getByRole('link', { name: /Withdraw/ }), 'nothing is left to take back').toHaveCount(0);
      await board.goto(`${demo.origin}/staff/board?day=2026-11-24`);
      await expect(row(board, 'Kaczmarek, Zofia')).toHaveCount(0);
      await page.goto(demo.origin);
      await expect(page.getByRole('region', { name: 'Zofia' })).not.toContainText('It goes on');
    });
  });

  test(`still unwell is one tap the next morning, and makes one report, ${said(script)}`, async ({ browser }) => {
    await opened(async (demo) => {
      const page = await another(browser, { javaScriptEnabled: script });
      await demo.enter(page, ZOFIA, '/robots.txt');
      await quickReport(demo, page, { reason: 'temperature', day: 'other', first: '2026-11-23', until: '2026-11-24' });
      const mateus = await another(browser, { javaScriptEnabled: script });
      await demo.enter(mateus, 'ines.figueira@demo.example', '/robots.txt');
      await quickReport(demo, mateus, { reason: 'cold' });
      const kayden = await another(browser, { javaScriptEnabled: script });
      await demo.enter(kayden, 'janet.ainsworth@demo.example', '/robots.txt');
      await quickReport(demo, kayden, { reason: 'appointment' });

      await demo.moveTo('2026-11-24T08:04:00Z');
      const board = await another(browser, DESK);
      await demo.enterStaff(board, OFFICE);
      await expect(row(board, 'Kaczmarek, Zofia')).toContainText('expected, not confirmed today');
      await expect(row(board, 'Figueira, Mateus')).toHaveCount(0);

      await page.goto(demo.origin);
      await expect(page.getByText('Please say this morning that it still holds.')).toBeVisible();
      if (script) await awake(page);
      await page.getByRole('button', { name: 'Zofia is still unwell today' }).dblclick();
      await page.waitForURL('**/receipts/*');
      await expect(facts(page)).toContainText('Today, all day');
      await expect(facts(page)).toContainText('High temperature');
      await expect(page.locator('.stamp')).toContainText('before the register closed at 9.15');
      expect(await everythingSent(page, demo.origin)).toHaveLength(2);
      await page.goto(demo.origin);
      await expect(page.getByRole('button', { name: 'Zofia is still unwell today' })).toHaveCount(0);
      await board.reload();
      await expect(row(board, 'Kaczmarek, Zofia')).toHaveCount(1);
      await expect(row(board, 'Kaczmarek, Zofia')).not.toContainText('expected, not confirmed');

      await mateus.goto(demo.origin);
      await mateus.getByRole('button', { name: 'Mateus is still unwell today' }).click();
      await mateus.waitForURL('**/receipts/*');
      await expect(facts(mateus)).toContainText('Cold, cough, throat');
      await board.reload();
      await expect(row(board, 'Figueira, Mateus')).toHaveCount(1);
      await mateus.goto(`${demo.origin}/receipts`);
      await expect(mateus.getByRole('heading', { level: 2 })).toHaveText(['Tuesday 24 November 2026', 'Monday 23 November 2026']);

      await kayden.goto(demo.origin);
      await expect(kayden.getByRole('link', { name: 'Kayden is not coming in today' })).toBeVisible();
      await expect(kayden.getByRole('button', { name: /still unwell/ }), 'an appointment is over').toHaveCount(0);
    });
  });
}
