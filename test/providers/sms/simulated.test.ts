/** The simulated SMS gateway: its people, its record, and the contract of all gateways. */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSimulatedSms, smsFate } from '../../../providers/sms/simulated.ts';
import { readJournal } from '../../../providers/witness/journal.ts';
import { smsProviderContract } from '../../contract/sms-provider.ts';
import { scratchDir } from '../../support/scratch-dir.ts';

const root = scratchDir();
const sentIn = (dir: string, attemptId: string): number =>
  [...readJournal(dir, 'sms')].filter(({ line }) => line.event === 'SENT' && line.attemptId === attemptId)
    .length;

const contractDir = join(root, 'contract');
smsProviderContract('simulated', {
  makeProvider: async () => createSimulatedSms({ witnessDir: contractDir }),
  people: {
    DELIVERED: '+919800001230',
    UNDELIVERED: '+919800001231',
    SENT: '+919800001232',
    REJECTED: '+919800001234',
  },
  sentFor: async (attemptId) => sentIn(contractDir, attemptId),
});

const message = (attemptId: string, to: string, priorAttempts = 0) => ({
  attemptId,
  to,
  priorAttempts,
  sender: undefined,
  text: 'secret words',
});

describe('the simulated people', () => {
  it('8 fails at the first attempt and receives later ones', () => {
    expect(smsFate({ to: '+919800001238', priorAttempts: 0 }).outcome).toBe('UNDELIVERED');
    expect(smsFate({ to: '+919800001238', priorAttempts: 1 }).outcome).toBe('DELIVERED');
  });

  it('5 and 6 answer with the digit before the last', async () => {
    const replies: string[] = [];
    const sms = createSimulatedSms({
      witnessDir: mkdtempSync(join(root, 'replies-')),
      onReply: ({ attemptId, from, text }) => replies.push(`${attemptId} ${from} ${text}`),
    });
    await sms.send(message('a', '+919800001275'));
    await sms.send(message('b', '+919800001286'));
    await sms.send(message('c', '+919800001280'));
    await sms.close();
    expect(replies).toEqual(['a +919800001275 7', 'b +919800001286 8']);
  });
});

describe('the record of messages', () => {
  it('keeps a message from being sent again after a restart, and holds neither number nor text', async () => {
    const witnessDir = mkdtempSync(join(root, 'restart-'));
    const first = createSimulatedSms({ witnessDir });
    const result = await first.send(message('once', '+919800001230'));
    await first.close();
    const second = createSimulatedSms({ witnessDir });
    expect(await second.send(message('once', '+919800001230'))).toEqual(result);
    await second.close();
    expect(sentIn(witnessDir, 'once')).toBe(1);
    const text = JSON.stringify([...readJournal(witnessDir, 'sms')]);
    expect(text).not.toContain('secret');
    expect(text).not.toContain('9198');
  });
});
