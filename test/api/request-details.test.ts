import { expect, it } from 'vitest';
import { testApi } from './support.ts';

const api = await testApi();

it('GET /requests/{id}/details says what it waits for, its pace, and how attempts ended', async () => {
  const caller = await api.caller();
  await api.flow(caller.accountId, { name: 'survey' });
  const { requestId } = await caller.json('POST', '/calls', { flowName: 'survey', number: '+919876543210' });
  const path = `/requests/${requestId}/details`;
  expect(await caller.json('GET', path)).toMatchObject({
    requestId,
    timeZone: 'Asia/Kolkata',
    pace: { perSecond: 0, lastMinute: 0 },
    remaining: 1,
    remainingMs: null,
    byAttempt: [],
    byHour: [],
    events: [{ type: 'CREATED' }],
  });
  await api.db.sql`
    insert into request_slots (request_id, at, attempt_no, outcome, shard, account_id, count)
    select ${requestId}, w.at::timestamptz, w.no, w.outcome::outcome, w.shard, ${caller.accountId}, w.count
    from (values ('2026-03-01T09:30:00Z', 1, 'BUSY', 0, 2), ('2026-03-01T10:15:00Z', 1, 'BUSY', 1, 3),
                 ('2026-03-01T10:30:00Z', 2, 'ANSWERED', 0, 1)) as w (at, no, outcome, shard, count)`;
  await caller.json('POST', `/requests/${requestId}/pause`);
  expect(await caller.json('GET', path)).toMatchObject({
    waiting: [{ reason: 'PAUSED', since: expect.any(String), until: null }],
    byAttempt: [
      { attemptNo: 1, ended: 5, outcomes: { BUSY: 5 } },
      { attemptNo: 2, ended: 1, outcomes: { ANSWERED: 1 } },
    ],
    byHour: [
      { at: '2026-03-01T09:30:00.000Z', ended: 5, outcomes: { BUSY: 5 } },
      { at: '2026-03-01T10:30:00.000Z', ended: 1, outcomes: { ANSWERED: 1 } },
    ],
    events: [{ type: 'PAUSED' }, { type: 'CREATED' }],
  });
  const other = await api.caller();
  expect((await other.call('GET', path)).status).toBe(404);
});
