/** A real Asterisk with SIP telephones keeps the same contract as the simulated trunk. */
import { describe } from 'vitest';
import { peopleUnder, voiceTrunkContract } from '../../../contract/voice-trunk.ts';
import { kitSounds, trunkOn } from '../../../support/asterisk-trunk.ts';
import { scratchDir } from '../../../support/scratch-dir.ts';
import { telephonyKit, testAsterisk, testPhones } from '../../../support/telephony.ts';

const { kit } = await telephonyKit();
const dir = scratchDir();

describe.skipIf(!kit)('with a real Asterisk', () => {
  if (!kit) return;
  voiceTrunkContract('asterisk', {
    people: peopleUnder('+9198000012'),
    makeTrunk: async () => {
      const phones = await testPhones(kit);
      const asterisk = await testAsterisk(kit, { phones: phones.sipPort });
      return trunkOn([asterisk], kitSounds(kit, asterisk, dir));
    },
    detectsMachines: true,
    keyDelayMs: 6000,
  });
});
