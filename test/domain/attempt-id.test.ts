import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attemptId, parseAttemptId } from '../../domain/attempt-id.ts';

const keys = fc.record({
  requestId: fc.integer({ min: 0, max: 2 ** 48 - 1 }),
  row: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  attemptNo: fc.integer({ min: 0, max: 4095 }),
  step: fc.integer({ min: 0, max: 65535 }),
});

describe('attempt ids', () => {
  it('give back the record, attempt and step they were made of', () => {
    fc.assert(
      fc.property(keys, (key) => {
        expect(parseAttemptId(attemptId(key))).toEqual(key);
      }),
    );
  });

  it('are version 8 UUIDs of the RFC 9562 variant', () => {
    fc.assert(
      fc.property(keys, (key) => {
        expect(attemptId(key)).toMatch(
          /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        );
      }),
    );
  });

  it('refuse a part that does not fit, rather than meeting another attempt', () => {
    expect(() => attemptId({ requestId: 1, row: 2 ** 32, attemptNo: 1, step: 0 })).toThrow(/row/);
    expect(() => attemptId({ requestId: 1.5, row: 1, attemptNo: 1, step: 0 })).toThrow(/requestId/);
  });

  it('are not read from other UUIDs', () => {
    expect(parseAttemptId('3f2504e0-4f89-41d3-9a0c-0305e82c3301')).toBeUndefined();
  });
});
