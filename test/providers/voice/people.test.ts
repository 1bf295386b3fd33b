/** The simulated people, digit by digit. */
import { describe, expect, it } from 'vitest';
import { scriptFor, speechMs } from '../../../providers/voice/simulated/people.ts';

const person = (to: string, over: { priorAttempts?: number; detectMachine?: boolean } = {}) =>
  scriptFor({ to, priorAttempts: 0, detectMachine: true, awaitGreetingEnd: false, ...over });

describe('the last digit of a number decides', () => {
  it.each([
    ['0', { kind: 'ANSWERS', by: 'PERSON', key: undefined, hangsUpAfterMs: undefined }],
    ['1', { kind: 'ENDS', outcome: 'BUSY' }],
    ['2', { kind: 'RINGS_OUT' }],
    ['3', { kind: 'ENDS', outcome: 'DECLINED' }],
    ['4', { kind: 'ENDS', outcome: 'INVALID' }],
    ['5', { kind: 'ANSWERS', by: 'PERSON', key: '3' }],
    ['6', { kind: 'ANSWERS', by: 'PERSON', key: '3' }],
    ['7', { kind: 'ANSWERS', by: 'PERSON', hangsUpAfterMs: 2000 }],
    ['8', { kind: 'ENDS', outcome: 'FAILED' }],
    ['9', { kind: 'ANSWERS', by: 'MACHINE' }],
  ])('%s', (digit, script) => {
    expect(person(`+9198000013${digit}`)).toMatchObject(script);
  });

  it('8 answers and listens from the second attempt on', () => {
    expect(person('+919800001238', { priorAttempts: 1 })).toEqual(person('+919800001230'));
  });

  it('9 is a person who never presses where machines are not detected', () => {
    expect(person('+919800001239', { detectMachine: false })).toEqual(person('+919800001230'));
  });

  it('a number without digits is nobody', () => {
    expect(person('anonymous')).toMatchObject({ kind: 'ENDS', outcome: 'INVALID' });
  });

  it('everybody who answers does so within five seconds, the shortest ring time a flow may have', () => {
    for (let ten = 0; ten < 10; ten++) {
      const script = person(`+91980000${ten}0`);
      expect(script.kind === 'ANSWERS' && script.afterMs < 5000).toBe(true);
    }
  });
});

describe('speech', () => {
  it('takes 60 ms a character, and 3 seconds a stored prompt', () => {
    const text = { kind: 'TEXT', text: 'x'.repeat(50), language: 'en' } as const;
    expect(speechMs([text, { kind: 'PROMPT', prompt: 'welcome' }])).toBe(6000);
  });
});
