import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { PASSWORD, person } from '../api/people.ts';
import { testAccount } from '../support/database.ts';
import { checkPage, LOOKS, settled, testConsole } from './support/browser.ts';

const app = await testConsole();
// Its flow is transactional, so that calls are made at whatever hour the test runs.
await app.engine.database.sql`
  update accounts set transactional_contract = true where id = ${app.engine.accountId}`;
const flow = `/requests/new?flowId=${app.engine.flowId}`;

interface Given {
  name: string;
  content: string;
}

const list = (name: string, numbers: readonly string[], header = 'Mobile,Name'): Given => ({
  name,
  content: [header, ...numbers.map((number, index) => `${number},Person ${index + 1}`), ''].join('\r\n'),
});
/** Numbers of India whose simulated people answer. */
const answering = (count: number, from: number): string[] =>
  Array.from({ length: count }, (_, index) => `+919812${String(from + index).padStart(5, '0')}0`);

/** As a hand drops them from a folder. Said as text: this file knows no DOM. */
async function drop(page: Page, files: readonly Given[]): Promise<void> {
  const transfer = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer();
    for (const { name, content } of ${JSON.stringify(files)})
      transfer.items.add(new File([content], name, { type: 'text/csv' }));
    return transfer;
  })()`);
  await page.getByRole('button', { name: 'Choose files' }).dispatchEvent('drop', { dataTransfer: transfer });
}

const card = (page: Page, name: string) =>
  page
    .getByRole('list', { name: 'Lists to be called' })
    .getByRole('listitem')
    .filter({ hasText: name })
    .first();

async function launch(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Launch', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Launch' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

/** The page passes, and nothing is wider than the page, which scrolls by itself: the window would not tell. */
async function keptIn(page: Page): Promise<void> {
  await checkPage(page);
  expect(
    await page.evaluate(
      "[...document.querySelectorAll('.page')].map((one) => Math.max(0, one.scrollWidth - one.clientWidth))",
    ),
  ).toEqual([0]);
}

/** For whoever wants to see the pages: into a folder they name. */
async function picture(page: Page, name: string): Promise<void> {
  const dir = process.env.CLARION_SCREENSHOTS;
  if (dir) await page.screenshot({ path: `${dir}/${name}.png` });
}

describe('three lists dropped at once, of which one is bad', () => {
  it('launches the good ones as requests of their own, and says of the bad one why and what to do', async () => {
    const page = await app.signedIn(flow);
    await settled(page);
    await drop(page, [
      list('north.csv', [...answering(3, 0), 'nobody']),
      list('bad.csv', ['x'], 'City,Name'),
      list('south.csv', answering(2, 100)),
    ]);
    await card(page, 'north.csv').getByText('3 of 4 rows will be called.').waitFor();
    await card(page, 'south.csv').getByText('2 of 2 rows will be called.').waitFor();
    const refusal = card(page, 'bad.csv').getByRole('alert');
    await refusal.getByText(/^No column is called/).waitFor();
    await refusal.getByText('Name the phone column above', { exact: false }).waitFor();
    await card(page, 'north.csv').getByText('name: found').waitFor();
    await card(page, 'north.csv').getByText('Invalid number: 1 (row 4)').waitFor();
    await checkPage(page, { expected: /422|400/ });

    await page.getByRole('button', { name: 'Launch', exact: true }).click();
    const dialogue = page.getByRole('dialog', { name: 'Launch 2 requests?' });
    await dialogue.getByText('This touches 5 people.').waitFor();
    await dialogue.getByRole('button', { name: 'Launch' }).click();
    await page.getByText('2 requests were launched.').waitFor();
    const ids = await page.getByRole('link', { name: /^Request \d+$/ }).allTextContents();
    expect(ids).toHaveLength(2);
    for (const [index, text] of ids.entries()) {
      const { status, loaded, added } = await app.engine.finished(Number(text.replace('Request ', '')));
      expect({ status, loaded, added }).toEqual({
        status: 'COMPLETED',
        ...[
          { loaded: 4, added: 3 },
          { loaded: 2, added: 2 },
        ][index],
      });
    }
  });

  it('keeps lists and what was typed over an ended session, and a list that was cancelled can be checked again', async () => {
    const page = await app.signedIn(flow);
    await settled(page);
    await page.getByText('Later', { exact: true }).click();
    await page.getByLabel('Start time').fill('2030-01-31T09:30');
    await page.getByText('That is Thu, 31 Jan 2030, 09:30:00 GMT+5:30 (Asia/Kolkata)').waitFor();
    await page.context().clearCookies();
    await drop(page, [list('late.csv', answering(2, 200))]);
    const again = page.getByRole('dialog', { name: 'Your session has ended' });
    await again.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await again.getByRole('button', { name: 'Sign in' }).click();
    await card(page, 'late.csv').getByText('2 of 2 rows will be called.').waitFor();
    expect(await page.getByLabel('Start time').inputValue()).toBe('2030-01-31T09:30');

    // A server that never answers.
    await page.route('**/api/v1/requests/forecast', () => {});
    await drop(page, [list('slow.csv', answering(1, 300))]);
    await card(page, 'slow.csv').getByRole('button', { name: 'Cancel slow.csv' }).click();
    await card(page, 'slow.csv').getByText('Cancelled').waitFor();
    await page.unroute('**/api/v1/requests/forecast');
    await card(page, 'slow.csv').getByRole('button', { name: 'Check again' }).click();
    await card(page, 'slow.csv').getByText('1 of 1 row will be called.').waitFor();
    await page.getByRole('button', { name: 'Remove slow.csv' }).click();
    await launch(page);
    const link = page.getByRole('link', { name: /^Request \d+$/ });
    await link.waitFor();
    const id = Number((await link.textContent())?.replace('Request ', ''));
    const [row] = await app.engine.database.sql<{ startAt: Date }[]>`
      select start_at as "startAt" from requests where id = ${id}`;
    expect(new Date(row?.startAt ?? 0).toISOString()).toBe('2030-01-31T04:00:00.000Z');
  });
});

describe('a launch whose answer is lost', () => {
  it('is said to be unsure, and launching again makes no second request', async () => {
    const page = await app.signedIn(flow);
    await settled(page);
    await drop(page, [list('lost.csv', answering(2, 600))]);
    await card(page, 'lost.csv').getByText('2 of 2 rows will be called.').waitFor();
    // The line breaks when the server has answered, once.
    await page.evaluate(`(() => {
      const send = XMLHttpRequest.prototype.send;
      XMLHttpRequest.prototype.send = function (body) {
        this.onload = () => this.onerror();
        XMLHttpRequest.prototype.send = send;
        send.call(this, body);
      };
    })()`);
    await launch(page);
    await card(page, 'lost.csv')
      .getByText('even if it had arrived, nobody is called twice', { exact: false })
      .waitFor();
    await launch(page);
    await page.getByText('1 request was launched.').waitFor();
    const made = await app.engine.database.sql`select id from requests where file_name = 'lost.csv'`;
    expect(made).toHaveLength(1);
  });
});

describe('a newcomer', () => {
  it('comes from signing in, in an account with nothing in it, to a finished campaign in three steps', async () => {
    const accountId = await testAccount(app.engine.database);
    const { email } = await person({ db: app.engine.database }, { accountId });
    const page = await app.page();
    await page.goto('/');
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Your first campaign' }).waitFor();
    await settled(page);
    for (const { scheme, width } of LOOKS) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height: 800 });
      await keptIn(page);
      await picture(page, `first-run-${scheme}-${width}`);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.getByRole('button', { name: 'Make a ready one: a survey' }).click();
    await page.getByRole('link', { name: 'Choose a list' }).click();
    await page.getByRole('heading', { name: 'New request' }).waitFor();
    await settled(page);
    await drop(page, [list('friends.csv', answering(2, 400))]);
    await card(page, 'friends.csv').getByText('2 of 2 rows will be called.').waitFor();
    await launch(page);
    const link = page.getByRole('link', { name: /^Request \d+$/ });
    const id = Number((await link.textContent())?.replace('Request ', ''));
    // Its promotional flow waits for the morning, if the test runs at night.
    await app.engine.until(async () => {
      if ((await app.engine.status(id)) === 'COMPLETED') return true;
      await new Promise((resolve) => setTimeout(resolve, 1000));
      await app.engine.advance(3_600_000, id);
    });
    await link.click();
    await page.getByText('Completed', { exact: true }).first().waitFor();
    await page.getByRole('link', { name: 'Requests', exact: true }).click();
    expect(await page.getByRole('row', { name: new RegExp(`^${id} `) }).textContent()).toContain('100%');
  });
});

describe('the page of a new request', () => {
  it.each(LOOKS)('can be read and used in $scheme at $width', async (look) => {
    const page = await app.signedIn(flow, look);
    await settled(page);
    await drop(page, [list('look.csv', [...answering(6, 500), '12'])]);
    await card(page, 'look.csv').getByText('6 of 7 rows will be called.').waitFor();
    await page.getByText('Later', { exact: true }).click();
    await settled(page);
    await keptIn(page);
    await picture(page, `upload-${look.scheme}-${look.width}`);
  });
});
