import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createLines } from '../../activities/lines.ts';
import type { LineState } from '../../domain/trunk.ts';

/** A trunk that says what it is told to. */
function trunk() {
  let state: LineState = { up: true };
  let waiting: (() => void)[] = [];
  return {
    state: () => state,
    stateChanged: () => new Promise<void>((resolve) => void waiting.push(resolve)),
    becomes(next: LineState) {
      state = next;
      for (const resolve of waiting.splice(0)) resolve();
      waiting = [];
    },
  };
}

const line = { trunkId: 7, endpoint: 'carrier', codecs: [] };

describe('a line', () => {
  it('is what the trunk says, and tells when that changes', async () => {
    const carrier = trunk();
    const lines = createLines(carrier);
    let changes = 0;
    const stop = lines.onChange(() => (changes += 1));
    carrier.becomes({ up: false, why: 'no answer' });
    await sleep(1);
    expect([lines.state(undefined), changes]).toEqual([{ up: false, why: 'no answer' }, 1]);
    carrier.becomes({ up: true });
    await sleep(1);
    expect([lines.state(undefined), changes]).toEqual([{ up: true }, 2]);
    stop();
    carrier.becomes({ up: true });
    await sleep(1);
    expect(changes).toBe(2);
  });

  it('that refuses a call rests, longer each time, while others do not, and tells when the rest is over', async () => {
    const lines = createLines(trunk());
    const over: number[] = [];
    lines.onChange(() => over.push(performance.now()));
    const rested = async (): Promise<number> => {
      const from = performance.now();
      const seen = over.length;
      lines.refused(line, 'congestion');
      // Of calls that were under way: nothing new.
      lines.refused(line, 'congestion');
      expect(lines.state(line)).toEqual({ up: false, why: 'a call was refused: congestion' });
      expect(lines.state(undefined)).toEqual({ up: true });
      while (over.length === seen) await sleep(5);
      expect(lines.state(line)).toEqual({ up: true });
      return performance.now() - from;
    };
    expect(await rested()).toBeGreaterThanOrEqual(250);
    expect(await rested()).toBeGreaterThanOrEqual(500);
    lines.taken(line);
    const seen = over.length;
    lines.refused(line, 'congestion');
    lines.taken(line);
    expect(lines.state(line)).toEqual({ up: true });
    expect(over.length).toBe(seen);
  });
});
