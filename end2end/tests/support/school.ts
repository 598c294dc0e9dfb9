// A demo school of its own for each test file, and the people who use it.
import { test, expect, type APIResponse, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const binary = process.env.NINE_FIFTEEN_BIN ?? resolve(__dirname, '../../../target/debug/nine-fifteen');

/** A Monday at four minutes past eight, an hour before the register closes. */
export const MORNING = '2026-11-23T08:04:00Z';

export const NGOZI = 'ngozi.okafor@demo.example';
export const CHIDI = 'chidi.okafor@demo.example';
export const RAHMAN = 'rahman.family@demo.example';
export const OFFICE = 'office@demo.example';
export const OFFICER = 'attendance@demo.example';
export const ADMIN = 'admin@demo.example';
export const PASSWORD = 'quarter past nine';

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;

export class School {
  origin = '';
  private child?: ChildProcess;
  private began = 0;
  private data = '';
  private known = new Map<string, Cookies>();

  constructor(private now = MORNING) {}

  async open(): Promise<this> {
    this.data = mkdtempSync(join(tmpdir(), 'nine-fifteen-'));
    await this.start('0');
    return this;
  }

  async close(): Promise<void> {
    await this.end();
    rmSync(this.data, { recursive: true, force: true });
  }

  /** Nobody answers until the school is moved to another time. */
  async pause(): Promise<void> {
    await this.end();
  }

  /** The same school, with everything in it, at another time. Time only runs forwards. */
  async moveTo(now: string): Promise<void> {
    await this.end();
    this.now = now;
    await this.start(new URL(this.origin).port, '--keep');
  }

  private async start(port: string, ...more: string[]): Promise<void> {
    const given = ['demo', '--data', this.data, '--now', this.now, '--port', port, ...more];
    this.began = Date.now();
    const child = spawn(binary, given, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.child = child;
    this.origin = await new Promise<string>((done, failed) => {
      let said = '';
      child.stdout!.on('data', (chunk) => {
        said += chunk;
        const found = said.match(/ready at (http:\/\/127\.0\.0\.1:\d+)/);
        if (found) done(found[1]);
      });
      child.on('exit', (code) => failed(new Error(`the demo ended with ${code}: ${said}`)));
    });
  }

  private async end(): Promise<void> {
    const child = this.child;
    if (!child) return;
    this.child = undefined;
    const ended = new Promise((done) => child.on('exit', done));
    // Boards keep a connection open on which ticks come; nobody waits for them here.
    const late = setTimeout(() => child.kill('SIGKILL'), 500);
    if (child.kill('SIGTERM')) await ended;
    clearTimeout(late);
  }

  /** The folder in which the school's data lies. */
  get folder(): string {
    return this.data;
  }

  /** The school's time, at the earliest: its clock was set a moment after the program started. */
  time(): Date {
    return new Date(Date.parse(this.now) + (Date.now() - this.began) - 400);
  }

  /** Waits until the school's clock shows this time, whatever it took the program to start. */
  async until(time: string): Promise<void> {
    const wait = Date.parse(time) - this.time().getTime();
    if (wait > 0) await new Promise((done) => setTimeout(done, wait));
  }

  /** The newest message to this address that is not among the old ones, waited for: its lines. */
  async mailTo(page: Page, address: string, subject: RegExp, old: string[] = []): Promise<string> {
    for (let turn = 0; turn < 60; turn++) {
      const mail = await this.mail(page);
      const found = mail.find((text) => text.includes(address) && subject.test(text) && !old.includes(text));
      if (found) return found;
      await page.waitForTimeout(50);
    }
    throw new Error(`no mail to ${address} about ${subject}`);
  }

  /** Every message, newest first. */
  async mail(page: Page): Promise<string[]> {
    const html = await (await page.request.get(`${this.origin}/demo/mail`)).text();
    const articles = html.split('<article').slice(1);
    return articles.map((article) => {
      const text = article.split('</article>')[0].replace(/^[^>]*>/, '').replace(/<[^>]*>/g, '\n');
      return text.replace(/&#x27;|&#39;/g, "'").replace(/&amp;/g, '&');
    });
  }

  /** Asks for a code as a guardian does, and stops where it has to be typed. */
  async askForCode(page: Page, address: string): Promise<string> {
    const old = await this.mail(page);
    await page.goto(`${this.origin}/sign-in`);
    await page.getByLabel('Your e-mail address').fill(address);
    await page.getByRole('button', { name: 'Send me a code' }).click();
    await expect(page.getByRole('heading', { name: 'Look in your inbox' })).toBeVisible();
    return this.mailTo(page, address, /Your code for/, old);
  }

  /** Signs a guardian in with the code from the mail. */
  async signIn(page: Page, address: string): Promise<void> {
    const mail = await this.askForCode(page, address);
    await page.getByLabel('Code from the message').fill(codeIn(mail));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL((url) => url.pathname === '/' || url.pathname === '/sign-in/who');
  }

  /** Opens this page as a guardian who is signed in: the same forms, posted without drawing them. */
  async enter(page: Page, address: string, path = '/'): Promise<void> {
    await this.remember(page, address, async () => {
      const old = await this.mail(page);
      const asked = await this.post(page, '/sign-in', '/sign-in', { email: address });
      const code = codeIn(await this.mailTo(page, address, /Your code for/, old));
      await this.post(page, '/sign-in/code', await asked.text(), { code });
    });
    await page.goto(this.origin + path);
  }

  /** Opens this page as a member of staff who has given both factors. */
  async enterStaff(page: Page, address: string, path = '/staff'): Promise<void> {
    await this.remember(page, address, async () => {
      const half = await this.post(page, '/staff/sign-in', '/staff/sign-in', { email: address, password: PASSWORD });
      await this.post(page, '/staff/second-factor', await half.text(), { code: await this.codeOf(page, address) });
    });
    await page.goto(this.origin + path);
  }

  /** The same with a code given just now: for what asks for a fresh one. */
  async enterStaffAnew(page: Page, address: string, path: string): Promise<void> {
    for (let tries = 0; tries < 2; tries++) {
      this.known.delete(address);
      await page.context().clearCookies();
      await this.enterStaff(page, address, path);
      if (page.url() === this.origin + path) return;
      // A code works once: the next one comes within half a minute.
      await page.waitForTimeout(31_000);
    }
  }

  /** Somebody signs in once in a file; later their browsers bring the same cookies. */
  private async remember(page: Page, address: string, signIn: () => Promise<void>): Promise<void> {
    const known = this.known.get(address);
    if (known) return page.context().addCookies(known);
    await signIn();
    this.known.set(address, await page.context().cookies(this.origin));
  }

  /** Posts a form as a browser does, without drawing it. `from` is the page it stands on, or its address. */
  async post(page: Page, to: string, from: string, fields: Record<string, string | string[]>): Promise<APIResponse> {
    const html = from.startsWith('/') ? await (await page.request.get(this.origin + from)).text() : from;
    const form = new URLSearchParams();
    const hidden = html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g);
    for (const [, name, value] of hidden) form.set(name, value);
    for (const [name, value] of Object.entries(fields)) {
      form.delete(name);
      for (const one of [value].flat()) form.append(name, one);
    }
    return page.request.post(this.origin + to, {
      data: form.toString(),
      headers: { origin: this.origin, 'content-type': 'application/x-www-form-urlencoded' },
    });
  }

  /** Staff: the first step. */
  async password(page: Page, address: string, password = PASSWORD): Promise<void> {
    await page.goto(`${this.origin}/staff/sign-in`);
    await page.getByLabel('Your school e-mail address').fill(address);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.waitForURL('**/staff/second-factor');
  }

  /** Staff: the second step. */
  async secondFactor(page: Page, code: string): Promise<void> {
    await page.getByLabel('Code').fill(code);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.waitForURL((url) => url.pathname.startsWith('/staff') && !url.pathname.includes('second-factor'));
  }

  /** What the authenticator app of a member of the demo's staff shows now. */
  async codeOf(page: Page, address: string): Promise<string> {
    const html = await (await page.request.get(`${this.origin}/demo/codes`)).text();
    const text = html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    return text.match(new RegExp(`${address.replace('.', '\\.')} (\\d{6})`))![1];
  }
}

function codeIn(mail: string): string {
  return mail.match(/Your code is (\d{6})/)![1];
}

/** A school that opens before this file's tests and closes after them. */
export function school(now = MORNING): School {
  const it = new School(now);
  test.beforeAll(() => it.open());
  test.afterAll(() => it.close());
  return it;
}

/** A second person's browser, closed with the test. */
export async function another(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 360, height: 780 }, ...options });
  open.push(context);
  return context.newPage();
}

const open: BrowserContext[] = [];
test.afterEach(async () => {
  for (const context of open.splice(0)) await context.close();
});

export const DESK = { viewport: { width: 1280, height: 900 } };

/** Waits until the page's islands are awake. */
export async function awake(page: Page): Promise<void> {
  await page.locator('html[data-awake]').waitFor();
}

export { test, expect };
