import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contactPolicy, type RequestPolicy, requestPolicy } from '../../domain/policy.ts';
import {
  firstOpen,
  type OpenInterval,
  openMsOf,
  planner,
  spreadOver,
  waitForTurn,
} from '../../domain/spread.ts';
import { isOpen, openIntervals } from '../../domain/window.ts';

/** Intervals in order, made of gaps and lengths. */
const intervals = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 10_000_000 }), fc.integer({ min: 1, max: 10_000_000 })), {
    minLength: 1,
    maxLength: 12,
  })
  .map((pieces) => {
    let at = 1_700_000_000_000;
    return pieces.map(([gap, length]): OpenInterval => {
      const from = at + gap;
      at = from + length;
      return { from, to: at };
    });
  });
const people = fc.integer({ min: 1, max: 600 });

const placesOf = (open: readonly OpenInterval[], count: number): number[] => {
  const momentOf = planner(open, count);
  if (!momentOf) throw new Error('no permitted time');
  return Array.from({ length: count }, (_, place) => momentOf(place));
};

/** Permitted time before a moment. */
const passed = (open: readonly OpenInterval[], at: number): number =>
  open.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(to, at) - from), 0);

describe('planner', () => {
  it('plans everybody inside permitted time, in order, the first at its beginning', () => {
    fc.assert(
      fc.property(intervals, people, (open, count) => {
        const moments = placesOf(open, count);
        expect(moments[0]).toBe(open[0]?.from);
        for (const [place, at] of moments.entries()) {
          expect(open.some(({ from, to }) => from <= at && at < to)).toBe(true);
          expect(at).toBeGreaterThanOrEqual(moments[place - 1] ?? 0);
        }
      }),
    );
  });

  it('is never ahead of schedule nor behind it: at any moment as many are planned as share of the time has passed', () => {
    fc.assert(
      fc.property(intervals, people, fc.double({ min: 0, max: 1, noNaN: true }), (open, count, share) => {
        const [first, last] = [open[0]?.from ?? 0, open.at(-1)?.to ?? 0];
        const at = Math.floor(first + share * (last - first));
        const begun = placesOf(open, count).filter((moment) => moment <= at).length;
        const due = (passed(open, at) * count) / openMsOf(open);
        // The one who is due begins the moment it is so; a millisecond is the grain of time.
        const grain = count / openMsOf(open);
        expect(begun).toBeLessThanOrEqual(due + 1 + grain);
        expect(begun).toBeGreaterThanOrEqual(Math.min(count, Math.floor(due)));
      }),
    );
  });

  it('plans nobody where there is no permitted time', () => {
    expect(planner([], 5)).toBeUndefined();
    expect(planner([{ from: 5, to: 5 }], 5)).toBeUndefined();
  });

  it('laid out anew in mid-course, however often, moves nobody: whoever is next waits as long as before', () => {
    fc.assert(
      fc.property(intervals, people, fc.double({ min: 0, max: 1, noNaN: true }), (open, count, share) => {
        const before = placesOf(open, count);
        const first = open[0]?.from ?? 0;
        const at = Math.floor(first + share * ((open.at(-1)?.to ?? 0) - first));
        const left = before.filter((moment) => moment > at);
        const rest = open
          .map(({ from, to }) => ({ from: Math.max(from, at), to }))
          .filter(({ from, to }) => from < to);
        if (left.length === 0 || rest.length === 0) return;
        const afterMs = waitForTurn({ openMs: openMsOf(open), people: count }, openMsOf(rest), left.length);
        const momentOf = planner(rest, left.length, afterMs);
        for (const [place, was] of left.entries()) {
          // Within the grain of time, once for each rounding.
          expect(Math.abs(passed(open, momentOf?.(place) ?? 0) - passed(open, was))).toBeLessThanOrEqual(3);
        }
      }),
    );
  });

  it('has nobody wait who is behind, and nobody longer than one turn', () => {
    const plan = { openMs: 1_000, people: 10 };
    expect(waitForTurn(plan, 400, 5)).toBe(0);
    expect(waitForTurn(plan, 430, 4)).toBe(30);
    expect(waitForTurn(plan, 100_000, 4)).toBe(100);
    // A plan that had begun with a wait keeps its pace, too.
    expect(waitForTurn({ openMs: 1_000, people: 9, afterMs: 100 }, 430, 4)).toBe(30);
  });
});

describe('firstOpen', () => {
  it('takes so much permitted time from the front, and all where there is less', () => {
    fc.assert(
      fc.property(intervals, fc.integer({ min: 0, max: 200_000_000 }), (open, ms) => {
        const taken = firstOpen(open, ms);
        expect(openMsOf(taken)).toBe(Math.min(ms, openMsOf(open)));
        for (const [index, { from, to }] of taken.entries()) {
          expect(from).toBe(open[index]?.from);
          expect(to).toBeLessThanOrEqual(open[index]?.to ?? 0);
        }
      }),
    );
  });
});

describe('over real calling hours', () => {
  const policy = (over: Partial<RequestPolicy>): RequestPolicy =>
    requestPolicy.parse({
      ...contactPolicy.parse({}),
      timeZone: 'Europe/Berlin',
      homeRegion: 'DE',
      promotional: false,
      ...over,
    });
  const hour = fc.integer({ min: 0, max: 22 });
  const windows = fc.array(
    fc.tuple(hour, fc.integer({ min: 1, max: 12 })).map(([from, length]) => ({
      days: [1, 2, 3, 4, 5, 6, 7],
      from: `${String(from).padStart(2, '0')}:00`,
      to: `${String(Math.min(24, from + length)).padStart(2, '0')}:00`,
    })),
    { minLength: 1, maxLength: 3 },
  );

  it('plans nobody outside a window in any zone, across changes of the clocks', () => {
    const region = fc.constantFrom('DE', 'US', 'AU', 'IN', 'BR', null);
    // Around the days on which Germany's, America's and Australia's clocks change.
    const start = fc
      .constantFrom('2026-03-07', '2026-03-28', '2026-04-04', '2026-10-03', '2026-10-24', '2026-10-31')
      .map((date) => Date.parse(`${date}T12:00:00Z`));
    fc.assert(
      fc.property(
        windows,
        region,
        start,
        fc.integer({ min: 1, max: 40 }),
        (callingHours, from, at, hours) => {
          const rules = policy({ callingHours });
          const open = openIntervals(rules, from, at, at + 7 * 86_400_000);
          const momentOf = planner(firstOpen(open, hours * 3_600_000), 50);
          if (!momentOf) return;
          for (let place = 0; place < 50; place += 1) expect(isOpen(rules, from, momentOf(place))).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('spreadOver', () => {
  it.each([
    { hours: 6 },
    { hours: 0.5 },
    { until: '2030-01-01T10:00:00Z' },
    { until: '2030-01-01T10:00:00+05:30' },
  ])('takes %j', (given) => {
    expect(spreadOver.parse(given)).toEqual(given);
  });
  it.each([
    {},
    { hours: 0 },
    { hours: 10_000 },
    { until: 'tomorrow' },
    { hours: 1, until: '2030-01-01T10:00:00Z' },
    6,
  ])('refuses %j', (given) => {
    expect(spreadOver.safeParse(given).success).toBe(false);
  });
});
