import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseLine, type LineChoice, newTrunk, trunkSettings } from '../../domain/trunk.ts';

const NOW = 1_000_000;

function trunk(
  id: number,
  over: Partial<LineChoice> & { calls?: number; of?: number; nextAt?: number } = {},
) {
  const { calls = 0, of = 10, nextAt = 0, ...rest } = over;
  return {
    name: `trunk-${id}`,
    line: { trunkId: id, endpoint: `carrier-${id}`, codecs: ['alaw' as const] },
    callerIds: [],
    priority: 10,
    limit: { maxInProgress: of, perSecond: 10 },
    load: { inProgress: calls, nextAt },
    state: { up: true as const },
    ...rest,
  };
}

const chosen = (choices: LineChoice[], wanted: string | null = null) => {
  const found = chooseLine(choices, wanted, NOW);
  return found.kind === 'LINE' ? found.choice.line?.trunkId : found;
};

describe('the line of a call', () => {
  it('is the least loaded for its size, not the one with the fewest calls', () => {
    expect(chosen([trunk(1, { calls: 3, of: 10 }), trunk(2, { calls: 5, of: 100 })])).toBe(2);
  });

  it('is, of equals, the one with the lower priority number, then the older one', () => {
    expect(chosen([trunk(1), trunk(2, { priority: 1 })])).toBe(2);
    expect(chosen([trunk(2), trunk(1)])).toBe(1);
  });

  it('is another one while the best is away, full or out of pace', () => {
    const spare = trunk(2, { calls: 9 });
    expect(chosen([trunk(1, { state: { up: false, why: 'gone' } }), spare])).toBe(2);
    expect(chosen([trunk(1, { calls: 10 }), spare])).toBe(2);
    expect(chosen([trunk(1, { nextAt: NOW + 50 }), spare])).toBe(2);
  });

  it('is the one a flow names, and no other', () => {
    const busy = trunk(2, { calls: 10 });
    expect(chosen([trunk(1), busy], 'trunk-2')).toMatchObject({ kind: 'FULL' });
    expect(chosen([trunk(1)], 'nobody')).toMatchObject({
      kind: 'AWAY',
      why: 'no trunk named "nobody" is enabled',
    });
  });

  it('is waited for by the clock where pace is what lacks, and until a call ends where room does', () => {
    expect(chosen([trunk(1, { nextAt: NOW + 70 }), trunk(2, { nextAt: NOW + 40 })])).toEqual({
      kind: 'FULL',
      retryAfterMs: 40,
    });
    expect(chosen([trunk(1, { calls: 10, nextAt: NOW + 70 })])).toEqual({ kind: 'FULL', retryAfterMs: 0 });
  });

  it('is away only when every one is, and each says why', () => {
    const down = (id: number, why: string) => trunk(id, { state: { up: false, why } });
    expect(chosen([down(1, 'no answer'), down(2, 'refused')])).toEqual({
      kind: 'AWAY',
      why: 'trunk-1: no answer; trunk-2: refused',
      lines: [1, 2],
    });
    expect(chosen([])).toMatchObject({ kind: 'AWAY', why: 'every trunk of the account is disabled' });
  });

  it('never is one that is down or full, whatever the others are like', () => {
    const any = fc.record({
      calls: fc.integer({ min: 0, max: 6 }),
      of: fc.integer({ min: 1, max: 5 }),
      nextAt: fc.integer({ min: NOW - 200, max: NOW + 200 }),
      priority: fc.integer({ min: 1, max: 3 }),
      state: fc.constantFrom({ up: true as const }, { up: false as const, why: 'away' }),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 6 }), (given) => {
        const choices = given.map((over, index) => trunk(index + 1, over));
        const found = chooseLine(choices, null, NOW);
        const able = choices.filter(
          ({ state, load, limit }) => state.up && load.inProgress < limit.maxInProgress && load.nextAt <= NOW,
        );
        if (found.kind === 'LINE') expect(able).toContain(found.choice);
        else expect(able).toEqual([]);
      }),
    );
  });
});

describe('trunk settings', () => {
  const least = { name: 'a', endpoint: 'b' };

  it('have defaults for all but name and endpoint', () => {
    expect(trunkSettings.parse(newTrunk.parse(least))).toEqual({
      ...least,
      maxConcurrentCalls: 30,
      maxCallsPerSecond: 10,
      callerIds: [],
      codecs: ['ulaw', 'alaw'],
      enabled: true,
      priority: 10,
    });
  });

  it.each([
    [{ codecs: ['mp3'] }, 'must be one of ulaw, alaw, g722, gsm'],
    [{ codecs: [] }, 'must name at least one codec'],
    [{ codecs: ['alaw', 'alaw'] }, 'names a codec twice'],
    [{ callerIds: ['call me'] }, 'must be a number: 3 to 15 digits, with or without + before them'],
    [{ callerIds: ['100', '100'] }, 'names a number twice'],
    [{ endpoint: 'a/b' }, /as the telephone server names the endpoint/],
    [{ name: '-a' }, /beginning with a letter or digit/],
    [{ maxConcurrentCalls: 0 }, />=1/],
    [{ maxCallsPerSecond: 0 }, />=0.01/],
    [{ priority: 101 }, /<=100/],
  ])('refuse %j', (over, message) => {
    const issue = newTrunk.safeParse({ ...least, ...over }).error?.issues[0];
    expect(issue?.message).toMatch(message);
  });
});
