import { describe, expect, it } from 'vitest';
import { people, testEngine } from '../support/engine.ts';

const engine = await testEngine();

describe('a request', () => {
  it('calls every person once, retries by outcome, and completes with every record ended', async () => {
    const twice = { times: 2, intervalMs: 200 };
    const id = await engine.launch(
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((digit) => people(digit, 3)),
      { retries: { BUSY: twice, NO_ANSWER: twice, FAILED: twice, MACHINE: { times: 0, intervalMs: 0 } } },
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
    expect(Object.fromEntries(attempts.map((row) => [row.digit, row.attempts]))).toEqual({
      '0': 1,
      '1': 3,
      '2': 3,
      '3': 1,
      '4': 1,
      '5': 1,
      '6': 1,
      '7': 1,
      '8': 2,
      '9': 1,
    });
  });
});
