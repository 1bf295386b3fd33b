/** The simulated trunk as tests of calls to us need it: one that can be rung. */
import { isSimulated, type SimulatedVoiceTrunk } from '../../providers/voice/simulated/inbound.ts';
import type { VoiceTrunk } from '../../providers/voice/trunk.ts';

/** @throws Error for a real trunk */
export function ringable(trunk: VoiceTrunk): SimulatedVoiceTrunk {
  if (!isSimulated(trunk)) throw new Error('only the simulated trunk can be rung');
  return trunk;
}
