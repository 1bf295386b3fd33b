/** Chooses the outside world from plain options: which trunk, which SMS gateway, which way for mail. */

import type { Logger } from '../log.ts';
import type { EmailProvider } from './email/provider.ts';
import { createSes } from './email/ses.ts';
import { createSimulatedEmail } from './email/simulated.ts';
import type { SmsProvider } from './sms/provider.ts';
import { createSimulatedSms } from './sms/simulated.ts';
import { createEspeak } from './speech/espeak.ts';
import { createSounds } from './speech/sounds.ts';
import type { Storage } from './storage/storage.ts';
import { createAsteriskTrunk } from './voice/asterisk/index.ts';
import { createSimulatedTrunk } from './voice/simulated/index.ts';
import type { VoiceTrunk } from './voice/trunk.ts';

export interface AsteriskOptions {
  /** ARI of each server, and its call records as this process sees them. */
  servers: { url: string; callRecords: string | undefined }[];
  user: string;
  password: string;
  /** PJSIP endpoint of calls whose account has no trunk. */
  endpoint: string;
  /** Folder of sounds, as this process and as the servers see it. */
  sounds: { dir: string; dirThere: string };
  /** The program `espeak-ng`. */
  espeak: string;
  /** Holds the prompts. */
  storage: Pick<Storage, 'read'>;
  log: Logger;
}

export interface ProviderOptions {
  /** 60 makes a simulated minute last a second; 0: no waiting at all. */
  simulationSpeed: number;
  /** Folder for the records of what simulated providers were asked. Shared by all processes. */
  witnessDir: string;
  /** Calls by Asterisk. Without it they are simulated. */
  asterisk?: AsteriskOptions | undefined;
  /** Mail by SES. Without it mail is simulated. */
  ses?: { region: string; endpoint?: string | undefined } | undefined;
  /** Sender of all mails, `name <address>` or an address. */
  mailFrom: string;
}

export interface Providers {
  voice: VoiceTrunk;
  sms: SmsProvider;
  email: EmailProvider;
  mailFrom: string;
  close(): Promise<void>;
}

/** @throws RangeError for a speed below 0; what the file system throws for the folder */
export function createProviders(options: ProviderOptions): Providers {
  const { simulationSpeed: speed, witnessDir, ses, mailFrom } = options;
  const { voice, sounds } = options.asterisk
    ? telephone(options.asterisk)
    : { voice: createSimulatedTrunk({ speed, witnessDir }), sounds: undefined };
  const sms = createSimulatedSms({ witnessDir });
  const email = ses === undefined ? createSimulatedEmail({ witnessDir }) : createSes(ses);
  return {
    voice,
    sms,
    email,
    mailFrom,
    async close() {
      await Promise.all([voice.close(), sms.close(), email.close()]);
      await sounds?.close();
    },
  };
}

function telephone({ servers, user, password, endpoint, espeak, storage, log, ...options }: AsteriskOptions) {
  const sounds = createSounds({
    ...options.sounds,
    speech: createEspeak({ command: espeak }),
    storage,
    onTrouble: (error) => log.warn({ err: error }, 'trouble with the folder of sounds'),
  });
  const voice = createAsteriskTrunk({
    servers: servers.map(({ url, callRecords }) => ({
      name: new URL(url).host,
      url: url.replace(/\/$/, ''),
      user,
      password,
      callRecords,
    })),
    endpoint,
    sounds,
    log,
  });
  return { voice, sounds };
}
