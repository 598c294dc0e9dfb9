// What pages may load and what they may give away: the policy on every screen, and canary words
// that must never leave the page's own text.
import type { Page } from '@playwright/test';

import { test, expect, school, another } from './support/school';
import { otherTimes, parents, questions, signedOut, staff } from './support/tour';
import { declaration } from './support/tour_declaration';
import { leave } from './support/tour_leave';
import { leaving } from './support/tour_leaving';

const demo = school();
test.setTimeout(120_000);

/** Names of children and guardians on the tour, reasons and codes in words, and what was written. */
const NAMES = 'Ada|Sam|Okafor|Ngozi|Chidi|Matilda|Rupert|Penhaligon|Noah|Clarke|Isla|Brennan|Mina|Zo[eë]|N[uú][nñ]ez|Rahman|Niamh|Suhartini|Toluwani|Zofia|Kaczmarek|Kayden|Mateus|Figueira|Featherstone|Juno|Achterberg';
const WORDS = 'sick|diarrh|temperature|cold|cough|rash|injury|worried|doctor|dentist|festival|illness|medical|canary|night';
const PRIVATE = new RegExp(`\\b(${NAMES}|${WORDS})`, 'i');

interface Watched {
  page: Page;
  visit: (name: string, page: Page) => Promise<void>;
  done: () => Promise<void>;
}

/** A browser in which nothing of interest passes unseen. */
async function watched(page: Page): Promise<Watched> {
  const said: string[] = [];
  const urls: string[] = [];
  const answers = new Map<string, Record<string, string>>();
  page.on('console', (message) => {
    // A page of a failure is an answer like any other, and a school that restarts is away for a moment.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource: ')) said.push(message.text());
  });
  page.on('pageerror', (error) => said.push(String(error)));
  page.on('request', (request) => urls.push(request.url()));
  page.on('response', (response) => answers.set(response.url().split('#')[0], response.headers()));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`));
  });
  const visit = async (name: string): Promise<void> => {
    const headers = answers.get(page.url().split('#')[0])!;
    const policy = headers['content-security-policy'];
    const sheet = policy.match(/'sha256-[A-Za-z0-9+/]{43}='/)?.[0];
    expect.soft(policy, name).toBe(
      `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' ${sheet}; connect-src 'self'; ` +
        `img-src 'self' blob:; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    );
    expect.soft(headers, name).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
      'cross-origin-opener-policy': 'same-origin',
    });
    const html = await page.content();
    expect.soft(html.match(/<script(?![^>]*\bsrc=)[^>]*>/g), `${name}: no inline script`).toBeNull();
    expect.soft(html.match(/<[^>]*\s(style|on[a-z]+)=/gi), `${name}: no style and no handler in a tag`).toBeNull();
    expect.soft(html.match(/<style/g), `${name}: one sheet`).toHaveLength(1);
    expect.soft(await page.title(), `${name}: the title`).not.toMatch(PRIVATE);
    expect.soft(page.url(), `${name}: the address`).not.toMatch(PRIVATE);
    expect.soft(await kept(page), `${name}: what the browser keeps`).not.toMatch(PRIVATE);
  };
  const done = async () => {
    expect.soft(said, 'nothing in the console').toEqual([]);
    expect.soft(urls.filter((url) => !url.startsWith(demo.origin)), 'nothing from elsewhere').toEqual([]);
    expect.soft(urls.filter((url) => PRIVATE.test(decodeURIComponent(url))), 'nothing private in an address').toEqual([]);
    const mail = await demo.mail(page);
    expect(mail.length).toBeGreaterThan(0);
    // Whom it is for stands in the head, and staff are greeted: only the rest is asked about.
    for (const text of mail) expect.soft(text.replace(/^.*@demo\.example$|^Hello .*$/gm, ''), 'mail').not.toMatch(PRIVATE);
  };
  return { page, visit, done };
}

/** What stays in the browser when the page is gone. */
async function kept(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const names = await caches.keys();
    const cached = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map((it) => it.url)));
    return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, cached, document.cookie]);
  });
}

for (const [name, tour] of Object.entries({ signedOut, parents, questions, leave, leaving, declaration, staff, otherTimes })) {
  test(`nothing is loaded or given away that should not be: ${name}`, async ({ browser }) => {
    const { page, visit, done } = await watched(await another(browser));
    await tour(demo, page, visit);
    await done();
  });
}

test('a foreign host, a foreign origin and a frame are refused', async ({ page, request }) => {
  const foreign = await request.get(`${demo.origin}/sign-in`, { headers: { host: 'evil.example' } });
  expect(foreign.status()).toBe(421);
  await demo.enter(page, 'jo.whitfield@demo.example', '/absences/new');
  const form = await page.locator('form#report').evaluate((it: HTMLFormElement) => new URLSearchParams(new FormData(it) as never).toString());
  for (const origin of ['https://evil.example', 'null']) {
    const answer = await page.request.post(`${demo.origin}/absences/new`, {
      data: `${form}&reason=temperature`,
      headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(answer.status()).toBe(403);
    expect(await answer.text()).toContain('NOT received');
  }
  await page.goto('about:blank');
  await page.setContent(`<iframe src="${demo.origin}/sign-in"></iframe>`);
  await expect.poll(() => page.frames().map((frame) => frame.url()).join()).toContain('chrome-error:');
});
