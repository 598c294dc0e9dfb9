// A letter or a photo that goes with a report: a plain form, with and without script and WebAssembly.
import type { Browser, Page } from '@playwright/test';

import { reportFor } from './support/journey';
import { DESK, NGOZI, OFFICE, another, awake, expect, school, test } from './support/school';

const demo = school();

/** A photo as large as a phone takes, drawn by the browser itself. */
async function photo(browser: Browser): Promise<Buffer> {
  const page = await another(browser);
  const drawn = await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 4032, height: 3024 });
    const pen = canvas.getContext('2d')!;
    for (let line = 0; line < 300; line++) {
      pen.fillStyle = `hsl(${line * 7} 60% 60%)`;
      pen.fillRect((line * 997) % 4032, (line * 613) % 3024, 400, 300);
    }
    return canvas.toDataURL('image/jpeg', 0.95);
  });
  await page.close();
  return Buffer.from(drawn.split(',')[1], 'base64');
}

/** What a child with a parent's phone, or a scanner, would send. */
const SCRIPT = Buffer.from(
  '%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>>> endobj\n' +
    '2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n3 0 obj <</Type/Page/Parent 2 0 R>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF',
);

async function add(page: Page, name: string, mimeType: string, buffer: Buffer): Promise<void> {
  await page.getByLabel('Photos or PDFs').setInputFiles({ name, mimeType, buffer });
  await page.getByRole('button', { name: 'Add these files' }).click();
}

const HOW = {
  'without script': { options: { javaScriptEnabled: false }, wasm: true, who: NGOZI, child: 'Ada' },
  'without WebAssembly': { options: {}, wasm: false, who: NGOZI, child: 'Sam' },
  'with everything': { options: {}, wasm: true, who: 'm.kaczmarek@demo.example', child: 'Zofia' },
};

for (const [how, { options, wasm, who, child }] of Object.entries(HOW)) {
  test(`a photo is added, a hostile file refused, and the office opens the photo, ${how}`, async ({ browser }) => {
    const page = await another(browser, options);
    if (!wasm) await page.route('**/*.wasm', (route) => route.abort());
    await demo.signIn(page, who);
    const reference = await reportFor(page, child, { reason: 'High temperature' });
    await page.getByRole('link', { name: 'Add a letter or photo' }).click();
    await expect(page.getByText('You do not need this for an ordinary illness')).toBeVisible();
    if (how === 'with everything') await awake(page);

    await add(page, 'IMG_2031.JPG', 'image/jpeg', await photo(browser));
    await expect(page.getByRole('listitem').filter({ hasText: 'IMG_2031.jpg' })).toContainText('Photo,');
    await add(page, 'letter.pdf', 'application/pdf', SCRIPT);
    await expect(page.getByRole('alert')).toContainText('“letter.pdf” has a program or another file inside');
    const [kept] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download IMG_2031.jpg' }).click()]);
    expect(kept.suggestedFilename()).toBe('IMG_2031.jpg');

    const office = await another(browser, DESK);
    await demo.enterStaff(office, OFFICE);
    await office.goto(`${demo.origin}/staff/evidence/${reference.replace('-', '')}`);
    const [opened] = await Promise.all([office.waitForEvent('download'), office.getByRole('link', { name: 'Download IMG_2031.jpg' }).click()]);
    expect(await opened.failure()).toBeNull();

    await page.getByRole('button', { name: 'Remove IMG_2031.jpg' }).click();
    await expect(page.getByText('IMG_2031.jpg')).toHaveCount(0);
  });
}
