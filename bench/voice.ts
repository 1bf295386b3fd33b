/**
 * Real calls through the whole engine (turnstile, ledger, Asterisk, flow, journey, record) against a bare ARI
 * loop on the same Asterisk, at the same pace, in turns. Then as many calls at once as asked for, held.
 */
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { createLogger } from '../log.ts';
import { createProviders } from '../providers/index.ts';
import { createEspeak } from '../providers/speech/espeak.ts';
import { createSounds } from '../providers/speech/sounds.ts';
import { localFiles } from '../providers/storage/local-files.ts';
import { type RunningAsterisk, startAsterisk } from '../telephony/asterisk.ts';
import { findTelephony, type TelephonyKit } from '../telephony/kit.ts';
import { startPhones } from '../telephony/phones.ts';
import { type ScratchServers, startScratchServers } from '../test/support/scratch-servers.ts';
import { benchAccount, callEverybody, listeners, withWorkers } from './engine.ts';
import type { Measurement } from './main.ts';
import { bareLoop } from './voice-reference.ts';

/** Calls begun a second; the last is what the result is about. */
const PACES = [20, 40, 60];
/** Seconds of each. */
const SECONDS = 20;
/** Calls at once, and how long each of them talks. */
const HELD = 500;
const HELD_SENTENCE = 'We hold the line for a while. '.repeat(12);
const WORD = 'One.';
const LANGUAGE = 'en';

/** Says one sentence and hangs up: the same as the bare loop plays. */
const sayFlow = (text: string): object => ({
  schemaVersion: 1,
  start: 'start',
  language: LANGUAGE,
  widgets: {
    start: { type: 'start', next: 'say' },
    say: { type: 'text-to-speech', text, next: 'bye' },
    bye: { type: 'hang-up' },
  },
});

const percentile = (values: number[], share: number): number =>
  Math.round([...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN);

interface Campaign {
  callsPerSecond: number;
  notAnswered: number;
  answerMs: number[];
  /** Most calls that were up at once. */
  atOnce: number;
}

/** A request's figures, by the ledger's own times. */
async function figures(servers: ScratchServers, requestId: number): Promise<Campaign> {
  const attempts = await servers.db.sql<
    { outcome: string; reserved_at: Date; answered_at: Date | null; settled_at: Date }[]
  >`
    select outcome, reserved_at, answered_at, settled_at from attempts where request_id = ${requestId}`;
  const begun = Math.min(...attempts.map((attempt) => attempt.reserved_at.getTime()));
  const ended = Math.max(...attempts.map((attempt) => attempt.settled_at.getTime()));
  const answered = attempts.filter((attempt) => attempt.outcome === 'ANSWERED');
  const moments = answered
    .flatMap(({ answered_at, settled_at }) => [
      { at: answered_at?.getTime() ?? 0, change: 1 },
      { at: settled_at.getTime(), change: -1 },
    ])
    .sort((a, b) => a.at - b.at);
  let up = 0;
  let atOnce = 0;
  for (const { change } of moments) {
    up += change;
    atOnce = Math.max(atOnce, up);
  }
  return {
    callsPerSecond: attempts.length / ((ended - begun) / 1000),
    notAnswered: attempts.length - answered.length,
    answerMs: answered.map(
      (attempt) => (attempt.answered_at?.getTime() ?? 0) - attempt.reserved_at.getTime(),
    ),
    atOnce,
  };
}

export async function benchVoice(size: number | undefined): Promise<Measurement> {
  const seconds = size ?? SECONDS;
  const kit = await findTelephony((line) => console.error(line));
  const servers = await startScratchServers();
  const phones = await startPhones({ kit, dir: join(servers.dir, 'phones'), mute: true });
  const asterisk = await startAsterisk({
    kit,
    dir: join(servers.dir, 'a'),
    name: 'bench',
    phones: phones.sipPort,
  });
  try {
    const providers = telephone(servers, kit, asterisk);
    return await withWorkers({ servers, providers, checkpoints: 'each' }, (client) =>
      measure(servers, client, { kit, asterisk, seconds }),
    );
  } finally {
    await asterisk.stop();
    await phones.stop();
    await servers.stop();
  }
}

function telephone(servers: ScratchServers, kit: TelephonyKit, asterisk: RunningAsterisk) {
  const { url, user, password, callRecords, soundsDir } = asterisk;
  return createProviders({
    simulationSpeed: 1,
    witnessDir: join(servers.dir, 'witness'),
    mailFrom: 'bench@localhost',
    asterisk: {
      servers: [{ url, callRecords }],
      user,
      password,
      endpoint: 'trunk',
      sounds: { dir: soundsDir, dirThere: soundsDir },
      espeak: kit.espeak,
      storage: localFiles(join(servers.dir, 'storage')),
      log: createLogger('bench', 'silent'),
    },
  });
}

/** The sound of the word as the engine plays it, for the bare loop to play, too. */
async function wordSound(servers: ScratchServers, kit: TelephonyKit, dir: string): Promise<string> {
  const sounds = createSounds({
    dir,
    dirThere: dir,
    speech: createEspeak({ command: kit.espeak }),
    storage: localFiles(join(servers.dir, 'storage')),
  });
  const [sound] = await sounds.prepare([{ kind: 'TEXT', text: WORD, language: LANGUAGE }]);
  await sounds.close();
  if (!sound) throw new Error('no sound');
  return sound.path;
}

async function measure(
  servers: ScratchServers,
  client: Client,
  given: { kit: TelephonyKit; asterisk: RunningAsterisk; seconds: number },
): Promise<Measurement> {
  const { kit, asterisk, seconds } = given;
  const sound = await wordSound(servers, kit, asterisk.soundsDir);
  const { accountId, flowId } = await benchAccount(servers, sayFlow(WORD));
  const notes: Measurement['notes'] = {};
  let from = 0;
  const people = (count: number): string[] => {
    from += count;
    return listeners(count, from);
  };
  let clarion = 0;
  let reference = 0;
  for (const pace of PACES) {
    const bare = await bareLoop(asterisk, { numbers: people(pace * seconds), callsPerSecond: pace, sound });
    const requestId = await callEverybody(servers, client, {
      accountId,
      flowId,
      numbers: people(pace * seconds),
      policy: { concurrency: 1_000, callsPerSecond: pace, detectMachine: false },
    });
    const ours = await figures(servers, requestId);
    notes[`at ${pace} calls/s, bare loop`] = line(bare.callsPerSecond, bare.failed, bare.answerMs);
    notes[`at ${pace} calls/s, Clarion`] = line(ours.callsPerSecond, ours.notAnswered, ours.answerMs);
    clarion = ours.callsPerSecond;
    reference = bare.callsPerSecond;
  }
  notes['held at once'] = await hold(servers, client, people(HELD));
  return {
    clarion: Number(clarion.toFixed(1)),
    reference: Number(reference.toFixed(1)),
    unit: 'calls/s',
    notes,
  };
}

const line = (rate: number, failed: number, answerMs: number[]): string =>
  `${rate.toFixed(1)} calls/s, ${failed} failed, answered after ${percentile(answerMs, 0.5)} ms (p50), ` +
  `${percentile(answerMs, 0.99)} ms (p99)`;

async function hold(servers: ScratchServers, client: Client, numbers: string[]): Promise<string> {
  const { accountId, flowId } = await benchAccount(servers, sayFlow(HELD_SENTENCE));
  const policy = { concurrency: numbers.length, detectMachine: false, callsPerSecond: 50 };
  const requestId = await callEverybody(servers, client, { accountId, flowId, numbers, policy });
  const { atOnce, notAnswered } = await figures(servers, requestId);
  return `${atOnce} calls, ${notAnswered} failed`;
}
