import { describe, expect, it } from 'vitest';
import { people } from '../support/campaign.ts';
import { testEngine } from '../support/engine.ts';
import { putOnRegister } from '../support/register.ts';

const engine = await testEngine();
const twice = { times: 2, intervalMs: 200 };
const never = { times: 0, intervalMs: 0 };

describe('a request', () => {
  it('calls every person once, retries by outcome, and completes with every record ended', async () => {
    const id = await engine.launch(
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((digit) => people(digit, 3)),
      { retries: { BUSY: twice, NO_ANSWER: twice, FAILED: twice, MACHINE: never } },
    );
    expect(await engine.finished(id)).toEqual({ status: 'COMPLETED', loaded: 30, added: 30 });
    expect(await engine.outcomes(id)).toEqual({
      ANSWERED: 15,
      BUSY: 3,
      NO_ANSWER: 3,
      DECLINED: 3,
      INVALID: 3,
      MACHINE: 3,
    });
    const attempts = await engine.database.sql<{ digit: string; attempts: number }[]>`
      select right(number, 1) as digit, max(attempts) as attempts from records
      where request_id = ${id} group by 1 order by 1`;
    expect(attempts.map((row) => row.attempts)).toEqual([1, 3, 3, 1, 1, 1, 1, 1, 2, 1]);
  });

  it('keeps its counters equal to what they count', async () => {
    const id = await engine.launch(
      [1, 0, 8, 5].flatMap((digit) => people(digit, 40)),
      {
        retries: { BUSY: twice, NO_ANSWER: never, FAILED: twice, MACHINE: never },
      },
    );
    await engine.finished(id);
    const counters = await engine.database.sql`
      select kind, value, sum(count)::int as count from request_tallies
      where request_id = ${id} and kind <> 'result' group by 1, 2 order by 1, 2`;
    const counted = await engine.database.sql`
      select 'attempt' as kind, outcome::text as value, count(*)::int as count from attempts
      where request_id = ${id} group by 2
      union all
      select 'outcome', outcome::text, count(*)::int from records where request_id = ${id} group by 2
      order by 1, 2`;
    expect([...counters]).toEqual([...counted]);
  });

  it('calls lists of several pages, each record once', async () => {
    const id = await engine.launch(people(0, 1_203), { concurrency: 200 });
    expect(await engine.finished(id)).toEqual({ status: 'COMPLETED', loaded: 1_203, added: 1_203 });
    const [attempts] = await engine.database.sql`
      select count(*)::int as all, count(distinct row)::int as rows from attempts where request_id = ${id}`;
    expect(attempts).toEqual({ all: 1_203, rows: 1_203 });
  });

  it('with nobody to call completes at once', async () => {
    const id = await engine.launch([]);
    expect(await engine.finished(id)).toEqual({ status: 'COMPLETED', loaded: 0, added: 0 });
  });

  it('keeps what a person went through, key by key', async () => {
    const id = await engine.launch(['+919800000075']);
    await engine.finished(id);
    const [attempt] = await engine.database.sql<
      { outcome: string; keys: string; entries: { widget: string; event: string }[] }[]
    >`
      select a.outcome, a.keys, j.entries from attempts a join journeys j on j.attempt_id = a.id
      where a.request_id = ${id}`;
    expect(attempt).toMatchObject({ outcome: 'ANSWERED', keys: '7' });
    const widgets = (attempt?.entries ?? [])
      .filter((entry) => entry.event === 'ENTERED')
      .map((entry) => entry.widget);
    expect(widgets).toEqual(['start', 'ask', 'thanks', 'bye']);
  });

  it('has a history and search attributes without a number or a name in them', async () => {
    const id = await engine.launch(['+919812345675']);
    await engine.finished(id);
    const texts = await engine.histories(id);
    expect(texts.length).toBeGreaterThanOrEqual(2);
    for (const text of texts) {
      expect(text).toContain(String(id));
      expect(text).not.toContain('9812345675');
    }
  });

  it('is found in Temporal by its id, account, flow, type and status', async () => {
    const id = await engine.launch(people(0, 1));
    await engine.finished(id);
    const query = `RequestId = "${id}" and AccountId = "${engine.accountId}" and FlowId = "${engine.flowId}" and FlowType = "outbound" and RequestStatus = "COMPLETED"`;
    const found = await engine.until(async () => {
      const ids: string[] = [];
      for await (const workflow of engine.temporal.client.workflow.list({ query }))
        ids.push(workflow.workflowId);
      return ids.length > 0 && ids;
    });
    expect(found).toEqual([`request/${id}`]);
  });
});

describe('a blacklisted number', () => {
  it('that was added after the list was accepted is not called, and the attempt says why', async () => {
    const [number] = people(0, 1, 77);
    await engine.database.sql`
      insert into blacklist_phones (account_id, number) values (${engine.accountId}, ${number ?? ''})`;
    const id = await engine.launch([number ?? '', ...people(0, 1)]);
    await engine.finished(id);
    expect(await engine.outcomes(id)).toEqual({ BLOCKED: 1, ANSWERED: 1 });
    const [attempt] = await engine.database.sql`
      select cause, evidence from attempts where request_id = ${id} and outcome = 'BLOCKED'`;
    expect(attempt).toMatchObject({ cause: 'BLACKLISTED', evidence: { blacklisted: true } });
  });

  it('is scrubbed against the register for promotional flows alone, and never when whitelisted', async () => {
    const [listed, exempt] = people(0, 2, 88);
    await putOnRegister(engine.database, engine.accountId, [listed ?? '', exempt ?? '']);
    await engine.database.sql`
      insert into whitelist_phones (account_id, number, verified_at) values (${engine.accountId}, ${exempt ?? ''}, now())`;
    const transactional = await engine.launch([listed ?? '', exempt ?? '']);
    await engine.finished(transactional);
    expect(await engine.outcomes(transactional)).toEqual({ ANSWERED: 2 });
    // Promotional hours are 09:00-21:00 in India; this zone has them open whatever the hour of the test.
    const promotional = await engine.launch([listed ?? '', exempt ?? ''], {
      promotional: true,
      ...openNow(),
    });
    await engine.finished(promotional);
    expect(await engine.outcomes(promotional)).toEqual({ BLOCKED: 1, ANSWERED: 1 });
  });
});

/** A home zone in which it is about noon, so promotional hours are open. */
function openNow(): { timeZone: string } {
  const offset = 12 - new Date().getUTCHours();
  // POSIX signs: Etc/GMT-3 is three hours ahead of UTC.
  return { timeZone: offset === 0 ? 'Etc/GMT' : `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}` };
}
