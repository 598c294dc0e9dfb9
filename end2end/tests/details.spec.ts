// A family's details: seen, asked for, agreed, keyed in, brought by the roster; and what nobody else sees of it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { test, expect, another, CHIDI, NGOZI, OFFICE, School } from './support/school';
import { ask } from './support/details';

const DARREN = 'd.whitfield@demo.example';

for (const script of [false, true]) {
  test(`a change goes from a parent to the office, the MIS and back with the roster, ${script ? 'with' : 'without'} script`, async ({ browser }) => {
    test.setTimeout(120_000);
    const demo = await new School().open();
    try {
      const phone = await another(browser, { javaScriptEnabled: script });
      await demo.signIn(phone, NGOZI);
      await phone.getByRole('link', { name: 'Are your details still right?' }).click();
      const main = phone.getByRole('main');
      await expect(main).toContainText('Is all this still right?');
      await phone.getByRole('link', { name: 'Ask for a change' }).first().click();
      await ask(phone, { mobile: '123' });
      await expect(phone.getByRole('alert')).toContainText('Mobile phone: give a number');
      await phone.getByRole('alert').getByRole('link').click();
      await expect(phone.locator('#mobile')).toBeFocused();
      await ask(phone, { mobile: '07700 900456' });
      await expect(phone.getByRole('heading', { level: 1 })).toHaveText('Check what you changed');
      await phone.getByRole('button', { name: 'Go back and change' }).click();
      await expect(phone.locator('#mobile')).toHaveValue('07700 900456');
      await phone.getByRole('button', { name: 'Check what I changed' }).click();
      await phone.getByRole('button', { name: 'Send to the office' }).click();
      await expect(main).toContainText('Sent. Your reference is');
      await expect(main).toContainText('with the office');

      const desk = await another(browser, { javaScriptEnabled: script, viewport: { width: 1280, height: 900 } });
      await demo.enterStaff(desk, OFFICE, '/staff/details');
      await desk.getByRole('link', { name: 'Ngozi Okafor' }).click();
      await desk.getByLabel('Ask or tell the family something').fill('Is it yours alone?');
      await desk.getByRole('button', { name: 'Ask the family' }).click();
      await expect(desk.getByText('Is it yours alone?')).toBeVisible();
      await phone.goto(demo.origin);
      await phone.getByRole('link', { name: 'The school asks you something about your details' }).click();
      await phone.getByLabel('Your answer').fill('Yes, only mine.');
      await phone.getByRole('button', { name: 'Send answer' }).click();
      await expect(main).toContainText('Yes, only mine.');
      await desk.reload();
      await expect(desk.getByText('Yes, only mine.')).toBeVisible();
      await desk.getByRole('radio', { name: /^Agree/ }).check();
      await desk.getByRole('button', { name: 'Save answers' }).click();
      await expect(desk.getByText('agreed, to key in')).toBeVisible();
      await desk.goto(`${demo.origin}/staff/details/list`);
      const line = desk.getByRole('row').filter({ hasText: '07700 900456' });
      await line.getByRole('checkbox').check();
      await desk.getByRole('button', { name: 'Save ticks' }).click();
      await expect(line.getByRole('checkbox')).toBeChecked();

      // The MIS has it by now.
      const roster = join(demo.folder, 'roster.csv');
      const lines = readFileSync(roster, 'utf8').split('\r\n');
      const with_it = lines.map((one) => (one.includes(NGOZI) ? one.replace(/07700 900\d{3}/, '07700 900456') : one));
      const file = join(demo.folder, 'roster-new.csv');
      writeFileSync(file, with_it.join('\r\n'));
      await desk.goto(`${demo.origin}/staff/roster`);
      await desk.getByLabel('The file', { exact: true }).setInputFiles(file);
      await desk.getByRole('button', { name: 'Show what it would change' }).click();
      await desk.getByRole('button', { name: 'Bring it in' }).click();
      await expect(desk.getByRole('heading', { level: 1 })).toHaveText('It is in');
      await desk.goto(`${demo.origin}/staff/details/list`);
      await expect(desk.getByRole('heading', { level: 1 })).toHaveText('Details to key into the MIS');
      await expect(line).toHaveCount(0);
      await phone.goto(`${demo.origin}/details`);
      await expect(main.getByText('07700 900456').first()).toBeVisible();
      await expect(main).toContainText('done');
    } finally {
      await demo.close();
    }
  });
}

test('another parent and a barred one see nothing of it, and a refuge is nowhere', async ({ browser }) => {
  const demo = await new School().open();
  try {
    const hers = await another(browser);
    await demo.signIn(hers, NGOZI);
    await hers.goto(`${demo.origin}/details/change`);
    await hers.getByRole('checkbox', { name: /My address must be kept secret/ }).check();
    await ask(hers, { address: '7 Refuge Lane\nElsewhere\nHZ9 9ZZ', 'address-from': '2026-12-01', 'work-phone': '01632 960911' });
    await expect(hers.getByRole('main')).toContainText('deletes every address of yours');
    await expect(hers.getByRole('main')).not.toContainText('Refuge');
    await hers.getByRole('button', { name: 'Send to the office' }).click();
    await expect(hers.getByRole('main')).toContainText('Your address is kept secret');
    const his = await another(browser);
    await demo.signIn(his, CHIDI);
    for (const path of ['/', '/details', '/details/change']) {
      await his.goto(demo.origin + path);
      await expect(his.getByRole('main')).not.toContainText('960911');
      await expect(his.getByRole('main')).not.toContainText('secret,');
    }
    const barred = await another(browser);
    await demo.signIn(barred, DARREN);
    expect((await barred.goto(`${demo.origin}/details`))!.status()).toBe(404);
    const desk = await another(browser);
    await demo.enterStaff(desk, OFFICE, '/staff/details');
    await desk.getByRole('link', { name: 'Ngozi Okafor' }).click();
    await expect(desk.getByRole('main')).toContainText('Write no address down in this portal');
    for (const file of ['nine-fifteen.db', 'nine-fifteen.db-wal']) {
      expect(readFileSync(join(demo.folder, file)).includes('Refuge Lane'), file).toBe(false);
    }
  } finally {
    await demo.close();
  }
});
