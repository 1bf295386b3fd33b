/** Names of recordings, which programs outside rely on to the letter. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  gsmDurationMs,
  RECORDING_KINDS,
  type RecordingToName,
  recordingName,
  recordingStem,
} from '../../domain/recording.ts';

const CALL: RecordingToName = {
  kind: 'CALL',
  accountId: 7,
  flowId: 42,
  cli: '+911140001000',
  dnis: '+919810000001',
  widget: undefined,
  startMs: 1_790_000_000_123,
};

describe('the name of a recording', () => {
  it.each([
    [CALL, 'call_7_42_911140001000_919810000001_1790000000123.gsm'],
    [
      { ...CALL, kind: 'PLAY_AND_RECORD', widget: 'say-name' },
      '_play_and_record_7_42_911140001000_919810000001_say-name_1790000000123.gsm',
    ],
    [{ ...CALL, kind: 'RECORD', widget: 'x' }, 'record_7_42_911140001000_919810000001_1790000000123.gsm'],
  ] as const)('is as programs expect it', (given, name) => {
    expect(recordingName(given)).toBe(name);
  });

  it.each([undefined, '', 'anonymous', '+'])('says unknown where no number was shown: %s', (cli) => {
    expect(recordingName({ ...CALL, cli })).toBe('call_7_42_unknown_919810000001_1790000000123.gsm');
  });

  it('has a number by its digits, however it is written', () => {
    const plain = recordingName(CALL);
    expect(recordingName({ ...CALL, cli: '(+91) 11-4000 1000' })).toBe(plain);
  });

  it('is safe as the name of a file, whatever a carrier sends', () => {
    const given = fc.record({
      kind: fc.constantFrom(...RECORDING_KINDS),
      accountId: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
      flowId: fc.maxSafeNat(),
      cli: fc.option(fc.string({ unit: 'binary', maxLength: 300 }), { nil: undefined }),
      dnis: fc.string({ unit: 'binary', maxLength: 300 }),
      widget: fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/),
      startMs: fc.integer({ min: 0, max: 8.64e15 }),
    });
    fc.assert(
      fc.property(given, (one) => {
        const name = recordingName(one);
        expect(name).toMatch(/^[A-Za-z0-9_-]+\.gsm$/);
        expect(name.length).toBeLessThanOrEqual(230);
        expect(`${recordingStem(name)}.gsm`).toBe(name);
      }),
    );
  });

  it('differs where the start does', () => {
    expect(recordingName({ ...CALL, startMs: CALL.startMs + 1 })).not.toBe(recordingName(CALL));
  });
});

describe('the length of a .gsm file', () => {
  it.each([
    [0, 0],
    [33, 20],
    [3300, 2000],
    [3332, 2000],
  ])('%i bytes play %i ms', (bytes, ms) => {
    expect(gsmDurationMs(bytes)).toBe(ms);
  });
});
