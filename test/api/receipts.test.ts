/** Compliance receipts: what they say, that they say it for ever, and that a change of one shows. */
// Before the schemas of the domain: it gives them what the API's description needs.
import '@hono/zod-openapi';
import { createHash, createPublicKey, verify } from 'node:crypto';
import canonicalize from 'canonicalize';
import { describe, expect, it } from 'vitest';
import { createFrozen } from '../../db/queries/frozen.ts';
import { reserveCalls } from '../../db/queries/reserve-calls.ts';
import { settleAttempts } from '../../db/queries/settle-attempts.ts';
import { attemptId } from '../../domain/attempt-id.ts';
import { BLOCKS_ALL } from '../../domain/register.ts';
import { putOnRegister } from '../support/register.ts';
import { type Caller, definition, type Reply, testApi } from './support.ts';

const api = await testApi();
const { db } = api;
const frozen = createFrozen(db);

/** A Wednesday noon in India. */
const NOON = new Date(Date.UTC(2026, 0, 7, 6, 30));
const NUMBER = '+919876543210';

interface Settings {
  [name: string]: unknown;
}

/** A promotional flow, a call asked for, and its first attempt made at noon. */
async function called(
  settings: Settings = {},
  variables: Record<string, string> = {},
  before?: (caller: Caller) => Promise<unknown>,
) {
  const caller = await api.caller();
  await api.flow(caller.accountId, { name: 'offer', definition: definition({ settings }) });
  await before?.(caller);
  const { requestId } = await caller.json('POST', '/calls', { flowName: 'offer', number: NUMBER, variables });
  return { caller, requestId: requestId as number, ...(await attempt(caller, requestId, NOON)) };
}

async function attempt(caller: Caller, requestId: number, at: Date, attemptNo = 1) {
  const [request] = await db.sql<{ flow_id: number }[]>`select flow_id from requests where id = ${requestId}`;
  const [answer] = await reserveCalls(db, frozen, {
    accountId: caller.accountId,
    flowId: request?.flow_id ?? 0,
    provider: 'test',
    items: [{ requestId, row: 1, attemptNo }],
    lineState: () => ({ up: true }),
    now: () => at,
  });
  return { uuid: attemptId({ requestId, row: 1, attemptNo, step: 0 }), kind: answer?.kind };
}

const settle = (caller: Caller, uuid: string, at: Date) =>
  settleAttempts(db, frozen, [
    { accountId: caller.accountId, attemptId: uuid, outcome: 'BUSY', cause: 'Q.850 17', settledAt: at },
  ]);

const receiptOf = (caller: Caller, uuid: string): Promise<Reply> =>
  caller.json('GET', `/attempts/${uuid}/receipt`);

describe('the receipt of an attempt', () => {
  it('says what was asked, known and decided when it was reserved, and how it ended', async () => {
    const { caller, requestId, uuid } = await called(
      {
        category: 'HEALTH',
        callerIds: ['+911401234567'],
        callingHours: [{ from: '10:00', to: '18:00' }],
        frequency: { perDay: 3 },
        dlt: { entityId: '1101234567890123456' },
        retries: { BUSY: { times: 1, intervalMs: 60_000 } },
      },
      { consent: 'yes', 'Consent At': '2025-12-01', consent_source: 'web form 7' },
    );
    await settle(caller, uuid, new Date(NOON.getTime() + 5_000));
    const { receipt } = await receiptOf(caller, uuid);
    expect(receipt).toMatchObject({
      schema: 'clarion-receipt/1',
      accountId: caller.accountId,
      attempt: { id: uuid, medium: 'voice', direction: 'out', attemptNo: 1, number: NUMBER, email: null },
      request: { id: requestId, row: 1, policyVersion: 1 },
      moments: { decidedAt: NOON.toISOString(), answeredAt: null, endedAt: '2026-01-07T06:30:05.000Z' },
      outcome: 'BUSY',
      cause: 'Q.850 17',
      class: 'promotional',
      region: 'IN',
      register: {
        asked: true,
        provider: 'local',
        version: null,
        askedAt: NOON.toISOString(),
        category: 'HEALTH',
        onRegister: false,
      },
      blacklist: { checkedAt: NOON.toISOString(), listed: false },
      whitelisted: false,
      hours: { zones: ['Asia/Kolkata'], zoneSource: 'ACCOUNT' },
      frequency: { limited: true, perDay: 3, today: 0, lastAt: null },
      dlt: { entityId: '1101234567890123456', templateId: 'not recorded' },
      callerId: { shown: '+911401234567', series: { name: 'IN 140', use: 'PROMOTIONAL' } },
      consent: { given: 'yes', at: '2025-12-01', source: 'web form 7' },
      priorAttempts: [],
    });
    expect(receipt.hours.rules.map((rule: Reply) => [rule.from, rule.to, rule.open])).toEqual([
      ['10:00', '18:00', true],
      ['09:00', '21:00', true],
    ]);
    const again = await attempt(caller, requestId, new Date(NOON.getTime() + 120_000), 2);
    expect((await receiptOf(caller, again.uuid)).receipt).toMatchObject({
      outcome: 'in progress',
      frequency: { today: 1, lastAt: NOON.toISOString() },
      priorAttempts: [{ id: uuid, decidedAt: NOON.toISOString(), outcome: 'BUSY' }],
    });
  });

  it('of one that the register forbade names the entry and the version', async () => {
    const { caller, requestId, uuid, kind } = await called();
    await settle(caller, uuid, NOON);
    expect(kind).toBe('RESERVED');
    await putOnRegister(db, caller.accountId, [NUMBER], BLOCKS_ALL);
    // Tried again, as if an edit had asked for it.
    await db.sql`update records set ended_at = null, outcome = null where request_id = ${requestId}`;
    const second = await attempt(caller, requestId, new Date(NOON.getTime() + 1), 2);
    expect(second.kind).toBe('BLOCKED');
    const { receipt } = await receiptOf(caller, second.uuid);
    expect(receipt).toMatchObject({
      outcome: 'BLOCKED',
      cause: 'DO_NOT_CALL',
      register: { version: expect.stringMatching(/^account \d+$/), onRegister: true, applied: true },
    });
    expect(receipt.register.entries[0].blockedCategories).toContain('FINANCE');
  });

  it('of a whitelisted number says that the register did not apply', async () => {
    const { caller, uuid, kind } = await called({}, {}, async ({ accountId }) => {
      await db.sql`insert into whitelist_phones (account_id, number, verified_at)
                   values (${accountId}, ${NUMBER}, now())`;
      await putOnRegister(db, accountId, [NUMBER], BLOCKS_ALL);
    });
    expect(kind).toBe('RESERVED');
    expect((await receiptOf(caller, uuid)).receipt).toMatchObject({
      whitelisted: true,
      register: { onRegister: true, applied: false },
    });
  });

  it('is the same whatever is changed afterwards', async () => {
    const { caller, uuid } = await called({ frequency: { perDay: 3 } });
    await settle(caller, uuid, NOON);
    const before = await receiptOf(caller, uuid);
    await caller.json('POST', '/blacklist/phones', { numbers: [NUMBER] });
    await caller.json('PATCH', '/contact-limits', { perDay: 1 });
    await putOnRegister(db, caller.accountId, [NUMBER], BLOCKS_ALL);
    await db.sql`update accounts set time_zone = 'America/New_York' where id = ${caller.accountId}`;
    expect(await receiptOf(caller, uuid)).toEqual(before);
  });

  it('of an attempt that left no evidence says "not recorded" and invents nothing', async () => {
    const { caller, uuid } = await called();
    await db.sql`update attempts set evidence = null where id = ${uuid}`;
    expect((await receiptOf(caller, uuid)).receipt).toMatchObject({
      class: 'not recorded',
      region: 'not recorded',
      register: 'not recorded',
      blacklist: 'not recorded',
      whitelisted: 'not recorded',
      hours: 'not recorded',
      frequency: 'not recorded',
      consent: 'not recorded',
    });
  });

  it('is nobody else’s, and there is none of an attempt that was not begun', async () => {
    const { uuid } = await called();
    const other = await api.caller();
    expect((await other.call('GET', `/attempts/${uuid}/receipt`)).status).toBe(404);
    expect((await other.call('GET', '/attempts/x/receipt')).status).toBe(422);
    const reader = await api.callerWith(other.accountId, ['lists:read']);
    expect((await reader.call('GET', `/attempts/${uuid}/receipt`)).status).toBe(403);
  });
});

describe('tampering', () => {
  it('shows: the digest and the signature are of the receipt as it is, by the platform’s key', async () => {
    const { caller, uuid } = await called();
    const { receipt, digest, signature } = await receiptOf(caller, uuid);
    const key = await caller.json('GET', '/receipts/key');
    expect(key).toMatchObject({ algorithm: 'Ed25519', keyId: signature.keyId });
    const check = (one: unknown) => {
      const bytes = Buffer.from(canonicalize(one) ?? '');
      return {
        digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}` === digest,
        signature: verify(
          null,
          bytes,
          createPublicKey(key.publicKey),
          Buffer.from(signature.value, 'base64'),
        ),
      };
    };
    expect(check(receipt)).toEqual({ digest: true, signature: true });
    // The order in which a program writes the keys does not count.
    const turned = Object.fromEntries(Object.entries(receipt).reverse());
    expect(check(turned)).toEqual({ digest: true, signature: true });
    expect(check({ ...receipt, class: 'transactional' })).toEqual({ digest: false, signature: false });
  });
});

describe('many receipts', () => {
  it('come as CSV and as lines of JSON by the filters of the report, however many', async () => {
    const { caller, requestId, uuid } = await called();
    await settle(caller, uuid, NOON);
    // More than a page: copies of an attempt under other ids, as another request's.
    await db.sql`
      insert into attempts (id, account_id, request_id, row, attempt_no, medium, flow_id, flow_version, policy_version,
                            address, provider, reserved_at, settled_at, outcome, evidence)
      select gen_random_uuid(), account_id, request_id + 1000000, n, 1, medium, flow_id, flow_version, policy_version,
             address, provider, reserved_at - n * interval '1 second', settled_at, 'NO_ANSWER', evidence
      from attempts, generate_series(1, 1200) as n where id = ${uuid}`;
    const lines = (await (await caller.call('GET', '/reports/receipts.csv')).text()).trim().split(/\r?\n/);
    expect(lines).toHaveLength(1202);
    expect(lines[0]).toMatch(/^attempt,requestId,.*,digest,keyId,signature$/);
    const one = await caller.call('GET', `/reports/receipts.ndjson?requestId=${requestId}`);
    expect(one.headers.get('content-type')).toContain('ndjson');
    expect(
      (await one.text())
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([await receiptOf(caller, uuid)]);
    const busy = await (await caller.call('GET', '/reports/receipts.ndjson?outcome=NO_ANSWER')).text();
    expect(busy.trim().split('\n')).toHaveLength(1200);
    expect((await caller.call('GET', '/reports/receipts.csv?outcome=LOUD')).status).toBe(422);
  });
});

describe('the limits on contacts', () => {
  it('are read and changed, a field at a time, and each change is in the audit log', async () => {
    const caller = await api.caller();
    expect(await caller.json('GET', '/contact-limits')).toEqual({ perDay: null, gapMs: null });
    expect(await caller.json('PATCH', '/contact-limits', { perDay: 3 })).toEqual({ perDay: 3, gapMs: null });
    expect(await caller.json('PATCH', '/contact-limits', { gapMs: 3_600_000 })).toEqual({
      perDay: 3,
      gapMs: 3_600_000,
    });
    expect(await caller.json('PATCH', '/contact-limits', { perDay: null })).toMatchObject({ perDay: null });
    const entries = await db.sql`select detail from audit_log where account_id = ${caller.accountId}
                                 and action = 'contact-limits.change' order by id`;
    expect(entries.map(({ detail }) => detail.after.perDay)).toEqual([3, 3, null]);
  });

  it.each([
    [{ perDay: 0 }, 'perDay'],
    [{ perDay: 1.5 }, 'perDay'],
    [{ gapMs: -1 }, 'gapMs'],
    [{ gapMs: 1e12 }, 'gapMs'],
    [{ perWeek: 3 }, 'perWeek'],
  ])('are refused when they are none: %j', async (json, field) => {
    const caller = await api.caller();
    const reply = await caller.json('PATCH', '/contact-limits', json);
    expect(reply).toMatchObject({ status: 422, code: 'INVALID_INPUT' });
    expect(JSON.stringify(reply.errors)).toContain(field);
  });

  it('take the scope of lists', async () => {
    const caller = await api.caller(['lists:read']);
    expect((await caller.call('GET', '/contact-limits')).status).toBe(200);
    expect((await caller.call('PATCH', '/contact-limits', { json: { perDay: 1 } })).status).toBe(403);
  });
});
