// A demo school of its own for each test file, and the people who use it.
import { test, expect, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test';
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
  private data = mkdtempSync(join(tmpdir(), 'nine-fifteen-'));
  private known = new Map<string, Cookies>();

  constructor(private now = MORNING) {}

  async open(): Promise<this> {
    await this.start('0');
    return this;
  }

  async close(): Promise<void> {
    await this.end();
    rmSync(this.data, { recursive: true, force: true });
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
    if (!child || child.exitCode !== null) return;
    const ended = new Promise((done) => child.on('exit', done));
    // Boards keep a connection open on which ticks come; nobody waits for them here.
    const late = setTimeout(() => child.kill('SIGKILL'), 2000);
    child.kill('SIGTERM');
    await ended;
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
    await page.getByLabel('Code from the message').fill(mail.match(/Your code is (\d{6})/)![1]);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL((url) => url.pathname === '/' || url.pathname === '/sign-in/who');
  }

  /** Opens this page as a guardian. The first time signs them in, later the browser remembers. */
  async enter(page: Page, address: string, path = '/'): Promise<void> {
    const remembered = this.known.get(address);
    if (remembered) {
      await page.context().addCookies(remembered);
    } else {
      await this.signIn(page, address);
      this.known.set(address, await page.context().cookies(this.origin));
    }
    if (!remembered || path !== '/' || page.url() !== `${this.origin}/`) await page.goto(this.origin + path);
  }

  /** Opens this page as a member of staff, with both factors the first time. */
  async enterStaff(page: Page, address: string, path = '/staff'): Promise<void> {
    const remembered = this.known.get(address);
    if (remembered) {
      await page.context().addCookies(remembered);
    } else {
      await this.password(page, address);
      await this.secondFactor(page, await this.codeOf(page, address));
      this.known.set(address, await page.context().cookies(this.origin));
    }
    await page.goto(this.origin + path);
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
