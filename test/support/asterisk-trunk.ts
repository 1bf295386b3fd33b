/** A trunk on a real Asterisk for test files, with the synthesiser of the telephony kit. */
import { join } from 'node:path';
import { createLogger } from '../../log.ts';
import { createEspeak } from '../../providers/speech/espeak.ts';
import { createSounds, type Sounds } from '../../providers/speech/sounds.ts';
import { localFiles } from '../../providers/storage/local-files.ts';
import { createAsteriskTrunk } from '../../providers/voice/asterisk/index.ts';
import type { VoiceTrunk } from '../../providers/voice/trunk.ts';
import type { RunningAsterisk } from '../../telephony/asterisk.ts';
import type { TelephonyKit } from '../../telephony/kit.ts';

/** Sentences of the kit's synthesiser in the folder of the first of these servers. */
export function kitSounds(kit: TelephonyKit, asterisk: RunningAsterisk, storageDir: string): Sounds {
  return createSounds({
    dir: asterisk.soundsDir,
    dirThere: asterisk.soundsDir,
    speech: createEspeak({ command: kit.espeak }),
    storage: localFiles(join(storageDir, 'storage')),
  });
}

/** A trunk over these servers, as one process has it. Whoever makes it closes it. */
export async function trunkOn(servers: RunningAsterisk[], sounds: Sounds): Promise<VoiceTrunk> {
  const trunk = createAsteriskTrunk({
    servers: servers.map(({ name, url, user, password, callRecords }) => ({
      name,
      url,
      user,
      password,
      callRecords,
    })),
    endpoint: 'trunk',
    sounds,
    log: createLogger('test', process.env.CLARION_TEST_LOG ?? 'silent'),
  });
  await trunk.opened;
  return trunk;
}
