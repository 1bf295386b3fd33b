import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, explain, nextContact, type Question } from '../../domain/explain.ts';
import type { CallingWindow } from '../../domain/policy.ts';
import { BLOCKS_ALL } from '../../domain/register.ts';
import type { AttemptFacts } from '../../domain/turn.ts';
import { testPolicy } from '../support/campaign.ts';

/** A Wednesday noon in India. */
const NOON = Date.UTC(2026, 0, 7, 6, 30);
const HOUR_MS = 3_600_000;

const facts = (over: Partial<AttemptFacts> = {}): AttemptFacts => ({
  known: false,
  current: true,
  stopped: false,
  region: 'IN',
  blacklisted: false,
  whitelisted: false,
  entries: [],
  unasked: false,
  policy: testPolicy(),
  ...over,
});
const question = (over: Partial<AttemptFacts>, rest: Partial<Question> = {}): Question => ({
  facts: facts(over),
  at: NOON,
  about: 'RECORD',
  ...rest,
});

/** Anything a person and a request may be at once. */
const anyFacts: fc.Arbitrary<AttemptFacts> = fc.record({
  medium: fc.constantFrom('voice' as const, 'sms' as const, 'email' as const),
  known: fc.boolean(),
  current: fc.boolean(),
  stopped: fc.boolean(),
  region: fc.constantFrom('IN', 'US', null),
  blacklisted: fc.boolean(),
  whitelisted: fc.boolean(),
  entries: fc.constantFrom([], [BLOCKS_ALL], [{ ...BLOCKS_ALL, categories: 2, fromMinute: 900 }]),
  unasked: fc.boolean(),
  frequency: fc.constantFrom(undefined, {
    account: { perDay: 1, gapMs: 60_000 },
    contacts: [NOON - 30_000, NOON - 90_000],
  }),
  policy: fc
    .record({
      promotional: fc.boolean(),
      category: fc.constantFrom(null, 'HEALTH' as const),
      whitelistedOnly: fc.boolean(),
      callingHours: fc.constantFrom<(CallingWindow[] | null)[]>(null, [
        { days: [3, 4], from: '13:00', to: '14:00' },
      ]),
      frequencyExempt: fc.boolean(),
    })
    .map(testPolicy),
});

const at = fc.integer({ min: NOON - 48 * HOUR_MS, max: NOON + 48 * HOUR_MS });
const line = { name: '', line: undefined, callerIds: [], priority: 0 } as const;
const anyLoads = fc
  .record({ inProgress: fc.constantFrom(0, 9), up: fc.boolean() })
  .map(({ inProgress, up }) => ({
    flow: { inProgress, nextAt: 0 },
    account: { inProgress, nextAt: 0 },
    accountLimit: { maxInProgress: 9, perSecond: 1000 },
    lines: [
      {
        ...line,
        callerIds: [],
        limit: { maxInProgress: 9, perSecond: 1000 },
        load: { inProgress, nextAt: 0 },
        state: up ? { up } : { up, why: 'no answer' },
      },
    ],
  }));

describe('an explanation', () => {
  it('of a call agrees with what is decided by the same facts', () => {
    fc.assert(
      fc.property(anyFacts, anyLoads, at, (facts, loads, at) => {
        const asked: Question = { facts, loads, at, about: 'RECORD' };
        const rules = explain(asked);
        const decider = rules.find(({ decides }) => decides);
        expect(decider?.turn ?? rules.at(-1)?.turn).toEqual(decide(asked));
        expect(rules.filter(({ decides }) => decides).length).toBe(decide(asked).kind === 'GO' ? 0 : 1);
      }),
      { numRuns: 500 },
    );
  });

  it('of a message agrees with what is decided by the same facts', () => {
    fc.assert(
      fc.property(anyFacts, at, (facts, at) => {
        const asked: Question = { facts, at, about: 'STEP' };
        const decider = explain(asked).find(({ decides }) => decides);
        const decided = decide(asked);
        expect(decider === undefined).toBe(decided.kind === 'GO');
        if (decider?.turn?.kind === 'BLOCKED' || decider?.turn?.kind === 'UNASKED') {
          expect(decided).toEqual(decider.turn);
        } else if (decider) expect(decided.kind).toBe('BLOCKED');
      }),
      { numRuns: 500 },
    );
  });

  it('names every rule in order, and which decides though others would forbid it too', () => {
    const rules = explain(
      question({
        blacklisted: true,
        entries: [BLOCKS_ALL],
        policy: testPolicy({ promotional: true }),
      }),
    );
    expect(rules.map(({ rule, answer }) => `${rule} ${answer}`)).toEqual([
      'LEDGER PASS',
      'RECORD PASS',
      'REQUEST PASS',
      'DUE NOT_APPLICABLE',
      'HOURS PASS',
      'BLACKLIST BLOCK',
      'TRIAL NOT_APPLICABLE',
      'REGISTER BLOCK',
      'FREQUENCY NOT_APPLICABLE',
      'ROOM NOT_APPLICABLE',
    ]);
    expect(rules.filter(({ decides }) => decides).map(({ rule }) => rule)).toEqual(['BLACKLIST']);
  });

  it('about a flow has no request’s rules, about a message none of a call’s', () => {
    const notApplicable = (about: Question['about']) =>
      explain(question({ stopped: true, current: false }, { about }))
        .filter(({ answer }) => answer === 'NOT_APPLICABLE')
        .map(({ rule }) => rule);
    expect(notApplicable('FLOW')).toEqual(expect.arrayContaining(['LEDGER', 'RECORD', 'REQUEST']));
    expect(notApplicable('STEP')).toEqual(expect.arrayContaining(['HOURS', 'ROOM']));
  });
});

describe('a record that is not due', () => {
  it('is for later, whatever the rules of the last moment would say, and is next contacted when it is due', () => {
    const dueAt = NOON + HOUR_MS;
    const asked = question({}, { dueAt });
    expect(explain(asked).filter(({ decides }) => decides)).toMatchObject([{ rule: 'DUE', answer: 'LATER' }]);
    expect(nextContact(asked)).toEqual({ kind: 'AT', at: dueAt });
    expect(explain({ ...asked, at: dueAt }).some(({ decides }) => decides)).toBe(false);
    // A pause counts before it; a flow by itself has no record.
    const paused = explain(question({ stopped: true }, { dueAt }));
    expect(paused.find(({ decides }) => decides)?.rule).toBe('REQUEST');
    expect(explain(question({}, { dueAt, about: 'FLOW' })).some(({ decides }) => decides)).toBe(false);
  });
});

describe('when the person could next be contacted', () => {
  it('is the first moment at which hours, preferences and limits all agree', () => {
    const asked = question({
      frequency: { account: { perDay: 1, gapMs: null }, contacts: [NOON - HOUR_MS] },
      policy: testPolicy({
        promotional: true,
        category: 'HEALTH',
        callingHours: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '10:00', to: '18:00' }],
      }),
      entries: [{ ...BLOCKS_ALL, categories: 2, fromMinute: 15 * 60, days: 1 << 5 }],
    });
    // The limit ends on Thursday, the person prefers Fridays from 15:00.
    expect(nextContact(asked)).toEqual({ kind: 'AT', at: Date.UTC(2026, 0, 9, 9, 30) });
  });

  it('is now where every rule passes, and never where one forbids it for good, which is named', () => {
    expect(nextContact(question({}))).toEqual({ kind: 'AT', at: NOON });
    expect(nextContact(question({ blacklisted: true }))).toEqual({ kind: 'NEVER', rule: 'BLACKLIST' });
    const never = testPolicy({
      promotional: true,
      callingHours: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '23:00' }],
    });
    expect(nextContact(question({ policy: never }))).toEqual({ kind: 'NEVER', rule: 'HOURS' });
  });

  it('is a moment at which the engine itself would let the call begin', () => {
    fc.assert(
      fc.property(anyFacts, at, (given, at) => {
        const asked: Question = { facts: { ...given, unasked: false }, at, about: 'FLOW' };
        const next = nextContact(asked);
        if (next.kind === 'NEVER') return;
        expect(next.at).toBeGreaterThanOrEqual(at);
        const free = { ...asked.facts, known: false, current: true, stopped: false };
        expect(['AWAY', 'GO']).toContain(decide({ ...asked, facts: free, at: next.at }).kind);
      }),
      { numRuns: 300 },
    );
  });
});
