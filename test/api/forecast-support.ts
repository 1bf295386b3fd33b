/** Accounts, requests and calls that the tests of forecasts, back-tests and tariffs begin with. */
import { insertPeople, insertRequest, testPolicy } from '../support/campaign.ts';
import { definition, type Reply, type testApi } from './support.ts';

type Api = Awaited<ReturnType<typeof testApi>>;

export const TARIFF = {
  currency: 'INR',
  rates: [
    { prefix: '91', pulseSeconds: 15, perPulse: '0.30', setUp: '0.05' },
    { prefix: '+9198', pulseSeconds: 60, perPulse: '1.10' },
  ],
};

/** An account with a flow named `survey` that may run at any hour. @param settings of the flow */
export async function ready(api: Api, settings: Record<string, unknown> = {}) {
  const caller = await api.caller();
  await api.flow(caller.accountId, {
    name: 'survey',
    transactional: true,
    approved: true,
    definition: definition({ settings }),
  });
  await api.db.sql`update accounts set transactional_contract = true where id = ${caller.accountId}`;
  const ask = (json: Record<string, unknown>): Promise<Reply> =>
    caller.json('POST', '/requests/forecast', { flowName: 'survey', ...json });
  return { ...caller, ask };
}

export const seconds = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1000;

/** A window of the day around now, by a zone's clock; two where it goes over midnight. */
export function window(fromMinutes: number, toMinutes: number, zone: string) {
  const at = (minutes: number): string =>
    new Date(Date.now() + minutes * 60_000).toLocaleTimeString('en-GB', {
      timeZone: zone,
      hour: '2-digit',
      minute: '2-digit',
    });
  const days = [1, 2, 3, 4, 5, 6, 7];
  const [from, to] = [at(fromMinutes), at(toMinutes)];
  if (from < to) return [{ days, from, to }];
  return [{ days, from, to: '24:00' }, ...(to === '00:00' ? [] : [{ days, from: '00:00', to }])];
}

/** Puts a request with these people into the database, as the engine would have it after some calls. */
export async function running(
  api: Api,
  caller: { accountId: number },
  flowId: number,
  numbers: string[],
): Promise<number> {
  const requestId = await insertRequest(api.db, {
    accountId: caller.accountId,
    flowId,
    policy: testPolicy({ concurrency: 5 }),
  });
  await insertPeople(api.db, caller.accountId, requestId, numbers);
  await api.db
    .sql`update requests set status = 'IN_PROCESS', started_at = now() - interval '1 hour' where id = ${requestId}`;
  return requestId;
}

export async function called(
  api: Api,
  requestId: number,
  row: number,
  attempts: { outcome: string; at: Date; talkMs?: number }[],
  ended = true,
): Promise<void> {
  for (const [index, { outcome, at, talkMs = 20_000 }] of attempts.entries()) {
    const answered = outcome === 'ANSWERED' ? new Date(at.getTime() + 5_000) : null;
    const settled = new Date((answered ?? at).getTime() + talkMs);
    await api.db.sql`
      insert into attempts (id, account_id, request_id, row, attempt_no, medium, flow_id, flow_version, policy_version,
                            address, provider, reserved_at, answered_at, settled_at, outcome)
      select gen_random_uuid(), q.account_id, q.id, ${row}, ${index + 1}, 'voice', q.flow_id, 1, 1, r.number, 'test',
             ${at}, ${answered}, ${settled}, ${outcome}
      from requests q join records r on r.request_id = q.id and r.row = ${row} where q.id = ${requestId}`;
  }
  const last = attempts.at(-1)?.outcome ?? null;
  await api.db.sql`
    update records set attempts = ${attempts.length}, outcome = ${last}, ended_at = ${ended ? new Date() : null}
    where request_id = ${requestId} and row = ${row}`;
}
