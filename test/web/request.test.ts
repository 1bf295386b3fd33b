import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { voiceFor } from '../../providers/voice/simulated/sound.ts';
import { checkPage, LOOKS, testConsole } from './support/browser.ts';

const app = await testConsole({ speed: 40 });
await app.engine.database.sql`
  update accounts set transactional_contract = true where id = ${app.engine.accountId}`;

/** People of the simulated network who answer and press 1. */
const people = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, index) => `+919877${String(10_000 + from + index)}0`);

const PATIENCE = { timeout: 60_000 };

/** A number of those at the top of the page. */
const countOf = (page: Page, name: string) =>
  page.locator(`.request-counts dt:text-is("${name}") + dd`).textContent();

async function attemptsOf(requestId: number) {
  const [found] = await app.engine.database.sql<{ attempts: number; people: number }[]>`
    select count(*)::int as attempts, count(distinct row)::int as people
    from attempts where request_id = ${requestId}`;
  return { ...found };
}

/** A list as somebody uploads it. @returns the request's id, when the list has been read */
async function upload(page: Page, csv: string): Promise<number> {
  const reply = await page.request.post('/api/v1/requests', {
    multipart: {
      flowId: String(app.engine.flowId),
      files: { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) },
    },
    headers: { origin: app.url },
  });
  const { requests } = (await reply.json()) as { requests: { id: number }[] };
  const id = requests[0]?.id;
  if (id === undefined) throw new Error(`not uploaded: ${await reply.text()}`);
  await app.engine.notify(id);
  await app.engine.finished(id);
  return id;
}

describe('a request that runs', () => {
  it('is paused and resumed while two people watch, and nobody is called twice', async () => {
    // At its pace it would take minutes; it is let go when all has been seen.
    const id = await app.engine.launch(people(150), { callsPerSecond: 1 });
    const page = await app.signedIn(`/requests/${id}`);
    const onPhone = await app.signedIn(`/requests/${id}`, { width: 390 });
    await page.evaluate('window.isSamePage = true');
    await expect.poll(() => countOf(page, 'Completed'), PATIENCE).not.toBe('0');

    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Somebody has paused it.').waitFor();
    await onPhone.getByText('Somebody has paused it.').waitFor();
    await expect.poll(() => countOf(page, 'In progress'), PATIENCE).toBe('0');
    const called = await attemptsOf(id);
    await checkPage(page);
    await checkPage(onPhone);
    expect(await attemptsOf(id)).toEqual(called);

    // The other one lets it go on, and faster.
    await onPhone.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('Calls began').waitFor();
    await onPhone.getByRole('button', { name: 'Edit' }).click();
    await onPhone.getByLabel('Calls a second').fill('500');
    await onPhone.getByRole('button', { name: 'Save' }).click();
    await page.getByText('It has ended.', { exact: true }).waitFor();
    await expect.poll(() => countOf(page, 'Completed'), PATIENCE).toBe('150');
    expect(await page.evaluate('window.isSamePage')).toBe(true);
    expect(await attemptsOf(id)).toEqual({ attempts: 150, people: 150 });
  });

  it('moves also where no stream of events gets through', async () => {
    const id = await app.engine.launch(people(200, 3000), { callsPerSecond: 1 });
    const page = await app.signedIn('/requests');
    await page.route(`**/requests/${id}/events`, (route) => route.abort());
    await page.goto(`/requests/${id}`);
    await page.getByText('Looking again', { exact: true }).waitFor();
    const before = await countOf(page, 'Completed');
    await expect.poll(() => countOf(page, 'Completed'), PATIENCE).not.toBe(before);
    await app.engine.change(id, { cancelled_at: new Date() });
    await page.getByText('It has ended.', { exact: true }).waitFor();
  });

  it('is changed: what is wrong is said at the field, and nothing typed is lost', async () => {
    const id = await app.engine.launch(people(200, 1000), { callsPerSecond: 0.5 });
    const page = await app.signedIn(`/requests/${id}`);
    await page.getByRole('button', { name: 'Edit' }).click();
    const form = page.getByRole('dialog');
    await form.getByRole('button', { name: 'Add hours' }).click();
    await form.getByLabel('Window 1, from').fill('21:00');
    await form.getByLabel('Window 1, to').fill('09:00');
    await form.getByLabel('Calls at once').fill('7');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('“To” must be after “from”.').waitFor();
    await checkPage(page);
    await form.getByLabel('Window 1, from').fill('00:00');
    await form.getByLabel('Window 1, to').fill('24:00');
    await form.getByLabel('End (time').fill('2020-01-01T10:00');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByLabel('End (time').and(page.locator('[aria-invalid="true"]')).waitFor();
    expect(await form.getByLabel('Calls at once').inputValue()).toBe('7');
    await form.getByLabel('End (time').fill('');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.waitFor({ state: 'hidden' });
    await page.getByRole('link', { name: 'Policy versions' }).click();
    await page.getByRole('heading', { name: 'Version 2' }).waitFor();
    await page.getByText('every day 00:00–24:00').waitFor();
    await checkPage(page, { expected: /422/ });

    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    const asked = page.getByRole('dialog', { name: 'Cancel this request?' });
    await asked.getByText(/This touches \d+ people\./).waitFor();
    await checkPage(page, { expected: /422/ });
    await asked.getByRole('button', { name: 'Cancel the request' }).click();
    await page.getByText('Cancelled', { exact: true }).first().waitFor();
  });

  it('takes people one by one while it is open, says what is wrong with one, and is closed', async () => {
    const id = await app.engine.launch(people(1, 5000), { open: true });
    const page = await app.signedIn(`/requests/${id}`);
    await page.getByText('It is open and waits for more people.').waitFor();
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Add a person' }).click();
    const form = page.getByRole('dialog');
    await form.getByRole('textbox', { name: 'Number' }).fill('123');
    await form.getByLabel('name', { exact: true }).fill('Asha');
    await form.getByRole('button', { name: 'Add' }).click();
    await form.getByText('Not added: Invalid number.').waitFor();
    expect(await form.getByLabel('name', { exact: true }).inputValue()).toBe('Asha');
    await checkPage(page);
    await form.getByRole('textbox', { name: 'Number' }).fill('98765 00770');
    await form.getByRole('button', { name: 'Add' }).click();
    await form.getByText('+919876500770 was added').waitFor();
    await form.getByRole('button', { name: 'Close' }).last().click();
    await expect.poll(() => countOf(page, 'Loaded'), PATIENCE).toBe('3');
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Close to more people' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Close to more people' }).click();
    await page.getByText('It has ended.', { exact: true }).waitFor();
    expect(await countOf(page, 'Completed')).toBe('2');
  });

  it.each(LOOKS)('can be read in $scheme at $width', async (look) => {
    const id = await app.engine.launch(people(100, 2000), {
      callsPerSecond: 0.5,
      retries: { BUSY: { times: 2, intervalMs: 600_000 } } as never,
    });
    const page = await app.signedIn(`/requests/${id}`, look);
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByText('Calls began').waitFor();
    await page.getByText('Attempts ahead').waitFor();
    await checkPage(page);
    await app.engine.change(id, { cancelled_at: new Date() });
    await app.engine.finished(id);
  });
});

describe('a request that has ended', () => {
  const rows = ['+919876500010', '+919876500020', '+919876500031', '+919876500010', '12', ''];
  const csv = `number,name\n${rows.map((number) => `${number},Asha`).join('\n')}\n`;

  it.each(LOOKS)(
    'shows every row and why, journeys, proof and what may be retried, in $scheme at $width',
    async (look) => {
      const page = await app.signedIn('/requests', look);
      const id = await upload(page, csv);
      await page.goto(`/requests/${id}`);
      await page.getByText('Completed', { exact: true }).first().waitFor();
      await page.getByRole('button', { name: 'Download rejected rows' }).waitFor();
      await page.getByText('Attempt 1').waitFor();
      await checkPage(page);
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Download rejected rows' }).click(),
      ]);
      expect(file.suggestedFilename()).toBe(`request-${id}-rejected.csv`);

      await page.getByRole('link', { name: 'Rows' }).click();
      await page
        .getByRole('row', { name: /98765000/ })
        .first()
        .waitFor();
      await checkPage(page);
      await page.goto(`/requests/${id}?view=rows&result=DUPLICATE`);
      await page.getByRole('row', { name: /Duplicate/ }).waitFor();
      expect(await page.getByRole('row').count()).toBe(2);
      await page.goto(`/requests/${id}?view=rows&outcome=ANSWERED`);
      await page
        .getByRole('row', { name: /Answered/ })
        .first()
        .click();
      const journey = page.getByRole('dialog', { name: /Journey of \+91/ });
      await journey.getByText('Widget by widget').waitFor();
      await journey.getByRole('button', { name: /Attempt 1/ }).waitFor();
      await checkPage(page);
      await page.goto(`/requests/${id}?view=proof`);
      await page.getByText('Every claim holds').waitFor();
      await checkPage(page);
    },
  );

  it('lets its recordings be heard in the browser', async () => {
    const id = await app.engine.launch(people(1, 6000));
    await app.engine.finished(id);
    const { sql } = app.engine.database;
    const [call] = await sql<{ id: string }[]>`select id from attempts where request_id = ${id}`;
    await mkdir(join(app.engine.dataDir, 'storage'), { recursive: true });
    await writeFile(join(app.engine.dataDir, 'storage', `heard-${id}`), voiceFor(1000));
    await sql`
      insert into recordings (account_id, attempt_id, kind, name, started_at, status, duration_ms, bytes, storage_key)
      values (${app.engine.accountId}, ${call?.id ?? ''}, 'CALL', ${`call_${id}.gsm`}, now(), 'STORED', 1000, 1650, ${`heard-${id}`})`;
    const page = await app.signedIn(`/requests/${id}?view=rows&call=${call?.id}`);
    await page.getByRole('button', { name: 'Listen' }).click();
    const player = page.locator('audio');
    await expect
      .poll(() => player.evaluate((audio) => (audio as unknown as { duration: number }).duration), PATIENCE)
      .toBe(1);
    await checkPage(page);
  });

  it('is retried: who ended how, how many people that is, and the new request is shown', async () => {
    const page = await app.signedIn('/requests');
    const id = await upload(page, csv);
    await page.goto(`/requests/${id}`);
    await page.getByRole('button', { name: 'Retry failures' }).click();
    const dialogue = page.getByRole('dialog');
    await dialogue.getByText('This touches 1 person.').waitFor();
    await checkPage(page);
    await dialogue.getByRole('button', { name: 'Call them again' }).click();
    await page.waitForURL((url) => /\/requests\/\d+$/.test(url.pathname) && !url.pathname.endsWith(`/${id}`));
    await page.getByText('Calls again those whom this did not reach').waitFor();
    await page.getByRole('link', { name: `Request ${id}` }).waitFor();
  });
});

describe('a file that was turned away whole', () => {
  it.each(LOOKS)('says why, in $scheme at $width', async (look) => {
    const page = await app.signedIn('/requests', look);
    const id = await upload(page, 'colour,size\nred,2\n');
    await page.goto(`/requests/${id}`);
    await page.getByRole('alert').getByText('The whole file was turned away').waitFor();
    await page.getByText('The file was turned away', { exact: true }).waitFor();
    await checkPage(page);
  });
});
