/** Trying a flow out: the same interpreter, with somebody at the keys. */
import { describe, expect, it } from 'vitest';
import { flowDefinition } from '../../../domain/flow/schema.ts';
import {
  begin,
  type Conversation,
  endRecording,
  hangUp,
  type Person,
  press,
  settle,
  staySilent,
} from '../../../web/pages/flows/try-out/conversation.ts';

const flow = flowDefinition.parse({
  schemaVersion: 1,
  start: 'begin',
  widgets: {
    begin: { type: 'start', next: 'hello', onMachine: 'text' },
    hello: { type: 'text-to-speech', text: 'Hello $flow.key.name', next: 'pin' },
    pin: {
      type: 'gather',
      speech: [{ text: 'Your PIN, then hash' }],
      variable: 'pin',
      minDigits: 2,
      maxDigits: 4,
      attempts: 2,
      next: 'story',
      noInput: 'bye',
    },
    story: { type: 'record', next: 'text', noRecording: 'bye' },
    text: { type: 'sms', text: 'PIN was $flow.key.pin', next: 'bye', failed: 'transfer' },
    transfer: { type: 'transfer', to: '+911234567890', busy: 'bye' },
    bye: { type: 'hang-up' },
  },
  variables: [{ name: 'name' }],
});
const somebody: Person = {
  answeredBy: 'PERSON',
  number: '+919876543210',
  variables: { name: 'Asha' },
  userValues: {},
};

const heard = ({ lines }: Conversation): string[] =>
  lines.flatMap((line) =>
    line.of === 'speech' ? line.speech.map((one) => (one.kind === 'TEXT' ? one.text : one.prompt)) : [],
  );
const way = ({ journey }: Conversation): string[] =>
  journey.filter(({ event }) => event === 'ENTERED').map(({ widget }) => widget);

describe('a call that is tried out', () => {
  it('says what the person hears, takes keys as a telephone does, and ends where the flow ends', () => {
    let call = begin(flow, somebody);
    expect(heard(call)).toEqual(['Hello Asha', 'Your PIN, then hash']);
    call = press(press(call, '1'), '2');
    expect(call).toMatchObject({ keys: '12', waitsFor: { type: 'GATHER' } });
    call = press(call, '#');
    expect(call.waitsFor.type).toBe('RECORD');
    call = press(call, '5');
    expect(call.waitsFor.type).toBe('RECORD');
    call = endRecording(call);
    expect(call.waitsFor).toMatchObject({ type: 'SEND_SMS', text: 'PIN was 12' });
    call = settle(call, { type: 'MESSAGE_SETTLED', outcome: 'UNDELIVERED' }, 'failed');
    expect(call.waitsFor.type).toBe('TRANSFER');
    call = settle(call, { type: 'TRANSFERRED', outcome: 'BUSY' }, 'busy');
    expect(call.waitsFor.type).toBe('END');
    expect(call.lines.at(-1)).toEqual({ of: 'end' });
    expect(way(call)).toEqual(['begin', 'hello', 'pin', 'story', 'text', 'transfer', 'bye']);
    expect(press(call, '1')).toBe(call);
  });

  it('is full at the last digit, asks again after silence, and gives up as the flow says', () => {
    const full = ['1', '2', '3', '4'].reduce(press, begin(flow, somebody));
    expect(full).toMatchObject({ waitsFor: { type: 'RECORD' }, state: { variables: { pin: '1234' } } });
    const once = staySilent(begin(flow, somebody));
    expect(heard(once).filter((text) => text.startsWith('Your PIN'))).toHaveLength(2);
    expect(way(staySilent(once)).at(-1)).toBe('bye');
    // Too few digits by then are not silence, and are no PIN either.
    expect(staySilent(press(begin(flow, somebody), '1')).journey.at(-1)).toMatchObject({
      event: 'GATHERED',
      data: { digits: '1', endedBy: 'TIMEOUT' },
    });
  });

  it('ends wherever the person hangs up, and takes a machine its own way', () => {
    const gone = hangUp(begin(flow, somebody));
    expect(gone.waitsFor.type).toBe('END');
    expect(gone.journey.at(-1)).toMatchObject({ event: 'HUNG_UP' });
    const machine = begin(flow, { ...somebody, answeredBy: 'MACHINE' });
    expect(machine.waitsFor.type).toBe('SEND_SMS');
    expect(heard(machine)).toEqual([]);
  });
});
