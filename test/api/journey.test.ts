import { describe, expect, it } from 'vitest';
import { attemptId } from '../../domain/attempt-id.ts';
import { type Reply, testApi } from './support.ts';

const api = await testApi();

/** Somebody who was tried twice, on a list of many: the second call sent an SMS. */
async function tried() {
  const caller = await api.caller();
  const flowId = await api.flow(caller.accountId, { name: 'survey' });
  const made = await caller.json('POST', '/requests', {
    flowId,
    records: Array.from({ length: 700 }, (_, n) => ({ number: `+9198765${String(n).padStart(5, '0')}` })),
  });
  const requestId: number = made.requests[0].id;
  const idOf = (row: number, attemptNo: number, step = 0) => attemptId({ requestId, row, attemptNo, step });
  // Everybody else was called after them.
  await api.db.sql`
    insert into attempts (id, account_id, request_id, row, attempt_no, step, medium, flow_id, flow_version, policy_version,
                          address, provider, reserved_at, settled_at, outcome)
    select w.id::uuid, ${caller.accountId}, ${requestId}, w.row, w.no, w.step, w.medium::medium, ${flowId}, 1, 1,
           '+919876500000', 'test', w.at::timestamptz, w.at::timestamptz + interval '1 second', w.outcome::outcome
    from (values (${idOf(1, 1)}, 1, 1, 0, 'voice', '2026-03-01T09:00:00Z', 'BUSY'),
                 (${idOf(1, 2)}, 1, 2, 0, 'voice', '2026-03-01T10:00:00Z', 'ANSWERED'),
                 (${idOf(1, 2, 1)}, 1, 2, 1, 'sms', '2026-03-01T10:00:00.5Z', 'DELIVERED')) as w (id, row, no, step, medium, at, outcome)`;
  await api.db.sql`
    insert into attempts (id, account_id, request_id, row, attempt_no, medium, flow_id, flow_version, policy_version, address,
                          provider, reserved_at, settled_at, outcome)
    select (lpad(to_hex(${requestId}::bigint), 12, '0') || '80018000' || lpad(to_hex(n), 8, '0') || '0000')::uuid,
           ${caller.accountId}, ${requestId}, n, 1, 'voice', ${flowId}, 1, 1, '+919876500001', 'test', now(), now(), 'ANSWERED'
    from generate_series(2, 700) n`;
  await api.db.sql`
    update records set attempts = 2, due_at = '2026-03-02T09:00:00Z', last_attempt_id = ${idOf(1, 2)}
    where request_id = ${requestId} and row = 1`;
  const entry = {
    at: '2026-03-01T10:00:00.200Z',
    widget: 'greet',
    widgetType: 'text-to-speech',
    event: 'SAID',
    data: { text: 'Hello' },
  };
  await api.db.sql`
    insert into journeys (attempt_id, account_id, entries)
    values (${idOf(1, 2)}, ${caller.accountId}, ${api.db.sql.json([entry])})`;
  await api.db.sql`
    insert into recordings (account_id, attempt_id, kind, name, started_at, status, duration_ms, bytes, storage_key)
    values (${caller.accountId}, ${idOf(1, 2)}, 'CALL', 'call_x.gsm', '2026-03-01T10:00:00.100Z', 'STORED', 900, 10, 'k')`;
  return { caller, requestId, idOf, entry };
}

describe('GET /calls/{uuid}', () => {
  it('tells all that a person went through, whichever of the attempts is asked for, on however long a list', async () => {
    const { caller, idOf, entry } = await tried();
    const second = await caller.json('GET', `/calls/${idOf(1, 2)}`);
    expect(second).toMatchObject({
      attempts: [
        { uuid: idOf(1, 1), outcome: 'BUSY' },
        { uuid: idOf(1, 2), outcome: 'ANSWERED' },
      ],
      steps: [{ uuid: idOf(1, 2, 1), attemptNo: 2, medium: 'sms', outcome: 'DELIVERED' }],
      nextAttemptAt: '2026-03-02T09:00:00.000Z',
      journey: [entry],
      recordings: [{ name: 'call_x.gsm', href: `/api/v1/attempts/${idOf(1, 2)}/recordings/call_x.gsm` }],
    });
    expect(second.timeline.map((line: Reply) => [line.uuid, line.text])).toEqual([
      [idOf(1, 1), 'Attempt 1: +919876500000 was called.'],
      [idOf(1, 1), 'The call was not taken: the line was busy.'],
      [idOf(1, 2), 'Attempt 2: +919876500000 was called.'],
      [idOf(1, 2), 'The call was recorded: call_x.gsm, 0.9 s.'],
      [idOf(1, 2), 'Heard “Hello”.'],
      [idOf(1, 2, 1), 'An SMS to +919876500000 was begun.'],
      [idOf(1, 2), 'The call ended after it was answered.'],
      [idOf(1, 2, 1), 'The SMS was delivered.'],
    ]);
    for (const uuid of [idOf(1, 1), idOf(1, 2, 1), idOf(1, 3)]) {
      const other = await caller.json('GET', `/calls/${uuid}`);
      expect([other.uuid, other.timeline, other.journey]).toEqual([uuid, second.timeline, []]);
    }
    expect(await caller.json('GET', `/calls/${idOf(1, 4)}`)).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is nobody else’s, and takes the scope for reports', async () => {
    const { caller, idOf } = await tried();
    const stranger = await api.caller();
    expect((await stranger.call('GET', `/calls/${idOf(1, 2)}`)).status).toBe(404);
    const reader = await api.callerWith(caller.accountId, ['requests:read']);
    expect((await reader.call('GET', `/calls/${idOf(1, 2)}`)).status).toBe(403);
  });
});
