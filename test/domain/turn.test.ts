import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallingWindow } from '../../domain/policy.ts';
import { BLOCKS_ALL } from '../../domain/register.ts';
import type { LineChoice } from '../../domain/trunk.ts';
import {
  type AttemptFacts,
  callerIdFor,
  decideStep,
  decideTurn,
  judge,
  type Loads,
  RULE_NAMES,
} from '../../domain/turn.ts';
import { testPolicy } from '../support/campaign.ts';

/** A Wednesday noon in India. */
const NOW = Date.UTC(2026, 0, 7, 6, 30);

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

const line = (over: Partial<LineChoice> = {}): LineChoice => ({
  name: 'a',
  line: { trunkId: 1, endpoint: 'a', codecs: ['alaw'] },
  callerIds: [],
  priority: 1,
  limit: { maxInProgress: 100, perSecond: 1000 },
  load: { inProgress: 0, nextAt: 0 },
  state: { up: true },
  ...over,
});

const loads = (over: Partial<Loads> = {}): Loads => ({
  flow: { inProgress: 0, nextAt: 0 },
  account: { inProgress: 0, nextAt: 0 },
  accountLimit: { maxInProgress: 100, perSecond: 1000 },
  lines: [line()],
  ...over,
});

const AWAY = line({ state: { up: false, why: 'no answer' } });

describe('the turn of an attempt', () => {
  it.each<[string, Partial<AttemptFacts>, object]>([
    ['that was begun before', { known: true, stopped: true }, { kind: 'EXISTS' }],
    ['whose record has moved on', { current: false, stopped: true }, { kind: 'GONE' }],
    ['of a stopped request', { stopped: true, blacklisted: true }, { kind: 'STOPPED' }],
    [
      'outside its hours',
      {
        policy: testPolicy({ callingHours: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '13:00', to: '14:00' }] }),
        blacklisted: true,
      },
      { kind: 'CLOSED' },
    ],
    ['to a blacklisted number', { blacklisted: true }, { kind: 'BLOCKED', rule: 'BLACKLISTED' }],
    [
      'of a trial, to a number that is not whitelisted',
      { policy: testPolicy({ whitelistedOnly: true }) },
      { kind: 'BLOCKED', rule: 'NOT_WHITELISTED' },
    ],
    [
      'that promotes, to a number of the register',
      { policy: testPolicy({ promotional: true }), entries: [BLOCKS_ALL] },
      { kind: 'BLOCKED', rule: 'DO_NOT_CALL' },
    ],
    [
      'that promotes what a number of the register did not refuse',
      {
        policy: testPolicy({ promotional: true, category: 'HEALTH' }),
        entries: [{ ...BLOCKS_ALL, categories: 2 }],
      },
      { kind: 'AWAY' },
    ],
    [
      'that promotes, before the hours the person prefers',
      {
        policy: testPolicy({ promotional: true, category: 'HEALTH' }),
        entries: [{ ...BLOCKS_ALL, categories: 2, fromMinute: 15 * 60 }],
      },
      { kind: 'LATER', at: NOW + 3 * 3_600_000 },
    ],
    [
      'that promotes, to a number the register was not asked about',
      { policy: testPolicy({ promotional: true }), unasked: true },
      { kind: 'UNASKED' },
    ],
    [
      'that promotes, to a whitelisted number',
      { policy: testPolicy({ promotional: true }), unasked: true, entries: [BLOCKS_ALL], whitelisted: true },
      { kind: 'AWAY' },
    ],
    [
      'to a person who was contacted often enough today',
      { frequency: { account: { perDay: 1, gapMs: null }, contacts: [NOW - 3_600_000] } },
      { kind: 'LATER', at: NOW + 12 * 3_600_000, rule: 'FREQUENCY' },
    ],
    [
      'of a flow that keeps a longer gap than its account',
      {
        policy: testPolicy({ frequency: { perDay: null, gapMs: 7_200_000 } }),
        frequency: { account: { perDay: null, gapMs: 60_000 }, contacts: [NOW - 3_600_000] },
      },
      { kind: 'LATER', at: NOW + 3_600_000, rule: 'FREQUENCY' },
    ],
    [
      'to a whitelisted number, however often it was tried',
      { whitelisted: true, frequency: { account: { perDay: 1, gapMs: null }, contacts: [NOW - 1] } },
      { kind: 'AWAY' },
    ],
    [
      'of an emergency, which no limit on contacts holds up',
      {
        policy: testPolicy({ frequencyExempt: true }),
        frequency: { account: { perDay: 1, gapMs: null }, contacts: [NOW - 1] },
      },
      { kind: 'AWAY' },
    ],
    ['that may begin', {}, { kind: 'AWAY', why: 'a: no answer' }],
  ])('%s is known while no line can take calls, too', (_, over, expected) => {
    expect(decideTurn(facts(over), loads({ lines: [AWAY] }), NOW)).toMatchObject(expected);
  });

  it('does not come while the flow, the account or the line is full or out of pace, and says when to ask again', () => {
    const full = { inProgress: 100, nextAt: 0 };
    const paced = { inProgress: 0, nextAt: NOW + 30 };
    for (const [over, retryAfterMs] of [
      [{ flow: full }, 0],
      [{ account: full }, 0],
      [{ lines: [line({ load: full })] }, 0],
      [{ flow: paced }, 30],
      [{ account: paced }, 30],
      [{ lines: [line({ load: paced })] }, 30],
    ] satisfies [Partial<Loads>, number][]) {
      const turn = decideTurn(facts(), loads(over), NOW);
      expect(turn).toEqual({ kind: 'WAIT', retryAfterMs });
    }
  });

  it('counts against flow, account and the chosen line alone, so no limit is ever exceeded', () => {
    const limit = fc.integer({ min: 1, max: 6 });
    fc.assert(
      fc.property(limit, limit, limit, limit, (flowMax, accountMax, oneMax, twoMax) => {
        const policy = testPolicy({ concurrency: flowMax });
        const trunks = [oneMax, twoMax].map((maxInProgress, index) =>
          line({
            name: `t${index}`,
            line: { trunkId: index + 1, endpoint: `t${index}`, codecs: ['alaw'] },
            limit: { maxInProgress, perSecond: 1e9 },
          }),
        );
        let left = loads({ accountLimit: { maxInProgress: accountMax, perSecond: 1e9 }, lines: trunks });
        let begun = 0;
        for (let n = 0; n < 20; n++) {
          const turn = decideTurn(facts({ policy: { ...policy, callsPerSecond: 10_000 } }), left, NOW + n);
          if (turn.kind !== 'GO') continue;
          left = turn.loads;
          begun += 1;
        }
        expect(begun).toBe(Math.min(flowMax, accountMax, oneMax + twoMax));
        expect(left.flow.inProgress).toBe(begun);
        expect(left.account.inProgress).toBe(begun);
        const byLine = left.lines.map(({ load }) => load.inProgress);
        expect(byLine.reduce((a, b) => a + b)).toBe(begun);
        expect((byLine[0] ?? 0) <= oneMax && (byLine[1] ?? 0) <= twoMax).toBe(true);
      }),
    );
  });
});

/** Anything a person, a request and the account's lines may be at once. */
const anyFacts = fc.record({
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
    contacts: [NOW - 30_000, NOW - 90_000],
  }),
  policy: fc
    .record({
      promotional: fc.boolean(),
      category: fc.constantFrom(null, 'HEALTH' as const),
      whitelistedOnly: fc.boolean(),
      callingHours: fc.constantFrom<(CallingWindow[] | null)[]>(null, [
        { days: [3], from: '13:00', to: '14:00' },
      ]),
      frequencyExempt: fc.boolean(),
    })
    .map(testPolicy),
});
const anyLoads = fc
  .record({ inProgress: fc.constantFrom(0, 100), up: fc.boolean() })
  .map(({ inProgress, up }) =>
    loads({
      flow: { inProgress, nextAt: 0 },
      lines: [line({ state: up ? { up } : { up, why: 'no answer' } })],
    }),
  );

describe('the rules, asked one by one', () => {
  it('agree with the decision: the first that does not pass has decided, and if all pass it may begin', () => {
    fc.assert(
      fc.property(anyFacts, anyLoads, (facts, loads) => {
        const verdicts = RULE_NAMES.map((rule) => judge(rule, facts, loads, NOW));
        const decided = decideTurn(facts, loads, NOW);
        const first = verdicts.find(({ answer }) => answer === 'BLOCK' || answer === 'LATER');
        expect(first?.turn ?? verdicts.at(-1)?.turn).toEqual(decided);
        expect(first === undefined).toBe(decided.kind === 'GO');
      }),
      { numRuns: 1_000 },
    );
  });

  it('forbid from inside a call what they would put off', () => {
    const often = { account: { perDay: 1, gapMs: null }, contacts: [NOW - 1] };
    expect(decideStep(facts({ medium: 'sms', frequency: often }), NOW)).toEqual({
      kind: 'BLOCKED',
      rule: 'FREQUENCY',
    });
    const evening = [{ ...BLOCKS_ALL, categories: 2, fromMinute: 900 }];
    const policy = testPolicy({ promotional: true, category: 'HEALTH' });
    const texted = facts({ medium: 'sms', policy, entries: evening });
    expect(decideStep(texted, NOW)).toEqual({ kind: 'BLOCKED', rule: 'DO_NOT_CALL' });
    expect(decideStep({ ...texted, medium: 'email' }, NOW)).toEqual({ kind: 'GO' });
    expect(decideStep({ ...texted, whitelisted: true }, NOW)).toEqual({ kind: 'GO' });
  });
});

describe('the number people are shown', () => {
  it('is taken in turn, the flow’s own before the trunk’s, and the same for the same attempt', () => {
    const of = (own: string[], trunks: string[], row: number) =>
      callerIdFor({ callerIds: own }, { callerIds: trunks }, { row, attemptNo: 1 });
    expect([1, 2, 3].map((row) => of([], ['100', '200'], row))).toEqual(['100', '200', '100']);
    expect(of(['300'], ['100', '200'], 1)).toBe('300');
    expect(of([], [], 1)).toBeUndefined();
  });
});
