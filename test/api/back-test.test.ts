import { describe, expect, it } from 'vitest';
import { people } from '../support/campaign.ts';
import { called, ready, running, seconds, TARIFF, window } from './forecast-support.ts';
import { testApi } from './support.ts';

const api = await testApi();

describe('a back-test', () => {
  it('names attempts another policy would not have made, and counts those that never were', async () => {
    const caller = await ready(api);
    const flowId = await api.flow(caller.accountId, { name: 'other' });
    const requestId = await running(api, caller, flowId, people(1, 4));
    const minute = (count: number) => new Date(Date.now() - 3_600_000 + count * 60_000);
    const busy = (at: Date) => ({ outcome: 'BUSY', at, talkMs: 1_000 });
    await called(api, requestId, 1, [
      busy(minute(1)),
      busy(minute(2)),
      { outcome: 'ANSWERED', at: minute(3) },
    ]);
    await called(api, requestId, 2, [busy(minute(1)), { outcome: 'ANSWERED', at: minute(30) }]);
    await called(api, requestId, 3, [{ outcome: 'ANSWERED', at: minute(1) }]);
    await called(api, requestId, 4, [busy(minute(1))]);
    const path = `/requests/${requestId}/back-test`;
    expect(await caller.json('POST', path, {})).toMatchObject({ code: 'REQUEST_NOT_ENDED' });
    await api.db.sql`update requests set status = 'COMPLETED', ended_at = now() where id = ${requestId}`;
    const once = { BUSY: { times: 1, intervalMs: 600_000 } };
    const reply = await caller.json('POST', path, { policy: { retries: once } });
    expect(reply).toMatchObject({
      requestId,
      was: { people: 4, attempts: 7 },
      notAllowed: [
        { rule: 'TOO_SOON', count: 1, attempts: [{ row: 1, attemptNo: 2 }] },
        { rule: 'OVER_RETRIES', count: 1, attempts: [{ row: 1, attemptNo: 3 }] },
      ],
      // Row 4 is tried once more, and nobody knows how that would have ended.
      drawnAttempts: { p5: 1, median: 1, p95: 1 },
      wouldBe: { people: 4, attempts: { p5: 7, p95: 7 } },
      blocked: 0,
    });
    expect(reply.wouldBe.answered.p5).toBeGreaterThanOrEqual(2);
    expect(reply.wouldBe.assumptions.history).toBe('REQUEST');
    // Of what runs at present a look at what was knows nothing.
    expect(reply.wouldBe.assumptions).not.toHaveProperty('otherRequestsRunning');
    expect(seconds(reply.was.startedAt, reply.wouldBe.finishAt.median)).toBeGreaterThan(600);
  });

  it('knows the hours of each attempt', async () => {
    const caller = await ready(api);
    const flowId = await api.flow(caller.accountId, { name: 'other' });
    const requestId = await running(api, caller, flowId, people(0, 2));
    await called(api, requestId, 1, [{ outcome: 'ANSWERED', at: new Date(Date.now() - 3_000_000) }]);
    await called(api, requestId, 2, [{ outcome: 'ANSWERED', at: new Date(Date.now() - 600_000) }]);
    await api.db.sql`update requests set status = 'COMPLETED', ended_at = now() where id = ${requestId}`;
    const reply = await caller.json('POST', `/requests/${requestId}/back-test`, {
      policy: { callingHours: window(-30, 60, 'Asia/Kolkata') },
    });
    expect(reply.notAllowed).toEqual([
      { rule: 'OUTSIDE_HOURS', count: 1, attempts: [{ row: 1, attemptNo: 1 }] },
    ]);
  });
});

describe('the tariff', () => {
  it('is kept as it was given, exactly, and can be replaced and removed', async () => {
    const caller = await ready(api);
    expect(await caller.json('GET', '/tariff')).toEqual({ tariff: null });
    const { tariff } = await caller.json('PUT', '/tariff', { ...TARIFF, perSms: '0.0725' });
    expect(tariff).toMatchObject({
      currency: 'INR',
      perSms: '0.0725',
      perMail: '0.00',
      rates: [
        { prefix: '91', pulseSeconds: 15, perPulse: '0.30', setUp: '0.05' },
        { prefix: '9198', pulseSeconds: 60, perPulse: '1.10', setUp: '0.00' },
      ],
    });
    const other = { currency: 'EUR', rates: [{ prefix: '', pulseSeconds: 60, perPulse: '0.1' }] };
    expect((await caller.json('PUT', '/tariff', other)).tariff.rates).toHaveLength(1);
    expect(await caller.json('DELETE', '/tariff')).toEqual({ tariff: null });
    expect(await caller.json('GET', '/tariff')).toEqual({ tariff: null });
  });

  it.each([
    [{ ...TARIFF, rates: [] }, 'rates'],
    [{ ...TARIFF, rates: [...TARIFF.rates, { prefix: '+91', pulseSeconds: 1, perPulse: '1' }] }, 'rates'],
    [{ ...TARIFF, rates: [{ prefix: '9a', pulseSeconds: 1, perPulse: '1' }] }, 'rates.0.prefix'],
    [{ ...TARIFF, rates: [{ prefix: '91', pulseSeconds: 0, perPulse: '1' }] }, 'rates.0.pulseSeconds'],
    [{ ...TARIFF, rates: [{ prefix: '91', pulseSeconds: 1, perPulse: '-1' }] }, 'rates.0.perPulse'],
    [{ ...TARIFF, perSms: '1e3' }, 'perSms'],
  ])('refuses %j, naming %s', async (given, field) => {
    const caller = await ready(api);
    expect(await caller.json('PUT', '/tariff', given)).toMatchObject({ status: 422, errors: [{ field }] });
  });

  it('says what a request has cost', async () => {
    const caller = await ready(api);
    const flowId = await api.flow(caller.accountId, { name: 'other' });
    const requestId = await running(api, caller, flowId, ['+919811000050', '+912266000000', '+447911123456']);
    expect(await caller.json('GET', `/requests/${requestId}/cost`)).toEqual({ cost: null });
    await caller.json('PUT', '/tariff', TARIFF);
    const at = new Date();
    await called(api, requestId, 1, [
      { outcome: 'BUSY', at },
      { outcome: 'ANSWERED', at, talkMs: 60_000 },
    ]);
    await called(api, requestId, 2, [{ outcome: 'ANSWERED', at, talkMs: 15_400 }]);
    await called(api, requestId, 3, [{ outcome: 'ANSWERED', at }]);
    expect(await caller.json('GET', `/requests/${requestId}/cost`)).toEqual({
      cost: { currency: 'INR', total: '1.75', calls: 2, unpriced: 1, messages: 0 },
    });
  });
});
