import { describe, expect, it } from 'vitest';
import { definition, formWith, type Reply, testApi } from './support.ts';

const api = await testApi();

describe('a list as it was read', () => {
  it('names the phone column, the variables it fills, and shows its first rows with the faulty ones', async () => {
    const caller = await api.caller();
    const draft = definition({ variables: [{ name: 'first_name', required: true }, { name: 'plan' }] });
    const flowId = await api.flow(caller.accountId, { definition: draft });
    const numbers = Array.from({ length: 8 }, (_, index) => `98765432${10 + index},Asha,Pune`);
    const rows = [
      'Mobile;First Name;City',
      ...[...numbers, '12,Ben,Pune', '9876543299,,Goa'].map(semicolons),
    ];
    const form = formWith({ 'list.csv': rows.join('\r\n') }, { flowId: String(flowId) });
    const response = await caller.call('POST', '/requests/forecast', { form });
    const { list, loaded, people }: Reply = await response.json();
    expect({ loaded, people }).toEqual({ loaded: 10, people: 8 });
    expect(list).toMatchObject({
      phoneColumn: 'Mobile',
      zoneColumn: null,
      headless: false,
      variables: ['first_name', 'City'],
      flowVariables: [
        { name: 'first_name', required: true },
        { name: 'plan', required: false },
      ],
    });
    expect(list.sample.map(({ row, result }: { row: number; result: string }) => [row, result])).toEqual([
      ...[1, 2, 3, 4, 5].map((row) => [row, 'ACCEPTED']),
      [9, 'INVALID_NUMBER'],
      [10, 'MISSING_VARIABLE'],
    ]);
    expect(list.sample[0]).toEqual({
      row: 1,
      given: '9876543210',
      number: '+919876543210',
      result: 'ACCEPTED',
      detail: null,
      variables: { first_name: 'Asha', City: 'Pune' },
    });
    expect(list.sample[6].detail).toContain('first_name');
  });

  it('is no more than fifteen rows, however many are faulty', async () => {
    const caller = await api.caller();
    const flowId = await api.flow(caller.accountId);
    const form = formWith(
      { 'list.csv': `number\n${'12\n'.repeat(300)}9876543210\n` },
      { flowId: String(flowId) },
    );
    const { list }: Reply = await (await caller.call('POST', '/requests/forecast', { form })).json();
    expect(list.sample).toHaveLength(15);
  });
});

describe('choosing a flow', () => {
  it('says of each flow whether it can call a list, and if not why', async () => {
    const caller = await api.caller();
    await api.flow(caller.accountId, { name: 'runs' });
    await api.flow(caller.accountId, { name: 'draft', published: false });
    await api.flow(caller.accountId, { name: 'contract', transactional: true, approved: true });
    await api.flow(caller.accountId, { name: 'incoming', type: 'inbound' });
    const { items } = await caller.json('GET', '/flows');
    const why = Object.fromEntries(
      items.map(({ name, notRunnable }: { name: string; notRunnable: string | null }) => [name, notRunnable]),
    );
    expect(why).toEqual({
      runs: null,
      draft: 'The flow "draft" is not published.',
      contract: expect.stringContaining('no contract'),
      incoming: expect.stringContaining('of type inbound'),
    });
  });

  it('gives a template with the columns a list needs, and nobody in it', async () => {
    const caller = await api.caller();
    const draft = definition({ variables: [{ name: 'first_name', required: true }, { name: 'plan' }] });
    const flowId = await api.flow(caller.accountId, { definition: draft });
    const response = await caller.call('GET', `/flows/${flowId}/template.csv`);
    expect(await response.text()).toBe('number,first_name,plan\r\n');
    const other = await api.caller();
    expect((await other.call('GET', `/flows/${flowId}/template.csv`)).status).toBe(404);
  });
});

function semicolons(row: string): string {
  return row.replaceAll(',', ';');
}
