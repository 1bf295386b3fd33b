import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JourneyEntry } from '../../domain/flow/journey.ts';
import { sentenceOf, type TimelineAttempt, timelineOf } from '../../domain/journey-text.ts';
import { DIRECTIONS, MEDIA, OUTCOMES } from '../../domain/outcome.ts';

const at = (second: number): Date => new Date(Date.UTC(2026, 2, 1, 9, 0, second));
const entry = (second: number, event: string, over: Partial<JourneyEntry> = {}): JourneyEntry => ({
  at: at(second).toISOString(),
  widget: 'ask',
  widgetType: 'gather',
  event,
  ...over,
});
const attempt = (over: Partial<TimelineAttempt> = {}): TimelineAttempt => ({
  uuid: 'a',
  attemptNo: 1,
  step: 0,
  medium: 'voice',
  direction: 'out',
  address: '+919876543210',
  sender: '+911140000000',
  beganAt: at(0),
  answeredAt: at(5),
  endedAt: at(30),
  outcome: 'ANSWERED',
  cause: '16 normal clearing',
  entries: [],
  recordings: [],
  ...over,
});
const texts = (attempts: TimelineAttempt[]): string[] => timelineOf(attempts).map(({ text }) => text);

describe('a timeline', () => {
  it('tells a call that was busy, the next attempt, what was heard, pressed, recorded and sent, and its end', () => {
    const busy = attempt({ answeredAt: null, endedAt: at(2), outcome: 'BUSY', cause: null, sender: null });
    const second = attempt({
      uuid: 'b',
      attemptNo: 2,
      beganAt: at(10),
      answeredAt: at(15),
      entries: [
        entry(15, 'ENTERED', { widget: 'start', widgetType: 'start' }),
        entry(15, 'ENTERED'),
        entry(15, 'SAID', { data: { text: 'Press a key.' } }),
        entry(18, 'GATHERED', { data: { digits: '5', endedBy: 'COUNT', attempt: 1 } }),
        entry(18, 'BRANCHED', { data: { branch: '5', to: 'bye' } }),
        entry(19, 'SMS', { widget: 'receipt', widgetType: 'sms', data: { outcome: 'SENT' } }),
        entry(30, 'HUNG_UP'),
      ],
      recordings: [
        { name: 'call_1.gsm', widget: null, startedAt: at(16), durationMs: 12_340, status: 'STORED' },
      ],
    });
    const sms = attempt({
      uuid: 'c',
      attemptNo: 2,
      step: 1,
      medium: 'sms',
      beganAt: at(19),
      answeredAt: null,
      endedAt: at(21),
      outcome: 'DELIVERED',
      cause: null,
    });
    expect(texts([busy, second, sms])).toEqual([
      'Attempt 1: +919876543210 was called.',
      'The call was not taken: the line was busy.',
      'Attempt 2: +919876543210 was called from +911140000000.',
      'It was answered.',
      'The flow began.',
      'Heard “Press a key.”.',
      'The call was recorded: call_1.gsm, 12.3 s.',
      'Pressed 5 at “ask”.',
      '“ask” led by “5” to “bye”.',
      'An SMS was handed to the provider.',
      'An SMS to +919876543210 was begun.',
      'The SMS was delivered.',
      'The person hung up.',
      'The call ended after it was answered (16 normal clearing).',
    ]);
  });

  it('tells a call to us, and one that is not over', () => {
    const inbound = attempt({
      direction: 'in',
      address: '',
      sender: '+912269000001',
      answeredAt: null,
      endedAt: null,
      outcome: null,
    });
    expect(texts([inbound])).toEqual(['a withheld number called +912269000001.']);
  });

  it('leaves out nothing that it does not know', () => {
    expect(sentenceOf(entry(0, 'SOMETHING_NEW', { data: { depth: 3 } }))).toBe(
      '“ask”: something new, depth “3”.',
    );
    expect(sentenceOf(entry(0, 'constructor'))).toBe('“ask”: constructor.');
  });

  it('cuts what is too long to read', () => {
    expect(sentenceOf(entry(0, 'SAID', { data: { text: 'x'.repeat(5_000) } })).length).toBeLessThan(320);
  });

  it('has every attempt, in the order of time, and a sentence in every line', () => {
    const moments = fc.nat(60).map(at);
    const attempts = fc.array(
      fc.record({
        attemptNo: fc.integer({ min: 1, max: 5 }),
        step: fc.nat(2),
        medium: fc.constantFrom(...MEDIA),
        direction: fc.constantFrom(...DIRECTIONS),
        beganAt: moments,
        answeredAt: fc.option(moments),
        endedAt: fc.option(moments),
        outcome: fc.option(fc.constantFrom(...OUTCOMES)),
        entries: fc.array(
          fc
            .tuple(
              fc.nat(60),
              fc.constantFrom(
                'ENTERED',
                'SAID',
                'GATHERED',
                'BRANCHED',
                'WEBHOOK',
                'SMS',
                'TRANSFERRED',
                'RECORDED',
                'X',
              ),
            )
            .map(([second, event]) => entry(second, event)),
        ),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(attempts, (given) => {
        const all = given.map((one, n) => attempt({ ...one, uuid: String(n) }));
        const lines = timelineOf(all);
        expect(new Set(lines.map(({ uuid }) => uuid)).size).toBe(all.length);
        for (const [index, line] of lines.entries()) {
          expect(line.text).toMatch(/\S.*\.$/);
          expect(line.at.getTime()).toBeGreaterThanOrEqual(lines[index - 1]?.at.getTime() ?? 0);
        }
      }),
    );
  });
});
