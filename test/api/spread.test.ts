/** What is guaranteed about the option that lays first calls over the hours: its shapes, its checks, and how it is shown. */
// Before any schema is made: it gives them what the API's routes describe them by.
import '@hono/zod-openapi';
import { expect, it } from 'vitest';
import { createFrozen } from '../../db/queries/frozen.ts';
import { keepSpread } from '../../db/queries/spread-plan.ts';
import { formWith, type Reply, testApi } from './support.ts';

const api = await testApi();
const { db } = api;

async function ready() {
  const caller = await api.caller();
  await api.flow(caller.accountId, { name: 'survey', transactional: true, approved: true });
  await db.sql`update accounts set transactional_contract = true where id = ${caller.accountId}`;
  const records = ['+919876543210', '+919876543211', '+919876543212'].map((number) => ({ number }));
  const make = (over: Record<string, unknown>) =>
    caller.json('POST', '/requests', { flowName: 'survey', records, ...over });
  const get = (id: number) => caller.json('GET', `/requests/${id}`);
  const run = (id: number, now = Date.now()) =>
    keepSpread(db, createFrozen(db), { accountId: caller.accountId, requestId: id }, now);
  return { caller, make, get, run };
}
const idOf = (made: Reply): number => made.requests[0].id;

it('is taken as hours or a moment, in JSON and in a form, and shown with the request', async () => {
  const { caller, make, get, run } = await ready();
  const id = idOf(await make({ spreadOver: { hours: 3 } }));
  expect(await get(id)).toMatchObject({ policy: { spreadOver: { hours: 3 } }, spread: null });
  await run(id);
  expect(await get(id)).toMatchObject({ spread: { people: 3, perHour: 1 } });
  const until = idOf(await make({ spreadOver: { until: '2999-01-31T18:00' } }));
  expect(await get(until)).toMatchObject({ policy: { spreadOver: { until: '2999-01-31T12:30:00.000Z' } } });
  const form = formWith(
    { 'a.csv': 'number\n+919876543210\n' },
    { flowName: 'survey', spreadOver: '{"hours": 1.5}' },
  );
  const uploaded = (await (await caller.call('POST', '/requests', { form })).json()) as Reply;
  expect(await get(idOf(uploaded))).toMatchObject({ policy: { spreadOver: { hours: 1.5 } } });
});

it.each([
  ['neither hours nor a moment', { spreadOver: {} }, 'spreadOver'],
  ['both', { spreadOver: { hours: 1, until: '2999-01-01T00:00:00Z' } }, 'spreadOver'],
  ['no time at all', { spreadOver: { hours: 0 } }, 'spreadOver.hours'],
  ['more than a month', { spreadOver: { hours: 745 } }, 'spreadOver.hours'],
  ['a moment that is past', { spreadOver: { until: '2020-01-01T00:00:00Z' } }, 'spreadOver.until'],
  ['what is no moment', { spreadOver: { until: 'soon' } }, 'spreadOver.until'],
  [
    'a moment after the end',
    { spreadOver: { until: '2999-01-02T00:00:00Z' }, endAt: '2999-01-01T00:00:00Z' },
    'spreadOver.until',
  ],
  [
    'a moment before the start',
    { spreadOver: { until: '2999-01-01T00:00:00Z' }, startAt: '2999-01-02T00:00:00Z' },
    'spreadOver.until',
  ],
  ['an open request', { spreadOver: { hours: 1 }, open: true, records: [] }, 'spreadOver'],
])('refuses %s, and names the field', async (_, over, field) => {
  const { make } = await ready();
  expect(await make(over)).toMatchObject({ status: 422, code: 'INVALID_INPUT', errors: [{ field }] });
});

it('is changed while the request runs, each time as a version of its policy', async () => {
  const { caller, make, get, run } = await ready();
  const id = idOf(await make({}));
  const edit = (spreadOver: unknown) => caller.json('PATCH', `/requests/${id}`, { spreadOver });
  expect(await edit({ hours: 6 })).toMatchObject({ policyVersion: 2, policy: { spreadOver: { hours: 6 } } });
  await run(id);
  expect(await get(id)).toMatchObject({ spread: { perHour: 0.5 } });
  expect(await edit({ hours: 0 })).toMatchObject({ errors: [{ field: 'spreadOver.hours' }] });
  expect(await edit(null)).toMatchObject({ policyVersion: 3, policy: { spreadOver: null } });
  await run(id);
  expect(await get(id)).toMatchObject({ spread: null });
});

it('stands still while the request is paused: those who are left keep their distance', async () => {
  const { caller, make, get, run } = await ready();
  const id = idOf(await make({ spreadOver: { hours: 3 } }));
  const begun = Date.now();
  await run(id, begun);
  await db.sql`update requests set status = 'IN_PROCESS', started_at = now() where id = ${id}`;
  await caller.json('POST', `/requests/${id}/pause`);
  const { until } = (await get(id)).spread;
  // Paused for ten hours, by the database's own account of it.
  await db.sql`update requests set paused_at = ${new Date(begun + 1)} where id = ${id}`;
  await caller.json('POST', `/requests/${id}/resume`);
  await run(id, begun + 10 * 3_600_000);
  const after = (await get(id)).spread;
  expect(Date.parse(after.until) - Date.parse(until)).toBe(10 * 3_600_000 - 1);
});
