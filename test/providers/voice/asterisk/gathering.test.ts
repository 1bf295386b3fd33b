/** One question, with keys that come before, during and after it is asked. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Gathering } from '../../../../providers/voice/asterisk/gathering.ts';
import type { Playback } from '../../../../providers/voice/asterisk/playbacks.ts';
import type { GatherOrder } from '../../../../providers/voice/trunk.ts';

const ORDER: GatherOrder = {
  prompts: [],
  minDigits: 1,
  maxDigits: 3,
  timeoutMs: 5000,
  interDigitTimeoutMs: 2000,
  terminators: '#',
  bargeIn: true,
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A question being asked, until `end`; `stopped` once it was cut short. */
function asking(): { playback: Playback; end(): Promise<void>; stopped: () => boolean } {
  let finish: (how: 'DONE') => void = () => {};
  let stopped = false;
  const finished = new Promise<'DONE'>((resolve) => {
    finish = resolve;
  });
  const stop = async (): Promise<void> => {
    stopped = true;
    finish('DONE');
  };
  const end = async (): Promise<void> => {
    finish('DONE');
    await vi.advanceTimersByTimeAsync(0);
  };
  return { playback: { finished, stop }, end, stopped: () => stopped };
}

it('a key during the question cuts it short and is the first of the answer', async () => {
  const gathering = new Gathering(ORDER);
  const question = asking();
  gathering.asked(question.playback);
  gathering.hear('4');
  expect(question.stopped()).toBe(true);
  gathering.hear('2');
  gathering.hear('1');
  expect(await gathering.result).toEqual({ digits: '421', endedBy: 'FULL' });
});

it('without barge-in the question is heard to its end, and earlier keys count then', async () => {
  const gathering = new Gathering({ ...ORDER, bargeIn: false });
  const question = asking();
  gathering.asked(question.playback);
  gathering.hear('4');
  expect(question.stopped()).toBe(false);
  await question.end();
  gathering.hear('#');
  expect(await gathering.result).toEqual({ digits: '4', endedBy: 'TERMINATOR' });
});

it('the time for the first key begins when the question has been asked', async () => {
  const gathering = new Gathering(ORDER);
  const question = asking();
  gathering.asked(question.playback);
  await vi.advanceTimersByTimeAsync(60_000);
  await question.end();
  await vi.advanceTimersByTimeAsync(4999);
  gathering.hear('7');
  await vi.advanceTimersByTimeAsync(2000);
  expect(await gathering.result).toEqual({ digits: '7', endedBy: 'TIMEOUT' });
});

it('silence is an empty answer', async () => {
  const gathering = new Gathering(ORDER);
  const question = asking();
  gathering.asked(question.playback);
  await question.end();
  await vi.advanceTimersByTimeAsync(5000);
  expect(await gathering.result).toEqual({ digits: '', endedBy: 'TIMEOUT' });
});

it('a key that comes before the question is prepared keeps it from being asked', async () => {
  const gathering = new Gathering({ ...ORDER, maxDigits: 1 });
  gathering.hear('9');
  const question = asking();
  gathering.asked(question.playback);
  expect(question.stopped()).toBe(true);
  expect(await gathering.result).toEqual({ digits: '9', endedBy: 'FULL' });
});

it('keys after the end of the answer are not part of it', async () => {
  const gathering = new Gathering({ ...ORDER, maxDigits: 1 });
  gathering.asked(asking().playback);
  gathering.hear('1');
  gathering.hear('2');
  expect(await gathering.result).toEqual({ digits: '1', endedBy: 'FULL' });
  expect(gathering.digits).toBe('1');
});
