// What a parent's morning may cost: taps, requests, bytes, and nothing that jumps.
import type { CDPSession, Page } from '@playwright/test';

import { test, expect, school, another, awake, NGOZI, OFFICE } from './support/school';
import { REFERENCE, reference } from './support/journey';

const demo = school();

interface Load {
  url: string;
  type: string;
  /** Bytes over the wire, headers included; none from the cache. */
  bytes: number;
  cached: boolean;
}

/** Everything the page loads from now on, as the network stack counts it. */
async function loads(page: Page): Promise<Load[]> {
  const all: Load[] = [];
  const known = new Map<string, Load>();
  const cdp: CDPSession = await page.context().newCDPSession(page);
  await cdp.send('Network.enable');
  cdp.on('Network.requestWillBeSent', ({ requestId, request, type, redirectResponse }) => {
    const before = known.get(requestId);
    // A redirect is a request of its own, under the same id.
    if (before && redirectResponse) before.bytes = redirectResponse.encodedDataLength;
    const load = { url: request.url, type: type ?? '', bytes: 0, cached: false };
    known.set(requestId, load);
    all.push(load);
  });
  cdp.on('Network.requestServedFromCache', ({ requestId }) => {
    const load = known.get(requestId);
    if (load) load.cached = true;
  });
  cdp.on('Network.responseReceived', ({ requestId, response }) => {
    const load = known.get(requestId);
    if (load && (response.fromDiskCache || response.fromPrefetchCache)) load.cached = true;
  });
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const load = known.get(requestId);
    if (load && !load.cached) load.bytes = encodedDataLength;
  });
  return all;
}

const sum = (all: Load[]) => all.reduce((bytes, load) => bytes + load.bytes, 0);

for (const script of [true, false]) {
  const how = script ? 'with script' : 'by the form alone';
  test(`a returning parent needs three taps, three requests and 25 kB, ${how}`, async ({ browser }) => {
    const page = await another(browser, { javaScriptEnabled: script });
    await demo.enter(page, NGOZI, '/absences/new');
    if (script) await awake(page);
    await page.goto(demo.origin);
    if (script) await awake(page);
    const all = await loads(page);

    await page.getByRole('link', { name: `${script ? 'Ada' : 'Sam'} is not coming in today` }).click();
    if (script) await awake(page);
    await page.getByText('High temperature').click();
    await page.getByRole('button', { name: 'Send absence report' }).click();
    await page.waitForURL('**/receipts/*');
    expect(await reference(page)).toMatch(REFERENCE);
    await page.waitForLoadState('load');
    if (script) await awake(page);

    // The browser's own look for an icon is not the page's.
    const sent = all.filter((load) => !load.cached && !load.url.includes('/assets/icon'));
    expect(sent.map((load) => `${load.type} ${new URL(load.url).pathname}`), 'nothing else was fetched').toHaveLength(3);
    console.log(`home to receipt, ${how}: ${sent.map((load) => load.bytes).join(' + ')} = ${sum(all)} bytes`);
    expect(sum(sent)).toBeGreaterThan(5000);
    expect(sum(sent)).toBeLessThanOrEqual(25_000);
  });
}

test('the report page comes in one request that blocks, 10 kB with its style, and nothing jumps', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 360, height: 780 } });
  const page = await context.newPage();
  // Signed in as a browser that remembers its parent and nothing else.
  const other = await browser.newContext();
  await demo.enter(await other.newPage(), NGOZI, '/robots.txt');
  await context.addCookies(await other.cookies());
  await other.close();

  await page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
        if (!entry.hadRecentInput) shifts.push(entry.value);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  const all = await loads(page);
  await page.goto(`${demo.origin}/absences/new`);
  await awake(page);
  await page.getByText('High temperature').click();
  await page.waitForTimeout(600);

  const html = all.find((load) => load.type === 'Document')!;
  console.log(`the report page: ${html.bytes} bytes with its headers`);
  expect(html.bytes).toBeGreaterThan(3000);
  expect(html.bytes).toBeLessThanOrEqual(10_000);
  const blocking = await page.evaluate(() =>
    (performance.getEntriesByType('resource') as (PerformanceResourceTiming & { renderBlockingStatus: string })[])
      .filter((entry) => entry.renderBlockingStatus === 'blocking')
      .map((entry) => entry.name),
  );
  expect(blocking, 'nothing blocks but the page itself').toEqual([]);
  expect(all.filter((load) => ['Font', 'Stylesheet', 'Image'].includes(load.type))).toEqual([]);
  expect(await page.evaluate(() => document.fonts.size), 'no web font').toBe(0);
  expect(await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts), 'nothing jumped').toEqual([]);
  await context.close();
});

test('what wakes the page is at most 75 kB for parents and 110 kB for staff, and loaded once', async ({ browser }) => {
  const half = async (enter: (page: Page) => Promise<void>): Promise<number> => {
    const page = await another(browser);
    const sizes: Promise<number>[] = [];
    const urls: string[] = [];
    page.on('response', (response) => {
      if (!/\.(js|wasm)$/.test(response.url())) return;
      urls.push(response.url().replace(/.*\./, ''));
      sizes.push(response.allHeaders().then((headers) => {
        expect(headers['content-encoding'], response.url()).toBe('br');
        expect(headers['cache-control'], response.url()).toBe('public, max-age=31536000, immutable');
        return Number(headers['content-length']);
      }));
    });
    await enter(page);
    await awake(page);
    expect(urls.sort(), 'the waker, the scripts of the half, the half').toEqual(['js', 'js', 'wasm']);
    return (await Promise.all(sizes)).reduce((all, size) => all + size, 0);
  };
  const parents = await half((page) => demo.enter(page, NGOZI, '/absences/new'));
  const staff = await half((page) => demo.enterStaff(page, OFFICE, '/staff/board'));
  console.log(`WebAssembly and scripts: ${parents} bytes for parents, ${staff} for staff`);
  expect(parents).toBeGreaterThan(20_000);
  expect(parents).toBeLessThanOrEqual(75_000);
  expect(staff).toBeLessThanOrEqual(110_000);
});
