import { describe, it } from 'vitest';
import { checkPage, LOOKS, settled, testConsole } from './support/browser.ts';
import { askApi, greeting } from './support/flow-pages.ts';

const app = await testConsole({ speed: 40 });
const ask = askApi(app.url);

describe('the pages of flows', () => {
  it.each(LOOKS)('can be read and used in $scheme at $width', async (look) => {
    const page = await app.signedIn('/flows?search=no-such-flow', look);
    await page.getByText('No flow fits these filters').waitFor();
    await checkPage(page);
    await page.goto('/flows');
    await settled(page);
    await checkPage(page);
    const { id } = await ask(page, 'post', '/flows', {
      name: `Looks ${look.scheme} ${look.width}`,
      type: 'outbound',
      definition: {
        ...greeting,
        widgets: {
          ...greeting.widgets,
          begin: { type: 'start', next: 'choose' },
          choose: {
            type: 'menu',
            speech: [{ text: 'One or two?' }],
            branches: { '1': 'greet', '2': 'test' },
          },
          test: {
            type: 'condition',
            cases: [{ value: '$flow.key.nam', operator: 'in', operand: ['a', 'b'] }],
          },
          lost: { type: 'webhook', url: 'https://example.com', response: { balance: 'a.b' } },
        },
        settings: { callingHours: [{ from: '09:00', to: '21:00' }] },
      },
    });
    await page.goto(`/flows/${id}`);
    await page.getByText('choose').first().waitFor();
    await settled(page);
    await checkPage(page);
    await page.getByRole('button', { name: /error/ }).first().click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /test · cases/ })
      .click();
    const form = page.getByRole('form', { name: 'Condition test' });
    await form.getByText('is neither declared nor set by a widget').waitFor();
    await page.getByRole('dialog', { name: 'Problems' }).waitFor({ state: 'hidden' });
    await checkPage(page);
    for (const view of ['Settings', 'Variables', 'Versions', 'JSON']) {
      if (look.width < 500) await page.getByLabel('View').selectOption({ label: view });
      else await page.locator('label').filter({ hasText: view }).click();
      await page.waitForURL(new RegExp(`view=${view.toLowerCase()}`));
      await settled(page);
      await checkPage(page);
    }
    await page.getByRole('button', { name: 'Try out' }).click();
    await page.getByRole('button', { name: 'Call', exact: true }).click();
    await page.getByRole('button', { name: '2', exact: true }).click();
    await checkPage(page);
  });
});
