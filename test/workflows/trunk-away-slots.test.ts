import { expect, it } from 'vitest';
import { people } from '../support/campaign.ts';
import { testEngine } from '../support/engine.ts';
import { fickleTrunk } from '../support/fickle-trunk.ts';
import { testTrunk } from '../support/trunks.ts';

const fickle = fickleTrunk();
const engine = await testEngine({ voice: fickle.around, voiceSlots: 4 });
const { sql } = engine.database;

it('calls that wait for a trunk leave half of a worker’s slots to those whose trunk is up', async () => {
  const gone = await testTrunk(engine.database, engine.accountId, 'gone');
  await testTrunk(engine.database, engine.accountId, 'here', { maxCallsPerSecond: 1_000 });
  fickle.away('no answer', [gone]);
  const waiting = await engine.launch(people(0, 12), { concurrency: 12, trunk: 'gone' });
  await engine.until(async () => {
    const [found] = await sql`select line_away_since from requests where id = ${waiting}`;
    return found?.line_away_since !== null;
  });
  const other = await engine.launch(people(0, 8, 100), { concurrency: 4, trunk: 'here' });
  expect(await engine.finished(other)).toMatchObject({ status: 'COMPLETED' });
  expect(await engine.outcomes(waiting)).toEqual({});
  fickle.away(undefined, [gone]);
  expect(await engine.finished(waiting)).toMatchObject({ status: 'COMPLETED' });
  expect(await engine.outcomes(waiting)).toEqual({ ANSWERED: 12 });
});
