import { describe, expect, it } from 'vitest';
import { addIncomingMail, settleMailVerdict, takeMailToJudge } from '../../db/queries/incoming-mails.ts';
import { type Reply, testApi } from './support.ts';

const api = await testApi({ mailIn: { domain: 'lists.test' } });

let deliveries = 0;
async function came(accountId: number): Promise<number> {
  const id = await addIncomingMail(api.db, {
    accountId,
    receiver: 'smtp',
    receiverRef: `delivery-${++deliveries}`,
    envelopeFrom: 'bounces@shop.test',
    helo: 'mx.shop.test',
    clientAddress: '192.0.2.1',
    spfResult: null,
    bytes: 1200,
    rawKey: 'mails/x.eml',
    remote: null,
  });
  return id ?? 0;
}

async function refuse(): Promise<void> {
  const mail = await takeMailToJudge(api.db, { leaseMs: 60_000 });
  if (!mail) throw new Error('no mail is due');
  await settleMailVerdict(api.db, mail, {
    sender: 'ops@shop.test',
    subject: 'survey',
    messageId: null,
    authentication: {
      spf: { result: 'none', domain: 'shop.test', aligned: true },
      dkim: [{ domain: 'shop.test', result: 'fail', aligned: true, why: 'bad signature' }],
      dmarc: { result: 'none', policy: null },
    },
    files: [
      { name: 'people.csv', bytes: 12 },
      { name: 'logo.png', bytes: 3, why: 'not csv or zip' },
    ],
    verdict: 'REFUSED',
    reason: 'SPF_DKIM_FAILED',
    detail: 'DKIM fail for shop.test',
  });
}

describe('the address for lists', () => {
  it('is none at first, is drawn, is another each time it is drawn, and is given up', async () => {
    const caller = await api.caller();
    const now = async (): Promise<Reply> => caller.json('GET', '/email-uploads/address');
    expect(await now()).toEqual({ enabled: true, address: null, createdAt: null });
    const first = await caller.json('POST', '/email-uploads/address');
    expect(first.address).toMatch(/^lists\+[a-z2-9]{16}@lists\.test$/);
    expect(await now()).toEqual(first);
    const second = await caller.json('POST', '/email-uploads/address');
    expect(second.address).not.toBe(first.address);
    expect((await caller.call('DELETE', '/email-uploads/address')).status).toBe(204);
    expect((await caller.call('DELETE', '/email-uploads/address')).status).toBe(204);
    expect((await now()).address).toBeNull();
    const audit = await api.db.sql<{ action: string }[]>`
      select action from audit_log where account_id = ${caller.accountId} order by id`;
    expect(audit.map(({ action }) => action)).toEqual([
      'email-uploads.draw',
      'email-uploads.draw',
      'email-uploads.remove',
    ]);
  });

  it('cannot be drawn where no mail is taken', async () => {
    const off = await testApi();
    const caller = await off.caller();
    expect(await caller.json('GET', '/email-uploads/address')).toMatchObject({
      enabled: false,
      address: null,
    });
    expect(await caller.json('POST', '/email-uploads/address')).toMatchObject({
      status: 409,
      code: 'MAIL_IN_OFF',
    });
  });

  it('is drawn with the scope for lists alone', async () => {
    const caller = await api.caller(['lists:read', 'requests:read']);
    expect((await caller.call('GET', '/email-uploads/address')).status).toBe(200);
    expect((await caller.call('POST', '/email-uploads/address')).status).toBe(403);
    expect((await caller.call('DELETE', '/email-uploads/address')).status).toBe(403);
  });
});

describe('mails that came', () => {
  it('are listed newest first, page by page, with verdict, reason, proof and files', async () => {
    const caller = await api.caller();
    const ids = [await came(caller.accountId), await came(caller.accountId)];
    await refuse();
    const page = await caller.json('GET', '/incoming-mails?limit=1');
    expect(page.items).toMatchObject([
      { id: ids[1], verdict: 'WAITING', reason: null, sender: null, envelopeFrom: 'bounces@shop.test' },
    ]);
    const next = await caller.json('GET', `/incoming-mails?limit=1&cursor=${page.nextCursor}`);
    expect(next.nextCursor).toBeNull();
    expect(next.items[0]).toMatchObject({
      id: ids[0],
      by: 'smtp',
      verdict: 'REFUSED',
      reason: 'SPF_DKIM_FAILED',
      sender: 'ops@shop.test',
      authentication: { dkim: [{ domain: 'shop.test', result: 'fail', why: 'bad signature' }] },
      files: [
        { name: 'people.csv', requestId: null, ignored: null },
        { name: 'logo.png', requestId: null, ignored: 'not csv or zip' },
      ],
      requestIds: [],
      kept: true,
    });
    expect(await caller.json('GET', `/incoming-mails/${ids[0]}`)).toEqual(next.items[0]);
    // Where it lies, and from which machine it came, is nobody's business.
    expect(JSON.stringify(next)).not.toMatch(/eml|192\.0\.2\.1/);
    await refuse();
  });

  it('are filtered by verdict and by time', async () => {
    const caller = await api.caller();
    await came(caller.accountId);
    await refuse();
    await came(caller.accountId);
    const count = async (query: string): Promise<number> =>
      (await caller.json('GET', `/incoming-mails?${query}`)).items.length;
    expect(await count('verdict=REFUSED')).toBe(1);
    expect(await count('verdict=WAITING')).toBe(1);
    expect(await count('verdict=ACCEPTED')).toBe(0);
    expect(await count('from=2020-01-01T00:00:00Z')).toBe(2);
    expect(await count('to=2020-01-01T00:00:00Z')).toBe(0);
    expect(await caller.json('GET', '/incoming-mails?verdict=maybe')).toMatchObject({ status: 422 });
    expect(await caller.json('GET', '/incoming-mails/999999')).toMatchObject({ status: 404 });
    await refuse();
  });
});
