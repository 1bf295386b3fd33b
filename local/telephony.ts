/**
 * `npm run telephony`: a real Asterisk and simulated telephones as parts of the local stack. The worker is
 * pointed at them by the same variables as in production.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { ariAnswers } from '../telephony/asterisk.ts';
import { type AsteriskLayout, type AsteriskSettings, layOut } from '../telephony/configuration.ts';
import { asteriskPorts, freeUdpPort, isUdpFree } from '../telephony/free-ports.ts';
import { findTelephony, type TelephonyKit } from '../telephony/kit.ts';
import { layOutPhones, type PhonesLayout } from '../telephony/phones.ts';
import { type DataDir, type Handover, type Memory, randomText } from './data-dir.ts';
import type { PartOptions } from './part.ts';
import { freePort, isFree } from './ports.ts';
import type { Stack } from './stack.ts';

/** Two minutes without a sound: the other side has gone without a word. */
const RTP_TIMEOUT_SECONDS = 120;
const ARI_USER = 'clarion';

type TelephonyMemory = NonNullable<Memory['telephony']>;
type TelephonyHandover = Required<
  Pick<
    Handover,
    | 'ariUrl'
    | 'ariUser'
    | 'ariPassword'
    | 'sipPort'
    | 'phonesSipPort'
    | 'softphonePassword'
    | 'callRecords'
    | 'soundsDir'
    | 'phonesDir'
  >
>;

export interface LocalTelephony {
  /** For the worker. */
  env: Record<string, string>;
  /** For `local.json`. */
  handover: TelephonyHandover;
}

/**
 * Starts telephones and Asterisk, fetching them when they are missing.
 * @param sipHost an address of this machine at which telephones on other machines reach it, if any shall
 * @throws Trouble where they cannot be had, naming what to do
 */
export async function startTelephony(
  stack: Stack,
  dir: DataDir,
  sipHost: string | undefined,
  say: (line: string) => void,
): Promise<LocalTelephony> {
  const kit = await findTelephony(say);
  const memory = await recall(dir);
  const { ari, sip, phones: phonesPort } = memory.ports;
  const phones = await layOutPhones({ kit, dir: dir.file('telephony/phones'), sipPort: phonesPort });
  await stack.start(phonesPart(dir, phones, say));
  const settings: AsteriskSettings = {
    kit,
    dir: dir.file('telephony/asterisk'),
    systemName: memory.systemName,
    ports: { ...(await asteriskPorts()), ari, sip },
    user: ARI_USER,
    password: memory.ariPassword,
    softphonePassword: memory.softphonePassword,
    lanHost: sipHost,
    lines: { trunk: phonesPort },
    rtpTimeoutSeconds: RTP_TIMEOUT_SECONDS,
    messages: dir.file('logs/asterisk.log'),
    carriersDir: dir.file('carriers'),
  };
  mkdirSync(dir.file('carriers'), { recursive: true, mode: 0o700 });
  const layout = layOut(settings);
  await stack.start(asteriskPart(dir, settings, layout, say));
  say(`${kit.version} runs: ARI on port ${ari}, SIP on port ${sip}; telephones on port ${phonesPort}`);
  return { env: workerEnvironment(kit, settings, layout), handover: handoverOf(settings, layout, phones) };
}

/** Names, secrets and ports of the last start, where the ports are still free. */
async function recall(dir: DataDir): Promise<TelephonyMemory> {
  const last = dir.memory.telephony;
  const udp = async (port: number | undefined) =>
    port !== undefined && (await isUdpFree(port)) ? port : freeUdpPort();
  const ari = last?.ports.ari;
  const memory: TelephonyMemory = {
    systemName: last?.systemName ?? `local-${randomBytes(4).toString('hex')}`,
    ariPassword: last?.ariPassword ?? randomText(32),
    softphonePassword: last?.softphonePassword ?? randomText(12),
    ports: {
      ari: ari !== undefined && (await isFree(ari)) ? ari : await freePort(),
      sip: await udp(last?.ports.sip),
      phones: await udp(last?.ports.phones),
    },
  };
  dir.memory.telephony = memory;
  dir.remember();
  return memory;
}

function asteriskPart(
  dir: DataDir,
  settings: AsteriskSettings,
  layout: AsteriskLayout,
  say: (line: string) => void,
): PartOptions {
  return {
    name: 'asterisk',
    title: 'Asterisk',
    dataDir: dir.path,
    logFile: dir.file('logs/asterisk.log'),
    command: layout.command,
    say,
    ready: () => ariAnswers(settings),
    beforeRestart: async () => void layOut(settings),
    stopSignal: 'SIGTERM',
    stopLimitMs: 5000,
  };
}

function phonesPart(dir: DataDir, phones: PhonesLayout, say: (line: string) => void): PartOptions {
  return {
    name: 'phones',
    title: 'The telephones',
    dataDir: dir.path,
    logFile: dir.file('logs/phones.log'),
    command: phones.command,
    say,
    ready: async () => !(await isUdpFree(phones.sipPort)),
    // SIPp waits for its calls to end when it is asked; nobody is on the line any more.
    stopSignal: 'SIGKILL',
    stopLimitMs: 1000,
  };
}

function workerEnvironment(
  kit: TelephonyKit,
  settings: AsteriskSettings,
  layout: AsteriskLayout,
): Record<string, string> {
  return {
    CLARION_VOICE: 'asterisk',
    CLARION_ASTERISK_URLS: `http://127.0.0.1:${settings.ports.ari}`,
    CLARION_ASTERISK_USER: settings.user,
    CLARION_ASTERISK_PASSWORD: settings.password,
    CLARION_ASTERISK_CALL_RECORDS: layout.callRecords,
    CLARION_ASTERISK_SOUNDS: layout.soundsDir,
    CLARION_ASTERISK_SOUNDS_THERE: layout.soundsDir,
    CLARION_ESPEAK: kit.espeak,
  };
}

function handoverOf(
  settings: AsteriskSettings,
  layout: AsteriskLayout,
  phones: PhonesLayout,
): TelephonyHandover {
  return {
    ariUrl: `http://127.0.0.1:${settings.ports.ari}`,
    ariUser: settings.user,
    ariPassword: settings.password,
    sipPort: settings.ports.sip,
    phonesSipPort: phones.sipPort,
    softphonePassword: settings.softphonePassword,
    callRecords: layout.callRecords,
    soundsDir: layout.soundsDir,
    phonesDir: phones.dir,
  };
}

/** What a newcomer to real calls does next. */
export function printTelephonySteps(
  at: TelephonyHandover,
  sipHost: string | undefined,
  say: (line: string) => void,
): void {
  say(`
  Calls go through a real Asterisk to simulated telephones. Somebody who answers (the last digit decides):
    echo +919800000050 > people.csv && npx clarion launch people.csv --flow demo-survey
  What the telephones were called with:
    cat ${at.phonesDir}/invites-*.log
  Your own telephone: register a SIP softphone, then see docs/telephony.md
    server ${sipHost ?? '127.0.0.1'}:${at.sipPort} (UDP)   user softphone   password ${at.softphonePassword}`);
}
