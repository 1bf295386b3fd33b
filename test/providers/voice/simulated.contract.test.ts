/** The simulated trunk keeps the contract without waiting, and with a clock that runs fast. */
import { createSimulatedTrunk } from '../../../providers/voice/simulated/index.ts';
import { peopleUnder, voiceTrunkContract } from '../../contract/voice-trunk.ts';
import { scratchDir } from '../../support/scratch-dir.ts';

const dir = scratchDir();

for (const speed of [0, 200]) {
  voiceTrunkContract(`simulated, speed ${speed}`, {
    people: peopleUnder('+9198000012'),
    makeTrunk: async () => createSimulatedTrunk({ speed, witnessDir: `${dir}/${speed}` }),
    detectsMachines: true,
  });
}
