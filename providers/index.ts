/** Chooses the outside world from plain options: which trunk, which SMS gateway, which way for mail. */
import type { EmailProvider } from './email/provider.ts';
import { createSes } from './email/ses.ts';
import { createSimulatedEmail } from './email/simulated.ts';
import type { SmsProvider } from './sms/provider.ts';
import { createSimulatedSms } from './sms/simulated.ts';
import { createSimulatedTrunk } from './voice/simulated/index.ts';
import type { VoiceTrunk } from './voice/trunk.ts';

export interface ProviderOptions {
  /** 60 makes a simulated minute last a second; 0: no waiting at all. */
  simulationSpeed: number;
  /** Folder for the records of what simulated providers were asked. Shared by all processes. */
  witnessDir: string;
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
  const voice = createSimulatedTrunk({ speed, witnessDir });
  const sms = createSimulatedSms({ witnessDir });
  const email = ses === undefined ? createSimulatedEmail({ witnessDir }) : createSes(ses);
  return {
    voice,
    sms,
    email,
    mailFrom,
    async close() {
      await Promise.all([voice.close(), sms.close(), email.close()]);
    },
  };
}
