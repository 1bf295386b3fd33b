import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OUTCOMES } from '../../domain/outcome.ts';
import { contactPolicy } from '../../domain/policy.ts';
import { maxAttempts, nextStep } from '../../domain/retry.ts';

const at = new Date('2026-01-05T10:00:00Z');
const twice = { times: 2, intervalMs: 5000 };
const survey = contactPolicy.parse({ retries: { BUSY: twice, NO_ANSWER: twice, FAILED: twice } });

describe('retries', () => {
  it.each([
    ['BUSY', 1, 'DUE'],
    ['BUSY', 2, 'DUE'],
    ['BUSY', 3, 'ENDED'],
    ['NO_ANSWER', 2, 'DUE'],
    ['FAILED', 3, 'ENDED'],
    ['MACHINE', 1, 'ENDED'],
    ['ANSWERED', 1, 'ENDED'],
    ['DECLINED', 1, 'ENDED'],
    ['INVALID', 1, 'ENDED'],
    ['UNKNOWN', 1, 'ENDED'],
  ] as const)('after %s at attempt %i under "twice more" the record is %s', (outcome, attempts, kind) => {
    expect(nextStep(survey, outcome, attempts, at).kind).toBe(kind);
  });

  it('are due the interval after the attempt ended', () => {
    expect(nextStep(survey, 'BUSY', 1, at)).toEqual({ kind: 'DUE', dueAt: new Date('2026-01-05T10:00:05Z') });
  });

  it('never give a record more attempts than the policy allows, whatever the outcomes', () => {
    const rule = fc.record({ times: fc.integer({ min: 0, max: 5 }), intervalMs: fc.constant(0) });
    const policies = fc.record({
      retries: fc.record({ BUSY: rule, NO_ANSWER: rule, FAILED: rule, MACHINE: rule }),
      onUnknown: fc.constantFrom('HOLD' as const, 'RETRY' as const),
    });
    fc.assert(
      fc.property(policies, fc.infiniteStream(fc.constantFrom(...OUTCOMES)), (policy, outcomes) => {
        let attempts = 0;
        for (const outcome of outcomes) {
          attempts += 1;
          expect(attempts).toBeLessThanOrEqual(maxAttempts(policy));
          if (nextStep(policy, outcome, attempts, at).kind === 'ENDED') break;
        }
      }),
    );
  });

  it('try an unknown again only where the policy says so', () => {
    const emergencies = contactPolicy.parse({ onUnknown: 'RETRY' });
    expect(nextStep(emergencies, 'UNKNOWN', 1, at).kind).toBe('DUE');
    expect(nextStep(emergencies, 'UNKNOWN', 2, at).kind).toBe('ENDED');
  });
});
