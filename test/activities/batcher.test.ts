import { describe, expect, it } from 'vitest';
import { createBatcher } from '../../activities/batcher.ts';

describe('a batcher', () => {
  it('does together what comes together, and answers each with its own', async () => {
    const batches: number[][] = [];
    const double = createBatcher<number, number>(async (items) => {
      batches.push(items);
      return items.map((item) => item * 2);
    }, 3);
    expect(await Promise.all([1, 2, 3, 4, 5].map(double))).toEqual([2, 4, 6, 8, 10]);
    expect(batches).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
  });

  it('lets one that cannot be done fail alone', async () => {
    const settle = createBatcher<string, string>(async (items) => {
      if (items.includes('bad')) throw new Error('bad');
      return items.map((item) => item.toUpperCase());
    }, 10);
    const results = await Promise.allSettled(['a', 'bad', 'c'].map(settle));
    expect(results.map((result) => (result.status === 'fulfilled' ? result.value : 'failed'))).toEqual([
      'A',
      'failed',
      'C',
    ]);
  });

  it('goes on after a failure', async () => {
    let calls = 0;
    const once = createBatcher<number, number>(async (items) => {
      calls += 1;
      if (calls === 1) throw new Error('away');
      return items;
    }, 10);
    await expect(once(1)).rejects.toThrow('away');
    expect(await once(2)).toBe(2);
  });
});
