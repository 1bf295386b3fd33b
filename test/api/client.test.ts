import { describe, expect, it } from 'vitest';
import { ClarionError, createClarionClient, type WatchEvent } from '../../client/index.ts';
import { testApi } from './support.ts';

const api = await testApi();

async function ready() {
  const caller = await api.caller();
  await api.flow(caller.accountId, { name: 'survey' });
  const client = createClarionClient({
    baseUrl: 'http://clarion.test/',
    apiKey: caller.key,
    fetch: async (input, init) => api.app.fetch(new Request(input, init)),
  });
  return { caller, client };
}

describe('the typed client', () => {
  it('asks and answers in the API’s own types', async () => {
    const { client } = await ready();
    const { data } = await client.POST('/requests', {
      body: { flowName: 'survey', records: [{ number: '+919876543210' }] },
      params: { header: { 'Idempotency-Key': 'k' } },
    });
    const id = data?.requests[0]?.id ?? 0;
    const shown = await client.GET('/requests/{id}', { params: { path: { id } } });
    expect(shown.data?.added).toBe(1);
    const missing = await client.GET('/requests/{id}', { params: { path: { id: id + 1000 } } });
    expect(missing.error?.code).toBe('NOT_FOUND');
  });

  it('uploads files and downloads rows', async () => {
    const { client } = await ready();
    const { requests } = await client.uploadRequests({
      flowName: 'survey',
      files: [
        { name: 'a.csv', content: 'number\n' },
        { name: 'b.csv', content: new TextEncoder().encode('number\n') },
      ],
      statusEmails: ['holder@example.com'],
    });
    expect(requests.map((one) => one.fileName)).toEqual(['a.csv', 'b.csv']);
    const csv = await new Response(await client.download(`/requests/${requests[0]?.id}/records.csv`)).text();
    expect(csv).toMatch(/^row,number,/);
    const refused = client.uploadRequests({ flowName: 'nope', files: [{ name: 'a.csv', content: 'x' }] });
    await expect(refused).rejects.toThrow(ClarionError);
    await expect(refused).rejects.toMatchObject({ status: 422, problem: { code: 'UNKNOWN_FLOW' } });
  });

  it('watches a request to its end, and goes on where it left off', async () => {
    const { caller, client } = await ready();
    const made = await caller.json('POST', '/calls', { flowName: 'survey', number: '+919876543210' });
    await api.db.sql`update requests set status = 'CANCELLED', ended_at = now() where id = ${made.requestId}`;
    const seen: WatchEvent[] = [];
    for await (const event of client.watchRequest(made.requestId)) seen.push(event);
    expect(seen).toMatchObject([
      { type: 'event', event: 'CREATED' },
      { type: 'progress', request: { id: made.requestId, status: 'CANCELLED' } },
      { type: 'end', status: 'CANCELLED' },
    ]);
    const lastEventId = seen[0]?.type === 'event' ? seen[0].id : '';
    const rest: string[] = [];
    for await (const event of client.watchRequest(made.requestId, { lastEventId })) rest.push(event.type);
    expect(rest).toEqual(['progress', 'end']);
  });
});
