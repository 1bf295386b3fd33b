import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../api/app.ts';
import { formWith, testApi } from './support.ts';

const api = await testApi();
const MB = 1024 * 1024;

async function filesInStorage(): Promise<number> {
  const entries = await readdir(api.directory, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}

async function ready() {
  const caller = await api.caller();
  const flowId = await api.flow(caller.accountId, { name: 'survey' });
  return { caller, flowId };
}

describe('POST /requests with files', () => {
  it('makes each file a request of its own, with its options, policy, outbox row and event', async () => {
    const { caller, flowId } = await ready();
    const form = formWith(
      { 'a.csv': 'number\n+919876543210\n', 'b.csv': 'number\n+919876543211\n' },
      { flowName: 'survey', startAt: '2999-01-01T09:00', endAt: '2999-01-02T09:00:00Z', phoneColumn: 'Tel' },
    );
    const response = await caller.call('POST', '/requests', { form });
    expect(response.status).toBe(202);
    const { requests } = (await response.json()) as { requests: { id: number; [key: string]: unknown }[] };
    expect(requests).toMatchObject([
      {
        status: 'RECEIVED',
        flowId,
        flowName: 'survey',
        fileName: 'a.csv',
        loaded: 0,
        added: 0,
        rejection: null,
      },
      { status: 'RECEIVED', flowId, flowName: 'survey', fileName: 'b.csv' },
    ]);
    const ids = requests.map((one) => one.id);
    // 09:00 in the account's zone, Asia/Kolkata.
    expect(requests[0]).toMatchObject({
      startAt: '2999-01-01T03:30:00.000Z',
      endAt: '2999-01-02T09:00:00.000Z',
    });
    expect(
      await api.db.sql`select request_id, kind from outbox where request_id = any(${ids}) order by 1`,
    ).toEqual(ids.map((id) => ({ request_id: id, kind: 'start' })));
    expect(api.notified).toEqual(expect.arrayContaining(ids));
    const shown = await caller.json('GET', `/requests/${ids[0]}`);
    expect(shown).toMatchObject({
      phoneColumn: 'Tel',
      policyVersion: 1,
      policy: { timeZone: 'Asia/Kolkata', homeRegion: 'IN', promotional: true, concurrency: 50 },
      links: { workflow: `http://127.0.0.1:8233/namespaces/default/workflows/request%2F${ids[0]}` },
    });
    const [stored] = await api.db
      .sql`select upload_key, upload_format from requests where id = ${ids[0] ?? 0}`;
    const content = await api.deps.storage.read(stored?.upload_key);
    expect(Buffer.concat(await content.toArray()).toString()).toBe('number\n+919876543210\n');
    expect(stored?.upload_format).toBe('csv');
  });

  it('turns away a file over its limit, with the reason, and goes on with the others', async () => {
    const { caller } = await ready();
    const zip = new Uint8Array(25 * MB + 1);
    zip.set([0x50, 0x4b, 3, 4]);
    const form = formWith(
      {
        'big.csv': new Uint8Array(10 * MB + 1),
        'big.zip': zip,
        'fits.csv': new Uint8Array(10 * MB),
        'small.csv': 'x',
      },
      { flowName: 'survey' },
    );
    const before = await filesInStorage();
    const { requests } = (await (await caller.call('POST', '/requests', { form })).json()) as {
      requests: Record<string, unknown>[];
    };
    expect(requests).toMatchObject([
      { fileName: 'big.csv', status: 'REJECTED', rejection: { code: 'FILE_TOO_LARGE' } },
      { fileName: 'big.zip', status: 'REJECTED', rejection: { code: 'ZIP_TOO_LARGE' } },
      { fileName: 'fits.csv', status: 'RECEIVED' },
      { fileName: 'small.csv', status: 'RECEIVED' },
    ]);
    expect(await filesInStorage()).toBe(before + 2);
  });

  it.each([
    ['no flow named', {}, 'flowId', 'INVALID_INPUT'],
    ['a flow that is not there', { flowName: 'nope' }, 'flowName', 'UNKNOWN_FLOW'],
    ['a start time that is none', { flowName: 'survey', startAt: 'soon' }, 'startAt', 'INVALID_INPUT'],
    [
      'an end time in the past',
      { flowName: 'survey', endAt: '2020-01-01T00:00:00Z' },
      'endAt',
      'INVALID_INPUT',
    ],
    [
      'an end before the start',
      { flowName: 'survey', startAt: '2999-01-02T00:00:00Z', endAt: '2999-01-01T00:00:00Z' },
      'endAt',
      'INVALID_INPUT',
    ],
    ['a field that is not known', { flowName: 'survey', colour: 'red' }, 'colour', 'INVALID_INPUT'],
    [
      'an address that is not whitelisted',
      { flowName: 'survey', statusEmails: 'holder@example.com, x@example.com' },
      'statusEmails.1',
      'NOT_WHITELISTED',
    ],
  ])('refuses %s, names the field and keeps no file', async (_, fields, field, code) => {
    const { caller } = await ready();
    const before = await filesInStorage();
    const form = formWith({ 'a.csv': 'number\n' }, fields as unknown as Record<string, string>);
    const response = await caller.call('POST', '/requests', { form });
    expect(response.status).toBe(422);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ code, status: 422, errors: [{ field }] });
    expect(await filesInStorage()).toBe(before);
    expect((await caller.json('GET', '/requests')).items).toEqual([]);
  });

  it('refuses a form without files, with too many, and with files under another name', async () => {
    const { caller } = await ready();
    const none = await caller.call('POST', '/requests', { form: formWith({}, { flowName: 'survey' }) });
    expect(await none.json()).toMatchObject({ code: 'INVALID_INPUT', errors: [{ field: 'files' }] });
    const many = Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`${n}.csv`, 'number\n']));
    const tooMany = await caller.call('POST', '/requests', { form: formWith(many, { flowName: 'survey' }) });
    expect(await tooMany.json()).toMatchObject({ code: 'TOO_MANY_FILES' });
    const form = new FormData();
    form.append('list', new File(['number\n'], 'a.csv'));
    const other = await caller.call('POST', '/requests', { form });
    expect(await other.json()).toMatchObject({ code: 'INVALID_INPUT', errors: [{ field: 'list' }] });
  });

  it('refuses a body that breaks off, and keeps nothing of it', async () => {
    const { caller } = await ready();
    const before = await filesInStorage();
    const boundary = 'x'.repeat(20);
    const whole = `--${boundary}\r\nContent-Disposition: form-data; name="files"; filename="a.csv"\r\n\r\nnumber\r\n+9198`;
    const response = await api.app.request('/api/v1/requests', {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${caller.key}`,
        'content-type': `multipart/form-data; boundary=${boundary}`,
      },
      body: whole,
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'MALFORMED_BODY' });
    expect(await filesInStorage()).toBe(before);
  });

  it('says so when the disk is full', async () => {
    const { caller } = await ready();
    const write = () => Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' }));
    const app = createApp({ ...api.deps, storage: { ...api.deps.storage, write } });
    const response = await app.request('/api/v1/requests', {
      method: 'POST',
      headers: { Authorization: `Bearer ${caller.key}` },
      body: formWith({ 'a.csv': 'number\n'.repeat(100_000), 'b.csv': 'number\n' }, { flowName: 'survey' }),
    });
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
  });

  it('makes rejected requests of a flow that cannot run, and says why', async () => {
    const { caller } = await ready();
    await api.flow(caller.accountId, { name: 'draft', published: false });
    await api.flow(caller.accountId, { name: 'notice', type: 'notification' });
    await api.flow(caller.accountId, { name: 'unapproved', transactional: true });
    for (const [flowName, why] of [
      ['draft', 'not published'],
      ['notice', 'notification'],
      ['unapproved', 'no contract'],
    ] as const) {
      const form = formWith({ 'a.csv': 'number\n' }, { flowName });
      const { requests } = (await (await caller.call('POST', '/requests', { form })).json()) as {
        requests: { id: number }[];
      };
      expect(requests).toMatchObject([
        {
          status: 'REJECTED',
          rejection: { code: 'FLOW_NOT_RUNNABLE', detail: expect.stringContaining(why) },
        },
      ]);
      const told = await api.db.sql`select kind from outbox where request_id = ${requests[0]?.id ?? 0}`;
      expect(told).toEqual([{ kind: 'start' }]);
    }
  });

  it('runs a transactional flow only in the version that operations approved', async () => {
    const { caller } = await ready();
    await api.db.sql`update accounts set transactional_contract = true where id = ${caller.accountId}`;
    const flowId = await api.flow(caller.accountId, { name: 'alerts', transactional: true, approved: true });
    const send = async () => {
      const form = formWith({ 'a.csv': 'number\n' }, { flowName: 'alerts' });
      return ((await (await caller.call('POST', '/requests', { form })).json()) as { requests: unknown[] })
        .requests[0];
    };
    expect(await send()).toMatchObject({ status: 'RECEIVED' });
    await caller.call('POST', `/flows/${flowId}/publish`);
    expect(await send()).toMatchObject({ status: 'REJECTED', rejection: { code: 'FLOW_NOT_RUNNABLE' } });
    const operations = await api.operations(caller.accountId);
    expect((await operations.call('POST', `/flows/${flowId}/approve`, { json: { version: 2 } })).status).toBe(
      200,
    );
    expect(await send()).toMatchObject({ status: 'RECEIVED', flowVersion: 2 });
  });
});
