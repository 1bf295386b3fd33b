/** Recordings over the API: listed with their call, heard by those who may, and a clear word where there is nothing. */
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { attemptId } from '../../domain/attempt-id.ts';
import type { RecordingStatus } from '../../domain/recording.ts';
import { type Reply, testApi } from './support.ts';

const api = await testApi();
const { db } = api;
const GSM = Buffer.alloc(330, 0xd1);

/** A call that has ended, with a recording in each status. */
async function recorded() {
  const caller = await api.caller();
  const { accountId } = caller;
  await api.flow(accountId, { name: 'survey' });
  const { requestId } = await caller.json('POST', '/calls', { flowName: 'survey', number: '+919876543210' });
  const id = attemptId({ requestId, row: 1, attemptNo: 1, step: 0 });
  await db.sql`
    insert into attempts (id, account_id, request_id, row, attempt_no, medium, flow_id, flow_version, policy_version,
                          address, provider, settled_at, outcome)
    select ${id}, account_id, id, 1, 1, 'voice', flow_id, flow_version, 1, '+919876543210', 'simulated', now(), 'ANSWERED'
    from requests where id = ${requestId}`;
  const nameOf = (status: RecordingStatus) =>
    `record_${accountId}_1_unknown_919876543210_${status.length}.gsm`;
  const add = async (status: RecordingStatus, startedAt: string, over: Record<string, unknown> = {}) => {
    const name = nameOf(status);
    const row = { account_id: accountId, attempt_id: id, kind: 'RECORD', widget: 'say', name, status };
    await db.sql`insert into recordings ${db.sql({ ...row, started_at: new Date(startedAt), ...over } as never)}`;
  };
  const storageKey = `recordings/${accountId}/2026-03-01/${nameOf('STORED')}`;
  await api.deps.storage.write(storageKey, Readable.from([GSM]), 1000);
  await add('STORED', '2026-03-01T04:00:00Z', { duration_ms: 200, bytes: 330, storage_key: storageKey });
  await add('EMPTY', '2026-03-01T04:00:01Z', { duration_ms: 0, bytes: 0 });
  await add('LOST', '2026-03-01T04:00:02Z', { cause: 'the trunk has no such recording' });
  await add('RECORDING', '2026-03-01T04:00:03Z');
  return { caller, id, nameOf, storageKey, path: `/attempts/${id}/recordings` };
}

describe('the recordings of a call', () => {
  it('are listed in order, with where the audio is', async () => {
    const { caller, path, nameOf } = await recorded();
    const { items } = await caller.json('GET', path);
    expect(items).toEqual([
      {
        name: nameOf('STORED'),
        kind: 'RECORD',
        widget: 'say',
        startedAt: '2026-03-01T04:00:00.000Z',
        durationMs: 200,
        bytes: 330,
        status: 'STORED',
        cause: null,
        href: `/api/v1${path}/${nameOf('STORED')}`,
      },
      expect.objectContaining({ status: 'EMPTY', durationMs: 0, bytes: 0, href: null }),
      expect.objectContaining({ status: 'LOST', cause: 'the trunk has no such recording', href: null }),
      expect.objectContaining({ status: 'RECORDING', durationMs: null, bytes: null, href: null }),
    ]);
  });

  it('are shown with the call and its journey', async () => {
    const { caller, id, path } = await recorded();
    const call = await caller.json('GET', `/calls/${id}`);
    expect(call.recordings).toEqual((await caller.json('GET', path)).items);
  });

  it('are none for a call without any, and for one that has not begun', async () => {
    const caller = await api.caller();
    await api.flow(caller.accountId, { name: 'survey' });
    const { uuid } = await caller.json('POST', '/calls', { flowName: 'survey', number: '+919876543210' });
    expect((await caller.json('GET', `/calls/${uuid}`)).recordings).toEqual([]);
    expect((await caller.call('GET', `/attempts/${uuid}/recordings`)).status).toBe(404);
  });
});

describe('the audio of a recording', () => {
  it('is what is stored, as a file of its name', async () => {
    const { caller, path, nameOf } = await recorded();
    const response = await caller.call('GET', `${path}/${nameOf('STORED')}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('audio/gsm');
    expect(response.headers.get('content-length')).toBe('330');
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="${nameOf('STORED')}"`);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(GSM);
  });

  it.each([
    ['EMPTY', 409, 'RECORDING_EMPTY', '0 bytes'],
    ['LOST', 404, 'RECORDING_LOST', 'the trunk has no such recording'],
    ['RECORDING', 409, 'RECORDING_NOT_READY', 'when the call has ended'],
  ] as const)('that is %s is refused with %i %s', async (status, code, word, detail) => {
    const { caller, path, nameOf } = await recorded();
    const response = await caller.call('GET', `${path}/${nameOf(status)}`);
    expect(response.status).toBe(code);
    const problem = await response.json();
    expect(problem).toMatchObject({ code: word, detail: expect.stringContaining(detail) });
  });

  it('that somebody removed from storage is said to be lost', async () => {
    const { caller, path, nameOf, storageKey } = await recorded();
    await api.deps.storage.remove(storageKey);
    const response = await caller.call('GET', `${path}/${nameOf('STORED')}`);
    expect([response.status, ((await response.json()) as Reply).code]).toEqual([404, 'RECORDING_LOST']);
  });
});

describe('who may hear', () => {
  it('needs the scope, and the account', async () => {
    const { caller, path, nameOf } = await recorded();
    const writer = await api.callerWith(caller.accountId, ['requests:write']);
    const stranger = await api.caller();
    for (const one of [path, `${path}/${nameOf('STORED')}`]) {
      expect((await writer.json('GET', one)).code).toBe('MISSING_SCOPE');
      expect((await stranger.json('GET', one)).code).toBe('NOT_FOUND');
    }
  });

  it.each([
    ['/attempts/1/recordings', 422, 'INVALID_INPUT'],
    ['/attempts/00000000-0000-8000-8000-000000000000/recordings', 404, 'NOT_FOUND'],
    ['/attempts/00000000-0000-8000-8000-000000000000/recordings/call_1.gsm', 404, 'NOT_FOUND'],
    ['/attempts/00000000-0000-8000-8000-000000000000/recordings/..%2F..%2Fetc', 422, 'INVALID_INPUT'],
    ['/attempts/00000000-0000-8000-8000-000000000000/recordings/call_1.wav', 422, 'INVALID_INPUT'],
  ])('asks for what can be there: %s is %i', async (path, status, code) => {
    const caller = await api.caller();
    const response = await caller.call('GET', path);
    expect([response.status, ((await response.json()) as Reply).code]).toEqual([status, code]);
  });
});
