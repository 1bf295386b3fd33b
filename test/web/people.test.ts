import { describe, expect, it } from 'vitest';
import { mailPasswords } from '../../activities/mail-passwords.ts';
import { createLogger } from '../../log.ts';
import type { EmailProvider } from '../../providers/email/provider.ts';
import { codeOf, PASSWORD } from '../api/people.ts';
import { checkPage, LOOKS, settled, testConsole } from './support/browser.ts';

const app = await testConsole();

/** Mails what is due, and gives the links that are in the mails. */
async function mailedLinks(): Promise<string[]> {
  const links: string[] = [];
  await mailPasswords({
    db: app.engine.database,
    mailFrom: 'clarion@example.com',
    publicUrl: app.url,
    log: createLogger('test', 'silent'),
    email: {
      send: async ({ text }: { text: string }) => {
        links.push(/http\S+set-password#\S+/.exec(text)?.[0] ?? '');
        return { outcome: 'SENT', providerRef: 'x', cause: 'accepted' };
      },
    } as unknown as EmailProvider,
  });
  return links;
}

describe('people', () => {
  it('are invited by mail, choose a password, and see what their role lets them', async () => {
    const page = await app.signedIn('/users');
    await page.getByRole('button', { name: 'Invite a person' }).click();
    const dialogue = page.getByRole('dialog');
    await dialogue.getByLabel('Name').fill('Asha Rao');
    await dialogue.getByLabel('Email').fill('asha@example.com');
    await dialogue.getByLabel('Role').selectOption('agent');
    await checkPage(page);
    await dialogue.getByRole('button', { name: 'Invite' }).click();
    await page.getByText('A mail is on its way to asha@example.com.').waitFor();
    await page.getByRole('row', { name: /Asha Rao.*Invited/ }).waitFor();
    await checkPage(page);

    const [link = ''] = await mailedLinks();
    const theirs = await app.page();
    await theirs.goto(link);
    await theirs.getByLabel('New password', { exact: true }).fill('a password of mine');
    await checkPage(theirs);
    expect(theirs.url()).not.toContain('#');
    await theirs.getByRole('button', { name: 'Save the password' }).click();
    await theirs.getByRole('link', { name: 'Sign in' }).click();
    await theirs.getByLabel('Email').fill('asha@example.com');
    await theirs.getByLabel('Password', { exact: true }).fill('a password of mine');
    await theirs.getByRole('button', { name: 'Sign in' }).click();
    await theirs.getByRole('button', { name: 'You' }).waitFor();
    expect(await theirs.getByRole('link', { name: 'People' }).count()).toBe(0);

    await page.getByRole('row', { name: /Asha Rao/ }).click();
    await page.getByRole('button', { name: 'Let out' }).click();
    await page.getByRole('dialog').getByText('This touches 1 person.').waitFor();
    await checkPage(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Let out' }).click();
    await page.getByRole('row', { name: /Asha Rao.*Disabled/ }).waitFor();
  });

  it('keep what was typed when an invitation is refused, and read why', async () => {
    const page = await app.signedIn('/users');
    await page.getByRole('button', { name: 'Invite a person' }).click();
    const dialogue = page.getByRole('dialog');
    await dialogue.getByLabel('Name').fill('Me');
    await dialogue.getByLabel('Email').fill(app.email);
    await dialogue.getByRole('button', { name: 'Invite' }).click();
    await dialogue.getByText('The person belongs to the account already.').waitFor();
    expect(await dialogue.getByLabel('Email').inputValue()).toBe(app.email);
    await checkPage(page, { expected: /409/ });
  });

  it.each(LOOKS)('can be read in $scheme at $width', async (look) => {
    const page = await app.signedIn('/users', look);
    await settled(page);
    await checkPage(page);
    await page.goto('/you');
    await page.getByRole('heading', { name: 'Second factor', exact: true }).waitFor();
    await checkPage(page);
    await page.goto('/set-password');
    await page.getByRole('alert').waitFor();
    await checkPage(page);
  });
});

describe('a second factor', () => {
  it('is set up with an app, asked for at the next sign-in, and replaced by a recovery code once', async () => {
    const page = await app.signedIn('/you');
    const panel = page.locator('section', {
      has: page.getByRole('heading', { name: 'Second factor', exact: true }),
    });
    await panel.getByLabel('Password now').fill(PASSWORD);
    await panel.getByRole('button', { name: 'Set up an authenticator app' }).click();
    await panel.getByRole('img').waitFor();
    const secret = await panel.locator('code').first().textContent();
    const recoveryCode = (await panel.locator('code').nth(1).textContent()) ?? '';
    await checkPage(page);
    await panel.getByLabel('Code the app shows now').fill(codeOf(`otpauth://totp/x?secret=${secret}`));
    await panel.getByRole('button', { name: 'Switch on' }).click();
    await panel.getByText('On: signing in asks').waitFor();
    await checkPage(page);

    const fresh = await app.page();
    await fresh.goto('/');
    await fresh.getByLabel('Email').fill(app.email);
    await fresh.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await fresh.getByRole('button', { name: 'Sign in' }).click();
    await fresh.getByRole('button', { name: 'Use a recovery code' }).click();
    await fresh.getByLabel('Recovery code').fill(recoveryCode);
    await checkPage(fresh);
    await fresh.getByRole('button', { name: 'Go on' }).click();
    await fresh.getByRole('heading', { name: 'Requests' }).waitFor();
  });
});
