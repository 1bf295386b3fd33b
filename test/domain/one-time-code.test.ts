/** What is guaranteed about how often codes are sent, and how they are put into words. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  codeAttemptId,
  isCodeAttemptId,
  isInboundAttemptId,
  parseAttemptId,
} from '../../domain/attempt-id.ts';
import { CODE_RULES, codeText, HOUR_MS, spokenCode, waitForCode } from '../../domain/one-time-code.ts';
import { lineKind } from '../../domain/phone.ts';

it('no hour ever sees more codes for a number than the limit, and no two come closer than the pause', () => {
  const { perHour, pauseMs } = CODE_RULES;
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 * 60_000 }), { maxLength: 60 }), (gaps) => {
      const sent: number[] = [];
      let now = 1_000_000_000_000;
      for (const gap of gaps) {
        now += gap;
        const within = sent.filter((at) => at > now - HOUR_MS);
        const number = { count: within.length, oldest: within[0] ?? 0, newest: within.at(-1) ?? 0 };
        const wait = waitForCode({ account: { count: 0, oldest: 0, newest: 0 }, number }, now);
        expect(wait).toBeGreaterThanOrEqual(0);
        if (wait === 0) sent.push(now);
      }
      for (const [index, at] of sent.entries()) {
        expect(sent.filter((other) => other > at - HOUR_MS && other <= at).length).toBeLessThanOrEqual(
          perHour.number,
        );
        if (index > 0) expect(at - (sent[index - 1] ?? 0)).toBeGreaterThanOrEqual(pauseMs);
      }
    }),
  );
});

it('an account that has sent its share waits until the oldest is an hour old', () => {
  const now = 1_000_000_000_000;
  const account = { count: CODE_RULES.perHour.account, oldest: now - 1_800_000, newest: now - 60_000 };
  const number = { count: 0, oldest: 0, newest: 0 };
  expect(waitForCode({ account, number }, now)).toBe(1_800_000);
});

it('words carry the code: once to read, twice to hear, digit by digit', () => {
  expect(codeText('012345')).toContain('012345');
  expect(spokenCode('012345').match(/0, 1, 2, 3, 4, 5/g)).toHaveLength(2);
});

it('an id of a code is no id of a record or of a call to us', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 48 - 1 }), (codeId) => {
      const id = codeAttemptId(codeId);
      expect([isCodeAttemptId(id), isInboundAttemptId(id), parseAttemptId(id)]).toEqual([
        true,
        false,
        undefined,
      ]);
    }),
  );
  expect(() => codeAttemptId(0)).toThrow(RangeError);
});

it.each([
  ['+919876543210', 'MOBILE'],
  ['+912226543210', 'LANDLINE'],
  ['+14155552671', 'EITHER'],
  ['+911800123456', 'OTHER'],
])('%s is %s', (number, kind) => {
  expect(lineKind(number)).toBe(kind);
});
