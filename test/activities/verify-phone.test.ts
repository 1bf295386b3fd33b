/** What is guaranteed about sending one-time codes: once, by the number's own telephone, and written down nowhere. */
import { mkdtempSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createPhoneVerifier, type VerifyPhoneDeps } from '../../activities/verify-phone.ts';
import { isCode } from '../../db/code-hash.ts';
import { listAttempts } from '../../db/queries/attempts.ts';
import { addToBlacklist } from '../../db/queries/blacklist.ts';
import { createFrozen } from '../../db/queries/frozen.ts';
import { settleAttempts } from '../../db/queries/settle-attempts.ts';
import { purgeCodes, reserveCode } from '../../db/queries/whitelist-codes.ts';
import { askForCode, insertWhitelistPhone, listWhitelistPhones } from '../../db/queries/whitelist-phones.ts';
import { codeAttemptId } from '../../domain/attempt-id.ts';
import type { LineState } from '../../domain/trunk.ts';
import { createLogger } from '../../log.ts';
import { createSimulatedSms } from '../../providers/sms/simulated.ts';
import { createSimulatedTrunk } from '../../providers/voice/simulated/index.ts';
import type { Utterance, VoiceTrunk } from '../../providers/voice/trunk.ts';
import { readJournal } from '../../providers/witness/journal.ts';
import { showSimulated } from '../../worker/code-sending.ts';
import { testAccount, testDatabase } from '../support/database.ts';
import { scratchDir } from '../support/scratch-dir.ts';

const db = await testDatabase();
const frozen = createFrozen(db);
const root = scratchDir();

interface Said {
  to: string;
  words: string;
}

/** A worker with a network of its own, whose clock can be moved. */
function worker(over: Partial<VerifyPhoneDeps> = {}) {
  const witnessDir = mkdtempSync(join(root, 'network-'));
  const sms = createSimulatedSms({ witnessDir });
  const simulated = createSimulatedTrunk({ speed: 0, witnessDir });
  afterAll(() => Promise.all([sms.close(), simulated.close()]));
  const said: Said[] = [];
  const logged: unknown[] = [];
  const trunk: VoiceTrunk = Object.assign(Object.create(simulated) as VoiceTrunk, {
    name: 'simulated',
    place: async (order: Parameters<VoiceTrunk['place']>[0]) => {
      const call = await simulated.place(order);
      return Object.assign(Object.create(call), {
        answered: () => call.answered(),
        ended: () => call.ended(),
        hangUp: () => call.hangUp(),
        say: (utterances: Utterance[]) => {
          const words = utterances.map((one) => (one.kind === 'TEXT' ? one.text : one.prompt)).join(' ');
          said.push({ to: order.to, words });
          return call.say(utterances);
        },
      });
    },
    reconcile: (id: string) => simulated.reconcile(id),
  });
  let aheadMs = 0;
  let line: LineState = { up: true };
  const file = join(witnessDir, 'codes.jsonl');
  const deps: VerifyPhoneDeps = {
    db,
    sms,
    trunk,
    lines: { state: () => line },
    settle: (settlement) => settleAttempts(db, frozen, [settlement]),
    show: showSimulated(file, { sms, voice: trunk }),
    now: () => new Date(Date.now() + aheadMs),
    log: createLogger('test', 'silent'),
    ...over,
  };
  const record = (...args: unknown[]) => logged.push(args);
  deps.log = { info: record, warn: record } as unknown as VerifyPhoneDeps['log'];
  const verifier = createPhoneVerifier(deps, ['sms', 'call']);
  const round = async () => {
    await verifier.look();
    await verifier.idle();
  };
  return {
    deps,
    round,
    sms,
    said,
    logged,
    later: (ms: number) => {
      aheadMs += ms;
    },
    lineIs: (state: LineState) => {
      line = state;
    },
    shown: async () =>
      (await readFile(file, 'utf8'))
        .trim()
        .split('\n')
        .map((text) => JSON.parse(text)),
    events: (id: string) =>
      (['voice', 'sms'] as const).flatMap((kind) =>
        [...readJournal(witnessDir, kind)].flatMap(({ line: one }) =>
          one.attemptId === id ? [one.event] : [],
        ),
      ),
  };
}

/** A number of a new account that waits for its code. */
async function asked(number: string, by: 'sms' | 'call', accountId?: number) {
  const account = accountId ?? (await testAccount(db));
  const phoneId = await insertWhitelistPhone(db, { accountId: account, number });
  await askForCode(db, { accountId: account, phoneId, number, by, now: new Date() });
  const [row] = await db.sql<{ id: number }[]>`select max(id)::int as id from whitelist_codes`;
  const codeId = row?.id ?? 0;
  const status = async () =>
    (await listWhitelistPhones(db, { accountId: account, id: phoneId, limit: 1 }))[0]?.code;
  return { accountId: account, phoneId, codeId, attemptId: codeAttemptId(codeId), status, number };
}
const codeIn = (words: string | undefined): string => /\d{6}/.exec(words ?? '')?.[0] ?? '';
const hashOf = async (codeId: number) =>
  (await db.sql<{ hash: string }[]>`select code_hash as hash from whitelist_codes where id = ${codeId}`)[0]
    ?.hash ?? '';

describe('a code by SMS', () => {
  it('goes out once, is in the ledger, and is in no table and no log', async () => {
    const one = worker();
    const { accountId, attemptId, codeId, status } = await asked('+919876543210', 'sms');
    await one.round();
    await one.round();
    expect(one.sms.recent()).toHaveLength(1);
    const [message] = one.sms.recent();
    const code = codeIn(message?.text);
    expect(code).toMatch(/^\d{6}$/);
    expect(await status()).toMatchObject({ state: 'SENT', triesLeft: 5, cause: null });
    expect(await isCode(code, await hashOf(codeId))).toBe(true);
    expect(await isCode(String((Number(code) + 1) % 1e6).padStart(6, '0'), await hashOf(codeId))).toBe(false);
    expect(await listAttempts(db, { accountId, limit: 10 })).toMatchObject([
      { id: attemptId, medium: 'sms', requestId: null, outcome: 'DELIVERED', address: '+919876543210' },
    ]);
    expect(await db.sql`select 1 from open_attempts where account_id = ${accountId}`).toHaveLength(0);
    const tables = ['whitelist_codes', 'whitelist_phones', 'attempts', 'journeys', 'audit_log', 'outbox'];
    for (const table of tables) {
      const rows = await db.sql`select t::text as text from ${db.sql(table)} t`;
      expect(rows.map((row) => String(row.text)).join(' ')).not.toContain(code);
    }
    expect(JSON.stringify(one.logged)).not.toContain(code);
    expect(JSON.stringify(one.logged)).not.toContain('9876543210');
    expect(await one.shown()).toEqual([
      expect.objectContaining({ number: '+919876543210', by: 'sms', code }),
    ]);
  });

  it('is sent by one of several workers', async () => {
    const workers = [worker(), worker(), worker()];
    await asked('+919876543200', 'sms');
    await Promise.all(workers.map((one) => one.round()));
    expect(workers.flatMap((one) => one.sms.recent())).toHaveLength(1);
  });

  it('says why it did not arrive', async () => {
    const one = worker();
    const { status } = await asked('+919876543211', 'sms');
    await one.round();
    expect(await status()).toMatchObject({ state: 'FAILED', cause: 'absent subscriber' });
  });

  it('whose worker died in the middle is never sent again, and may still be entered', async () => {
    const one = worker();
    const { codeId, attemptId, accountId, status } = await asked('+919876543220', 'sms');
    const reserved = await reserveCode(db, {
      codeId,
      codeHash: 'x:y',
      provider: { sms: 'simulated', call: 'simulated' },
      lineState: () => ({ up: true }),
      leaseMs: 1_000,
      now: new Date(),
    });
    expect(reserved).toMatchObject({ attemptId });
    await one.round();
    expect(await status()).toMatchObject({ state: 'SENDING' });
    one.later(2_000);
    await one.round();
    expect(await status()).toMatchObject({ state: 'UNKNOWN' });
    expect(await listAttempts(db, { accountId, limit: 10 })).toMatchObject([{ outcome: 'UNKNOWN' }]);
    expect(one.sms.recent()).toHaveLength(0);
  });

  it('whose worker died after the ledger was settled ends as the ledger says', async () => {
    const one = worker();
    const { codeId, attemptId, accountId, status } = await asked('+919876543230', 'sms');
    const input = {
      codeId,
      codeHash: 'x:y',
      provider: { sms: 's', call: 'c' },
      leaseMs: 1_000,
      now: new Date(),
    };
    await reserveCode(db, { ...input, lineState: () => ({ up: true }) });
    const settledAt = new Date();
    await settleAttempts(db, frozen, [
      { accountId, attemptId, outcome: 'DELIVERED', cause: 'delivered', settledAt },
    ]);
    one.later(2_000);
    await one.round();
    expect(await status()).toMatchObject({ state: 'SENT', cause: null });
  });

  it('is held back by the blacklist at the last moment, and by a newer code', async () => {
    const one = worker();
    const { accountId, status, attemptId, number } = await asked('+919876543240', 'sms');
    await addToBlacklist(db, { accountId, kind: 'phones', entries: [{ value: number }] });
    const other = await asked('+919876543250', 'sms');
    const { phoneId } = other;
    const again = { accountId: other.accountId, phoneId, number: other.number, by: 'sms' as const };
    await askForCode(db, { ...again, now: new Date() });
    await one.round();
    expect(await status()).toMatchObject({ state: 'BLOCKED' });
    expect(await listAttempts(db, { accountId, limit: 10 })).toMatchObject([
      { id: attemptId, outcome: 'BLOCKED', cause: 'BLACKLISTED' },
    ]);
    expect(one.sms.recent().map((message) => message.to)).toEqual([other.number]);
    const [superseded] = await db.sql`select state from whitelist_codes where id = ${other.codeId}`;
    expect(superseded?.state).toBe('EXPIRED');
  });
});

describe('a code by call', () => {
  it('is spoken digit by digit, twice, and the call is hung up', async () => {
    const one = worker();
    const { accountId, codeId, status, attemptId } = await asked('+912226543210', 'call');
    await one.round();
    expect(one.said).toHaveLength(1);
    const words = one.said[0]?.words ?? '';
    const [code = ''] = (await one.shown()).map((shown) => shown.code);
    expect(words.split([...code].join(', '))).toHaveLength(3);
    expect(await isCode(code, await hashOf(codeId))).toBe(true);
    expect(await status()).toMatchObject({ state: 'SENT' });
    expect(await listAttempts(db, { accountId, limit: 10 })).toMatchObject([
      { medium: 'voice', outcome: 'ANSWERED', answeredAt: expect.any(Date), sender: null },
    ]);
    expect(one.events(attemptId).filter((event) => event === 'PLACED').length).toBeLessThan(2);
  });

  it('is not left on an answering machine', async () => {
    const one = worker();
    const { status } = await asked('+912226543219', 'call');
    await one.round();
    expect(one.said).toEqual([]);
    expect(await status()).toMatchObject({ state: 'FAILED', cause: 'an answering machine took the call' });
  });

  it('waits for a line, and expires when none comes in time', async () => {
    const one = worker();
    const { accountId, status } = await asked('+912226543220', 'call');
    one.lineIs({ up: false, why: 'away' });
    await one.round();
    expect(await status()).toMatchObject({ state: 'WAITING' });
    expect(await listAttempts(db, { accountId, limit: 10 })).toEqual([]);
    one.later(2_000);
    one.lineIs({ up: true });
    await one.round();
    expect(await status()).toMatchObject({ state: 'SENT' });
    const late = await asked('+912226543230', 'call');
    one.later(11 * 60_000);
    await one.round();
    expect(await late.status()).toMatchObject({ state: 'EXPIRED' });
  });

  it("counts against the account's calls", async () => {
    const one = worker();
    const accountId = await testAccount(db, { maxConcurrentCalls: 1 });
    await db.sql`insert into open_attempts (attempt_id, account_id, flow_id, medium, admitted_at)
      values (gen_random_uuid(), ${accountId}, 1, 'voice', now())`;
    const { status } = await asked('+912226543240', 'call', accountId);
    await one.round();
    expect(await status()).toMatchObject({ state: 'WAITING' });
    await db.sql`delete from open_attempts where account_id = ${accountId}`;
    one.later(2_000);
    await one.round();
    expect(await status()).toMatchObject({ state: 'SENT' });
  });

  it('whose worker died is never placed again: what the trunk knows ends it', async () => {
    const one = worker();
    const { codeId, attemptId, number, status } = await asked('+912226543250', 'call');
    const input = { codeId, codeHash: 'x:y', provider: { sms: 's', call: 'simulated' }, leaseMs: 1_000 };
    await reserveCode(db, { ...input, lineState: () => ({ up: true }), now: new Date() });
    one.later(2_000);
    await one.round();
    expect(await status()).toMatchObject({ state: 'FAILED', cause: 'the call was never placed' });
    expect(one.said.filter(({ to }) => to === number)).toEqual([]);
    expect(one.events(attemptId)).toEqual([]);
  });
});

it('old codes are forgotten, those that limits still count are not', async () => {
  const { codeId } = await asked('+919876543290', 'sms');
  await worker().round();
  await purgeCodes(db, new Date(Date.now() + 24 * 3_600_000));
  expect(await hashOf(codeId)).not.toBe('');
  await purgeCodes(db, new Date(Date.now() + 49 * 3_600_000));
  expect(await hashOf(codeId)).toBe('');
});
