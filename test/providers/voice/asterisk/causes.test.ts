/** The network's reasons, and what they mean for the person called. */
import { expect, it } from 'vitest';
import { VOICE_OUTCOMES } from '../../../../domain/outcome.ts';
import { causeText, unansweredOutcome } from '../../../../providers/voice/asterisk/causes.ts';
import { answeredBy } from '../../../../providers/voice/asterisk/detection.ts';

it.each([
  [17, 486, 'BUSY'],
  [17, 600, 'BUSY'],
  [19, 480, 'NO_ANSWER'],
  [18, 408, 'NO_ANSWER'],
  [20, undefined, 'NO_ANSWER'],
  [21, 603, 'DECLINED'],
  [1, 404, 'INVALID'],
  [28, 484, 'INVALID'],
  [22, 410, 'INVALID'],
  [34, 503, 'FAILED'],
  [38, 500, 'FAILED'],
  [0, undefined, 'FAILED'],
] as const)('cause %s with SIP %s is %s', (cause, sip, outcome) => {
  expect(unansweredOutcome(cause, sip)).toBe(outcome);
});

it('a carrier that refuses us is a failure, though the cause is that of a person who declines', () => {
  expect(unansweredOutcome(21, undefined)).toBe('DECLINED');
  for (const sip of [401, 403, 407]) expect(unansweredOutcome(21, sip)).toBe('FAILED');
});

it('every cause there can be has an outcome of the closed list and a text that begins with its number', () => {
  for (let cause = 0; cause <= 127; cause++) {
    expect(VOICE_OUTCOMES).toContain(unansweredOutcome(cause, undefined));
    expect(causeText(cause)).toMatch(new RegExp(`^${cause} \\S`));
  }
  expect(causeText(17, 486)).toBe('17 user busy (SIP 486)');
});

it('only clear signs make a machine of somebody', () => {
  expect(answeredBy('MACHINE', 'LONGGREETING-2100-2000')).toBe('MACHINE');
  expect(answeredBy('MACHINE', 'MAXWORDS-5-4')).toBe('MACHINE');
  expect(answeredBy('MACHINE', 'INITIALSILENCE-2500-2500')).toBe('PERSON');
  expect(answeredBy('NOTSURE', 'TOOLONG-5000')).toBe('PERSON');
  expect(answeredBy('HUMAN', 'HUMAN-800-800')).toBe('PERSON');
  expect(answeredBy('', '')).toBe('PERSON');
});
