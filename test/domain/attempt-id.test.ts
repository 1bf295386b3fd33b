import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  attemptId,
  inboundAttemptId,
  isInboundAttemptId,
  parseAttemptId,
  stepAttemptId,
} from '../../domain/attempt-id.ts';

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

const digests = fc.stringMatching(/^[0-9a-f]{23,64}$/);
const steps = fc.integer({ min: 1, max: 65535 });

describe('ids of calls to us', () => {
  it('are the same for the same digest, another for another, and version 8 UUIDs', () => {
    fc.assert(
      fc.property(digests, digests, (one, other) => {
        const id = inboundAttemptId(one);
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(inboundAttemptId(other) === id).toBe(one.slice(0, 23) === other.slice(0, 23));
      }),
    );
  });

  it('are never taken for those of a request, nor the other way round', () => {
    fc.assert(
      fc.property(digests, keys, (digest, key) => {
        expect(parseAttemptId(inboundAttemptId(digest))).toBeUndefined();
        expect([isInboundAttemptId(inboundAttemptId(digest)), isInboundAttemptId(attemptId(key))]).toEqual([
          true,
          false,
        ]);
      }),
    );
  });

  it('refuse what is no digest', () => {
    expect(() => inboundAttemptId('abc')).toThrow(/digest/);
  });
});

describe('ids of what is done from inside a call', () => {
  it('are those of the attempt with the step, for calls either way', () => {
    fc.assert(
      fc.property(keys, digests, steps, (key, digest, step) => {
        expect(stepAttemptId(attemptId({ ...key, step: 0 }), step)).toBe(attemptId({ ...key, step }));
        const call = inboundAttemptId(digest);
        expect(stepAttemptId(call, step) > call).toBe(true);
        expect(isInboundAttemptId(stepAttemptId(call, step))).toBe(true);
      }),
    );
  });

  it('are refused for a step that does not fit and for ids of nobody', () => {
    const call = inboundAttemptId('0'.repeat(23));
    expect(() => stepAttemptId(call, 65536)).toThrow(/step/);
    expect(() => stepAttemptId('3f2504e0-4f89-41d3-9a0c-0305e82c3301', 1)).toThrow(/not an attempt id/);
  });
});
