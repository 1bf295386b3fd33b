import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { PASSWORD } from '../api/people.ts';
import { checkPage, LOOKS, settled, testConsole } from './support/browser.ts';

const app = await testConsole({ speed: 40 });
const people = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, index) => `+9198765${String(10_000 + from + index)}`);

/** A property of the element that has the focus. Said as text: this file knows no DOM. */
const focused = (page: Page, property: string) =>
  page.evaluate<string | undefined>(`document.activeElement.${property}`);

describe('the way in', () => {
  it('asks who it is, tells what is wrong, and leads to where one wanted to go', async () => {
    const page = await app.page();
    await page.goto('/requests?status=PAUSED');
    await page.getByLabel('Email').fill(app.email);
    await checkPage(page);
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('Email or password is wrong.').waitFor();
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Requests' }).waitFor();
    expect(new URL(page.url()).search).toBe('?status=PAUSED');
    await checkPage(page, { expected: /401/ });
  });

  it('is asked for again over the page when the session ends, and nothing typed is lost', async () => {
    const page = await app.signedIn('/requests');
    await settled(page);
    await page.context().clearCookies();
    await page.getByRole('textbox', { name: 'Flow' }).fill('autumn');
    const dialogue = page.getByRole('dialog', { name: 'Your session has ended' });
    await dialogue.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await dialogue.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('No request fits these filters').waitFor();
    expect(await page.getByRole('textbox', { name: 'Flow' }).inputValue()).toBe('autumn');
    await dialogue.waitFor({ state: 'hidden' });
  });
});

describe('the dashboard', () => {
  it('moves while a campaign runs, until all are done, without being loaded again', async () => {
    const page = await app.signedIn('/requests');
    await settled(page);
    // Ten people, one a second.
    const id = await app.engine.launch(
      people(100).filter((number) => number.endsWith('0')),
      { callsPerSecond: 1 },
    );
    const row = page.getByRole('row', { name: new RegExp(`^${id} `) });
    await row.getByText('In process').waitFor();
    await row.getByText('Completed').waitFor();
    expect(await row.textContent()).toContain('100%');
    await checkPage(page);
  });

  it('keeps its filters in the address, back and forth', async () => {
    const page = await app.signedIn('/requests');
    await page.getByLabel('Status').selectOption('COMPLETED');
    await page.waitForURL(/status=COMPLETED/);
    await page.reload();
    await settled(page);
    expect(await page.getByLabel('Status').inputValue()).toBe('COMPLETED');
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.waitForURL((url) => url.search === '');
    await page.goto('/requests?status=NONSENSE&from=yesterday');
    await settled(page);
    expect(await page.getByLabel('Status').inputValue()).toBe('');
    await checkPage(page);
  });

  it('is moved through and opened by keys', async () => {
    await app.engine.launch(people(1, 500));
    const page = await app.signedIn('/requests');
    await settled(page);
    await page.keyboard.press('Tab');
    expect(await focused(page, 'textContent')).toBe('Skip to the page');
    await page.locator('tbody tr[tabindex="0"]').focus();
    const before = await focused(page, 'dataset.index');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => focused(page, 'dataset.index')).not.toBe(before);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/requests\/\d+$/);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await checkPage(page);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.keyboard.press('/');
    expect(await focused(page, 'name')).toBe('find');
  });

  it.each(LOOKS)('can be read and used in $scheme at $width', async (look) => {
    const page = await app.signedIn('/requests', look);
    await settled(page);
    await checkPage(page);
    await page.goto('/requests?id=999999');
    await page.getByText('No request fits these filters').waitFor();
    await checkPage(page);
    await page.goto('/nowhere');
    await page.getByRole('heading', { level: 1, name: 'There is nothing here' }).waitFor();
    await checkPage(page);
  });
});
