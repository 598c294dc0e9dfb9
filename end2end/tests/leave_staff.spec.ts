// Leave for staff: from the headteacher's list to a decision by keyboard alone, and the quiet word about a sister.
import { School, test, expect } from './support/school';

const HEAD = 'head@demo.example';

for (const script of [true, false]) {
  test(`the headteacher decides from her list by keyboard in under a minute, ${script ? 'with everything' : 'without script'}`, async ({
    browser,
  }) => {
    const demo = await new School('2026-11-23T08:04:00Z').open();
    const context = await browser.newContext({ javaScriptEnabled: script });
    const page = await context.newPage();
    try {
      await demo.enterStaffAnew(page, HEAD, '/staff/leave');
      const funerals = () => page.getByRole('row').filter({ hasText: 'A funeral' }).filter({ hasText: 'New' });
      await expect(funerals()).toHaveCount(2);
      const begun = Date.now();
      await funerals().first().getByRole('link').focus();
      await page.keyboard.press('Enter');
      await page.getByRole('link', { name: 'Go to the decision' }).focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Space');
      await expect(page.getByRole('radio', { name: 'Agree to all of it' })).toBeChecked();
      await page.getByRole('checkbox', { name: 'There has been a death' }).focus();
      await page.keyboard.press('Space');
      await page.getByRole('button', { name: 'Record this decision' }).focus();
      await page.keyboard.press('Enter');
      await expect(page.getByRole('heading', { name: 'Decision: Agreed' })).toBeVisible();
      expect(Date.now() - begun).toBeLessThan(60_000);

      // The sister's form: an answer that differs from her brother's is said quietly, and not before.
      await page.getByRole('link', { name: 'All requests' }).click();
      await funerals().first().getByRole('link').click();
      const hint = page.getByText('has another answer for these days: agreed');
      await expect(hint).toBeHidden();
      await page.getByRole('radio', { name: 'Do not agree' }).check();
      await expect(hint).toBeVisible();
      await page.getByRole('radio', { name: 'Agree to all of it' }).check();
      await expect(hint).toBeHidden();
    } finally {
      await context.close();
      await demo.close();
    }
  });
}
