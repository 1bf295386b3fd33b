import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { checkPage, settled, testConsole } from './support/browser.ts';
import { askApi, greeting } from './support/flow-pages.ts';

const app = await testConsole({ speed: 40 });
const ask = askApi(app.url);

/** What keys do with the clipboard, which a browser without a window may keep from its pages. */
const COPY_AND_PASTE = `{
  const clipboardData = new DataTransfer();
  for (const type of ['copy', 'paste']) {
    document.body.dispatchEvent(new ClipboardEvent(type, { clipboardData, bubbles: true, cancelable: true }));
  }
}`;

/** A flow of its own for one test, and the builder open on it. */
async function opened(name: string, view = ''): Promise<{ page: Page; id: number }> {
  const page = await app.signedIn('/flows');
  const { id } = await ask(page, 'post', '/flows', { name, type: 'outbound', definition: greeting });
  await page.goto(`/flows/${id}${view && `?view=${view}`}`);
  await settled(page);
  return { page, id };
}

const widget = (page: Page, id: string) => page.locator(`.react-flow__node[data-id="${id}"]`);

describe('a flow built from nothing', () => {
  it('is refused with its reasons until it makes sense, then published, called, and followed to its end', async () => {
    const page = await app.signedIn('/flows');
    await page.getByRole('button', { name: 'New flow' }).first().click();
    const dialogue = page.getByRole('dialog', { name: 'New flow' });
    await dialogue.getByRole('button', { name: 'Create' }).click();
    await dialogue.getByText('Give it a name.').waitFor();
    await dialogue.getByLabel('Name').fill('From nothing');
    await dialogue.getByLabel('Nothing').check();
    await dialogue.getByRole('button', { name: 'Create' }).click();

    // By keys alone: a widget after the start, its text with a variable taken from what is offered.
    await widget(page, 'begin').focus();
    await page.keyboard.press('a');
    await page.getByRole('dialog').getByRole('button', { name: 'Gather digits' }).press('Enter');
    const form = page.getByRole('form', { name: 'Gather digits ask' });
    await form.getByLabel('The question, Part 1').fill('Which one?');
    await form.getByLabel('Variable that takes the digits').fill('choice');
    await form.getByLabel('Next', { exact: true }).selectOption({ label: 'New: Say' });
    const say = page.getByRole('form', { name: 'Say say' });
    await say.getByLabel('What to say').fill('You chose ');
    await say.getByLabel('What to say').press('End');
    await say.getByLabel('What to say').pressSequentially('$cho');
    await page.getByRole('option', { name: '$flow.key.choice' }).waitFor();
    await page.keyboard.press('Enter');
    expect(await say.getByLabel('What to say').inputValue()).toBe('You chose $flow.key.choice');
    await say.getByLabel('What to say').pressSequentially(', $flow.key.nam');

    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    const refused = page.getByRole('dialog', { name: 'It cannot be published yet' });
    await refused.getByRole('button', { name: /say · text.*\$flow\.key\.nam is neither declared/ }).click();
    await refused.waitFor({ state: 'hidden' });
    await say.getByText('is neither declared nor set by a widget').waitFor();
    await say.getByLabel('What to say').fill('You chose $flow.key.choice');
    await say.getByLabel('Next', { exact: true }).selectOption({ label: 'New: Hang up' });
    await page.getByText('No problems: it can be published.').first().waitFor();
    await checkPage(page);

    // At any hour, so that the time of day is no matter here: then operations have to agree.
    await page.locator('label').filter({ hasText: 'Settings' }).click();
    await page.getByRole('switch', { name: 'Transactional' }).check({ force: true });
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByText('The draft becomes version 1').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByText('Version 1 is published.').waitFor();
    await page.getByText('Transactional, awaits approval').first().waitFor();
    const { database, accountId } = app.engine;
    await database.sql`update accounts set transactional_contract = true where id = ${accountId}`;
    await database.sql`update users set operations = true where email = ${app.email}`;
    await page.reload();
    await page.getByRole('button', { name: 'Approve version 1' }).click();
    await page.getByText('Transactional, approved').first().waitFor();

    const number = '+919876512335';
    const { requests } = await ask(page, 'post', '/requests', {
      flowName: 'From nothing',
      records: [{ number }],
    });
    const records = `/requests/${requests[0].id}/records`;
    await expect
      .poll(async () => (await ask(page, 'get', records)).items[0]?.outcome, {
        timeout: 60_000,
        interval: 300,
      })
      .toBe('ANSWERED');
    const { uuid } = (await ask(page, 'get', records)).items[0];
    const call = JSON.stringify(await ask(page, 'get', `/calls/${uuid}`));
    // The last digit but one is what these people press.
    expect(call).toContain('"digits":"3"');
    expect(call).toContain('You chose 3');
  });
});

describe('the builder', () => {
  it('undoes and redoes, copies and takes away, and connects by the form, all by keys', async () => {
    const { page, id } = await opened('Keys');
    await widget(page, 'greet').focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.evaluate('document.activeElement.dataset.id')).toBe('bye');
    await page.keyboard.press('Delete');
    await widget(page, 'bye').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+z');
    await widget(page, 'bye').waitFor();
    await page.keyboard.press('Control+Shift+Z');
    await widget(page, 'bye').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+z');
    await widget(page, 'greet').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('form', { name: 'Say greet' }).waitFor();
    await page.evaluate(COPY_AND_PASTE);
    const form = page.getByRole('form', { name: 'Say greet-2' });
    await form.getByLabel('Name of the widget').fill('again');
    await form.getByLabel('Name of the widget').press('Enter');
    await widget(page, 'greet').click();
    await page.getByRole('form').getByLabel('Next', { exact: true }).selectOption('at:again');
    await page.keyboard.press('Control+s');
    await page.getByText('Saved', { exact: true }).waitFor();
    expect((await ask(page, 'get', `/flows/${id}`)).definition.widgets).toEqual({
      begin: { type: 'start', next: 'greet' },
      greet: { type: 'text-to-speech', text: 'Hello $flow.key.name', next: 'again' },
      again: { type: 'text-to-speech', text: 'Hello $flow.key.name', next: 'bye' },
      bye: { type: 'hang-up' },
    });
  });

  it('connects by drawing, keeps widgets where they are put, and asks what is to stand where a way ends', async () => {
    const { page, id } = await opened('Drawn');
    const handle = (of: string) => widget(page, of).locator('.react-flow__handle.source').first();
    const middle = async (locator: ReturnType<typeof handle>) => {
      const box = await locator.boundingBox();
      if (!box) throw new Error('it is not to be seen');
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    };
    const drag = async (from: { x: number; y: number }, to: { x: number; y: number }) => {
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
      await page.mouse.move(to.x, to.y, { steps: 4 });
      await page.mouse.up();
    };
    await drag(
      await middle(handle('begin')),
      await middle(widget(page, 'bye').locator('.react-flow__handle')),
    );
    await page.getByRole('button', { name: /1 warning/ }).waitFor();
    const from = await middle(handle('greet'));
    await drag(from, { x: from.x + 40, y: from.y + 180 });
    await page.getByRole('dialog', { name: /Add a widget at “Next” of greet/ }).waitFor();
    await page.keyboard.press('Escape');
    const start = await middle(widget(page, 'bye'));
    await drag(start, { x: start.x - 60, y: start.y + 120 });
    await page.getByRole('button', { name: 'Lay out anew' }).waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    const { definition } = await ask(page, 'get', `/flows/${id}`);
    expect(definition.widgets.begin.next).toBe('bye');
    expect(Object.keys(definition.layout).sort()).toEqual(['begin', 'bye', 'greet']);
    await checkPage(page);
  });

  it('lets nobody’s changes be lost: neither theirs, nor mine, nor those not saved', async () => {
    const { page, id } = await opened('Shared', 'variables');
    await page.getByLabel('Value of variable 1 if empty').fill('mine');
    await ask(page, 'put', `/flows/${id}`, { definition: { ...greeting, language: 'hi-IN' } });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const dialogue = page.getByRole('dialog', { name: 'Somebody saved this flow meanwhile' });
    await dialogue.getByRole('cell', { name: 'hi-IN' }).waitFor();
    await dialogue.getByRole('cell', { name: 'mine' }).waitFor();
    await checkPage(page, { expected: /409/ });
    await dialogue.getByRole('button', { name: 'Go on editing' }).click();
    await page.getByRole('link', { name: 'All flows' }).click();
    const leaving = page.getByRole('dialog', { name: 'There are changes that are not saved' });
    await leaving.getByRole('button', { name: 'Stay' }).click();
    expect(await page.getByLabel('Value of variable 1 if empty').inputValue()).toBe('mine');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await dialogue.getByRole('button', { name: 'Save mine over it' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    expect((await ask(page, 'get', `/flows/${id}`)).definition).toEqual({
      ...greeting,
      variables: [{ name: 'name', default: 'mine' }],
    });
    await page.getByRole('link', { name: 'All flows' }).click();
    await page.waitForURL(/\/flows$/);
  });

  it('plays the flow by the one interpreter: what is heard, what is pressed, and the journey', async () => {
    const page = await app.signedIn('/flows');
    await page.getByRole('button', { name: 'New flow' }).first().click();
    await page.getByRole('dialog').getByLabel('Name').fill('Tried');
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
    await page.getByRole('button', { name: 'Try out' }).click();
    const dialogue = page.getByRole('dialog', { name: 'Try out' });
    await dialogue.getByLabel('name', { exact: true }).fill('Asha');
    await dialogue.getByRole('button', { name: 'Call', exact: true }).click();
    const talk = dialogue.getByRole('list', { name: 'What happens' });
    await talk.getByText('Hello Asha.').waitFor();
    await dialogue.getByRole('button', { name: 'Stay silent' }).click();
    await talk.getByText('Sorry, I did not get that.').waitFor();
    await dialogue.getByRole('button', { name: '4', exact: true }).click();
    await talk.getByText('The call has ended.').waitFor();
    const journey = dialogue.getByRole('table', { name: 'The journey, as reports will have it' });
    await journey.getByRole('row', { name: 'ask GATHERED digits 4, endedBy FULL, attempt 2' }).waitFor();
    await checkPage(page);
  });

  it('copies a flow under another name, as it is', async () => {
    const { page, id } = await opened('Original');
    await page.goto('/flows?search=original');
    await page.getByRole('button', { name: 'Duplicate Original' }).click();
    const dialogue = page.getByRole('dialog', { name: 'Duplicate Original' });
    await dialogue.getByLabel('Name').fill('Original');
    await dialogue.getByRole('button', { name: 'Create' }).click();
    await dialogue.getByText('is in use').waitFor();
    await dialogue.getByLabel('Name').fill('Copy');
    await dialogue.getByRole('button', { name: 'Create' }).click();
    await page.waitForURL((url) => /\/flows\/\d+$/.test(url.pathname) && !url.pathname.endsWith(`/${id}`));
    await widget(page, 'greet').waitFor();
    const copy = await ask(page, 'get', new URL(page.url()).pathname);
    expect(copy).toMatchObject({ name: 'Copy', type: 'outbound', definition: greeting });
    await checkPage(page, { expected: /409/ });
  });

  it('compares versions, takes one back, and mends by JSON what cannot be shown as widgets', async () => {
    const { page, id } = await opened('Versions');
    await ask(page, 'post', `/flows/${id}/publish`);
    await ask(page, 'put', `/flows/${id}`, { definition: { ...greeting, language: 'hi-IN' } });
    await page.goto(`/flows/${id}?view=versions`);
    const differences = page.getByRole('table', { name: 'Differences' });
    await differences.getByRole('row', { name: /language.*en-IN.*hi-IN/ }).waitFor();
    await page.getByRole('button', { name: 'Take version 1 into the draft' }).click();
    await page.getByText('They are the same.').waitFor();
    await page.getByText('Not saved').waitFor();
    await page.getByRole('button', { name: /Undo/ }).click();
    await differences.waitFor();

    await ask(page, 'put', `/flows/${id}`, { definition: { widgets: 'none' } });
    await page.goto(`/flows/${id}`);
    await page.getByText('This draft cannot be shown as widgets.').waitFor();
    const text = page.getByLabel('The definition as JSON');
    await text.fill('{"widgets": ');
    await page.getByRole('button', { name: 'Take over' }).click();
    await page.getByText('This is no JSON').waitFor();
    await text.fill(JSON.stringify(greeting));
    await page.getByRole('button', { name: 'Take over' }).click();
    await widget(page, 'greet').waitFor();
    await page.getByText('Not saved').waitFor();
  });
});
