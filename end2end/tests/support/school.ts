// A demo school of its own for each test file: started on a free port, ended with the file.
import { test as base, expect, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const binary = process.env.NINE_FIFTEEN_BIN ?? resolve(__dirname, '../../../target/debug/nine-fifteen');

export const NGOZI = 'ngozi.okafor@demo.example';
export const CHIDI = 'chidi.okafor@demo.example';
export const OFFICE = 'office@demo.example';
export const ADMIN = 'admin@demo.example';
export const PASSWORD = 'quarter past nine';

export class School {
  private constructor(readonly origin: string, readonly data: string, private child: ChildProcess) {}

  static async start(now = '2026-11-23T08:04:00Z'): Promise<School> {
    const data = mkdtempSync(join(tmpdir(), 'nine-fifteen-'));
    rmSync(data, { recursive: true });
    const child = spawn(binary, ['demo', '--data', data, '--port', '0', '--now', now], { stdio: ['ignore', 'pipe', 'inherit'] });
    const origin = await new Promise<string>((done, failed) => {
      let said = '';
      child.stdout!.on('data', (chunk) => {
        said += chunk;
        const found = said.match(/ready at (http:\/\/127\.0\.0\.1:\d+)/);
        if (found) done(found[1]);
      });
      child.on('exit', (code) => failed(new Error(`the demo ended with ${code}: ${said}`)));
    });
    return new School(origin, data, child);
  }

  async stop(): Promise<void> {
    const ended = new Promise((done) => this.child.on('exit', done));
    this.child.kill('SIGTERM');
    await ended;
    rmSync(this.data, { recursive: true, force: true });
  }

  /** The newest message to this address, waited for. */
  async mailTo(page: Page, address: string, subject: RegExp): Promise<string> {
    for (let turn = 0; turn < 60; turn++) {
      const answer = await page.request.get(`${this.origin}/demo/mail`);
      const html = await answer.text();
      for (const article of html.split('<article').slice(1)) {
        const text = article.replace(/<[^>]*>/g, '\n').replace(/&amp;/g, '&').replace(/&#x27;|&#39;/g, "'");
        if (text.includes(address) && subject.test(text)) return text;
      }
      await page.waitForTimeout(100);
    }
    throw new Error(`no mail to ${address} about ${subject}`);
  }

  /** Signs a guardian in with the code from the mail. */
  async signIn(page: Page, address: string): Promise<void> {
    await page.goto(`${this.origin}/sign-in`);
    await page.getByLabel('Your e-mail address').fill(address);
    await page.getByRole('button', { name: 'Send me a code' }).click();
    await expect(page.getByRole('heading', { name: 'Look in your inbox' })).toBeVisible();
    const mail = await this.mailTo(page, address, /Your code for/);
    const code = mail.match(/Your code is (\d{6})/)![1];
    await page.getByLabel('Code from the message').fill(code);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL((url) => url.pathname === '/' || url.pathname === '/sign-in/who');
  }

  /** Signs a member of staff in with both factors. */
  async signInStaff(page: Page, address: string): Promise<void> {
    await page.goto(`${this.origin}/staff/sign-in`);
    await page.getByLabel('Your school e-mail address').fill(address);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.waitForURL('**/staff/second-factor');
    const codes = await (await page.request.get(`${this.origin}/demo/codes`)).text();
    const text = codes.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    const code = text.match(new RegExp(`${address.replace('.', '\\.')} (\\d{6})`))![1];
    await page.getByLabel('Code').fill(code);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.waitForURL((url) => url.pathname.startsWith('/staff') && !url.pathname.includes('second-factor'));
  }
}

/** A test with a school that lives as long as its file. */
export const test = base.extend<object, { school: School }>({
  school: [
    async ({}, use) => {
      const school = await School.start();
      await use(school);
      await school.stop();
    },
    { scope: 'worker' },
  ],
});

/** A second person's browser. */
export async function another(browser: Browser, options: Parameters<Browser['newContext']>[0] = {}): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext(options);
  return { context, page: await context.newPage() };
}

export { expect };
