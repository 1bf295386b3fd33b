import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REQUEST_STATUSES, type RequestStatus } from '../../domain/outcome.ts';
import { remainingMs, type WaitFacts, waitsOf } from '../../domain/waiting.ts';

const NOW = 1_000_000;
const running: WaitFacts = {
  status: 'IN_PROCESS',
  ingested: true,
  cancelling: false,
  pausedAt: undefined,
  startAt: undefined,
  nextDueAt: undefined,
  lineAwaySince: undefined,
  open: false,
  added: 10,
  completed: 4,
  inProgress: 0,
};

describe('what a request waits for', () => {
  it.each<[string, Partial<WaitFacts>, object[]]>([
    ['nothing while it goes on', {}, []],
    [
      'its list',
      { status: 'RECEIVED', ingested: false, added: 0, completed: 0 },
      [{ reason: 'READING_LIST' }],
    ],
    [
      'its start time',
      { status: 'SCHEDULED', startAt: NOW + 5, nextDueAt: NOW + 9 },
      [{ reason: 'START_TIME', until: NOW + 5 }],
    ],
    [
      'the hours, its start time being over',
      { status: 'SCHEDULED', startAt: NOW - 5, nextDueAt: NOW + 9 },
      [{ reason: 'HOURS_CLOSED', until: NOW + 9 }],
    ],
    [
      'somebody who resumes it',
      { status: 'PAUSED', pausedAt: NOW - 7 },
      [{ reason: 'PAUSED', since: NOW - 7 }],
    ],
    [
      'what is in progress to end, once it is cancelled',
      { cancelling: true, inProgress: 2, lineAwaySince: 5 },
      [{ reason: 'CANCELLING' }],
    ],
    ['a line', { lineAwaySince: NOW - 9 }, [{ reason: 'NO_LINE', since: NOW - 9 }]],
    ['the next attempts', { nextDueAt: NOW + 3 }, [{ reason: 'NEXT_ATTEMPTS', until: NOW + 3 }]],
    ['nothing when calls are in progress', { nextDueAt: NOW + 3, inProgress: 1 }, []],
    ['nothing when the moment is there', { nextDueAt: NOW }, []],
    ['more records while it is open', { open: true, completed: 10 }, [{ reason: 'MORE_RECORDS' }]],
  ])('%s', (_, facts, waits) => {
    expect(waitsOf({ ...running, ...facts }, NOW)).toEqual(waits);
  });

  it.each(['COMPLETED', 'CANCELLED', 'EXPIRED', 'REJECTED'] satisfies RequestStatus[])(
    'nothing once it is %s',
    (status) => {
      expect(waitsOf({ ...running, status, pausedAt: 1, lineAwaySince: 1, ingested: false }, NOW)).toEqual(
        [],
      );
    },
  );

  it('never waits until a moment that is over', () => {
    const maybe = fc.option(fc.integer({ min: NOW - 10, max: NOW + 10 }), { nil: undefined });
    fc.assert(
      fc.property(
        fc.constantFrom(...REQUEST_STATUSES),
        maybe,
        maybe,
        fc.nat(10),
        (status, startAt, nextDueAt, completed) => {
          for (const { until } of waitsOf({ ...running, status, startAt, nextDueAt, completed }, NOW)) {
            expect(until ?? NOW + 1).toBeGreaterThan(NOW);
          }
        },
      ),
    );
  });
});

describe('the time that remains', () => {
  it('counts the attempts that the rest will take by those that the others took', () => {
    // Six people left, one and a half attempts each, three a minute.
    expect(remainingMs({ added: 10, completed: 4, attempts: 6, begunInLastMinute: 3 })).toBe(180_000);
  });
  it('is none when nobody is left, and unknown while nothing moves or nobody has ended', () => {
    expect(remainingMs({ added: 4, completed: 4, attempts: 0, begunInLastMinute: 0 })).toBe(0);
    expect(remainingMs({ added: 4, completed: 1, attempts: 1, begunInLastMinute: 0 })).toBeUndefined();
    expect(remainingMs({ added: 4, completed: 0, attempts: 1, begunInLastMinute: 9 })).toBeUndefined();
  });
});
