import { expect, it } from 'vitest';
import { runChaos } from '../../chaos/run.ts';

/** `npm run chaos` does the same for longer, with any seed. */
it('a stack killed with kill -9 in the middle of campaigns loses nobody and acts on no attempt twice', async () => {
  const { injected, lost, repeated, faults, attempts } = await runChaos({
    seed: 20_260,
    faults: 3,
    people: 25,
  });
  expect({ injected, lost, repeated, faults }).toEqual({ injected: 3, lost: 0, repeated: 0, faults: [] });
  expect(attempts).toBeGreaterThan(0);
}, 600_000);
