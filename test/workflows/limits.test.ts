import { describe, expect, it } from 'vitest';
import { people } from '../support/campaign.ts';
import { testEngine } from '../support/engine.ts';

/** A call here takes about a quarter of a second. */
const engine = await testEngine({ speed: 30 });
const { sql } = engine.database;

describe('limits', () => {
  it('hold calls in progress to the flow’s concurrency, over all its requests', async () => {
    const ids = await Promise.all([
      engine.launch(people(0, 12), { concurrency: 3 }),
      engine.launch(people(0, 12, 100), { concurrency: 3 }),
    ]);
    await Promise.all(ids.map((id) => engine.finished(id)));
    const [most] = await sql<{ most: number }[]>`
      with moments as (
        select reserved_at as at, 1 as change from attempts where request_id = any(${ids})
        union all select settled_at, -1 from attempts where request_id = any(${ids})
      ), running as (select sum(change) over (order by at, change) as calls from moments)
      select max(calls)::int as most from running`;
    expect(most?.most).toBe(3);
  });

  it('begin no more calls a second than the flow allows', async () => {
    const id = await engine.launch(people(1, 40), { concurrency: 40, callsPerSecond: 20 });
    await engine.finished(id);
    const [most] = await sql<{ most: number }[]>`
      select max(within)::int as most from (
        select count(*) over (order by reserved_at range between current row and interval '999 milliseconds' following)
          as within from attempts where request_id = ${id}) counted`;
    // A clock that has stood still lets a tenth of a second's calls through at once.
    expect(most?.most).toBeLessThanOrEqual(20 + 2 + 1);
  });
});
