/** The simulated mail provider: its people, and the contract of all mail providers. */
import { describe, expect, it } from 'vitest';
import { acknowledgementLink, createSimulatedEmail, emailFate } from '../../../providers/email/simulated.ts';
import { emailProviderContract } from '../../contract/email-provider.ts';
import { scratchDir } from '../../support/scratch-dir.ts';

const witnessDir = scratchDir();
emailProviderContract('simulated', { makeProvider: async () => createSimulatedEmail({ witnessDir }) });

describe('the local part of an address decides', () => {
  it.each([
    ['bounce+1@example.com', 'BOUNCED'],
    ['complain+1@example.com', 'COMPLAINED'],
    ['click+1@example.com', 'DELIVERED'],
    ['asha@example.com', 'DELIVERED'],
    ['bounce@example.com', 'DELIVERED'],
  ])('%s is %s', (address, outcome) => {
    expect(emailFate(address).outcome).toBe(outcome);
  });

  it('click+ opens the acknowledgement link, and no other', async () => {
    const clicks: string[] = [];
    const email = createSimulatedEmail({ witnessDir, onClick: ({ url }) => clicks.push(url) });
    const text = 'Help: https://example.com/help and https://example.com/ack/123?x=1 please';
    const mail = { reference: 'r', from: 'c@example.com', subject: 's', text };
    await email.send({ ...mail, to: ['click+asha@example.com'] });
    await email.send({ ...mail, to: ['asha@example.com'] });
    await email.close();
    expect(clicks).toEqual(['https://example.com/ack/123?x=1']);
    expect(acknowledgementLink('nothing here: https://')).toBeUndefined();
  });
});
