import { expect, it } from 'vitest';
import { runChaos } from '../../chaos/run.ts';
import { telephonyKit } from '../support/telephony.ts';

const { kit } = await telephonyKit();

/** `npm run chaos -- --telephony` does the same for longer, with any seed. This seed kills each of the three. */
it.skipIf(!kit)(
  'worker, Temporal and a real Asterisk killed in the middle of calls: nobody is lost, no telephone rings twice',
  async () => {
    const { injected, lost, repeated, faults, attempts, callsUp } = await runChaos({
      seed: 214,
      faults: 3,
      people: 20,
      telephony: true,
    });
    expect({ injected, lost, repeated, faults }).toEqual({ injected: 3, lost: 0, repeated: 0, faults: [] });
    expect(attempts).toBeGreaterThan(0);
    // Some faults meet a stack that is still coming back from the one before; not all of them can.
    expect(Math.max(...callsUp)).toBeGreaterThan(0);
  },
  600_000,
);
