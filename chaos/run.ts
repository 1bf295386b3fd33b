/**
 * One battered run: real stack, real campaigns, `kill -9` at random moments, and at the end the question
 * whether everybody was answered for and nobody was called twice for one attempt.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, openDatabase } from '../db/client.ts';
import type { Handover } from '../local/data-dir.ts';
import { freePort } from '../local/ports.ts';
import { compareKeys, type Disturbance, type KeysHeard } from './keys.ts';
import { type Fault, faultText, type Scene } from './scene.ts';
import { type Chance, chanceOf } from './seeded.ts';
import { simulatedScene } from './simulated-scene.ts';
import { type StackProcess, stackProcess } from './stack-process.ts';
import { telephoneScene } from './telephone-scene.ts';
import { judge, type Verdict } from './verdict.ts';

export interface ChaosOptions {
  seed: number;
  faults: number;
  /** On real telephones instead of the simulated network. */
  telephony?: boolean;
  /** People in each campaign; a campaign is launched before each fault. */
  people?: number;
  /** Leave the data directory, with its logs, for a look. */
  keep?: boolean;
  say?: (line: string) => void;
}

export interface ChaosResult extends Verdict {
  /** Faults that were injected. */
  injected: number;
  keys: KeysHeard;
  /** Calls up at the moment of each fault. */
  callsUp: number[];
}

/** Longer than anything waits by intention: then nobody will be answered for any more. */
const STANDSTILL_MS = 180_000;
/** Calls begin again in this time, or the next fault comes all the same. */
const CALLS_BEGIN_LIMIT_MS = 90_000;
/** A part that was started again works within this. */
const RECOVERY_MS = 15_000;

export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const scene = options.telephony ? telephoneScene : simulatedScene;
  const dataDir = await mkdtemp(join(tmpdir(), 'clarion-chaos-'));
  // Several stacks that start at once would all find the usual port free.
  const env = { ...scene.env, PORT: String(await freePort()) };
  const stack = stackProcess(dataDir, env, scene.args);
  if (options.keep) options.say?.(`the data directory is ${dataDir}`);
  try {
    const run = new Run(options, scene, stack);
    const battered = await run.batter();
    const db = openDatabase(battered.handover.databaseUrl, 2);
    try {
      const judged = await verdict(db, scene, battered, dataDir);
      return { ...judged, injected: options.faults, callsUp: battered.callsUp };
    } finally {
      await db.close();
    }
  } finally {
    await stack.kill('everything');
    if (!options.keep) await rm(dataDir, { recursive: true, force: true });
  }
}

async function verdict(db: Database, scene: Scene, { handover, disturbances }: Battered, dataDir: string) {
  const { placed, faults } = await scene.witness(handover, dataDir);
  const judged = await judge(db, { placed, strict: scene.strict });
  const keys = await compareKeys(db, disturbances);
  // Simulated people press as many keys as they are asked for.
  const wrong = scene.strict ? keys.wrong : [];
  return { ...judged, keys, faults: [...judged.faults, ...faults, ...wrong] };
}

interface Battered {
  handover: Handover;
  callsUp: number[];
  disturbances: Disturbance[];
}

/** The battering itself. */
class Run {
  readonly #options: ChaosOptions;
  readonly #scene: Scene;
  readonly #stack: StackProcess;
  readonly #chance: Chance;
  readonly #say: (line: string) => void;

  constructor(options: ChaosOptions, scene: Scene, stack: StackProcess) {
    this.#options = options;
    this.#scene = scene;
    this.#stack = stack;
    this.#chance = chanceOf(options.seed);
    this.#say = options.say ?? (() => {});
  }

  async batter(): Promise<Battered> {
    const { faults, people } = this.#options;
    const [chance, scene] = [this.#chance, this.#scene];
    let handover = await this.#stack.start();
    await scene.prepare(handover);
    const callsUp: number[] = [];
    const disturbances: Disturbance[] = [];
    let recovering = new Date();
    for (let nth = 1; nth <= faults; nth++) {
      // Everything is drawn in the same order whatever happens meanwhile: so a seed repeats a run.
      const csv = scene.list(chance, nth, people ?? scene.people);
      const momentMs = chance.whole(...scene.momentMs);
      const fault = scene.fault(chance);
      const hasty = chance.next() < scene.hasty && nth > 1;
      const launching = launch(() => handover, scene.flowName, csv, `chaos-${nth}`);
      // Waited for below; a refusal that comes sooner must not end the process unheard.
      launching.catch(() => {});
      if (!hasty) await this.#untilCallsBegin(handover, recovering);
      await sleep(momentMs);
      const up = await countCalls(handover).catch(() => undefined);
      callsUp.push(up ?? 0);
      this.#say(
        `fault ${nth} of ${faults}: ${faultText(fault)}, with ${up ?? 'an unknown number of'} calls up`,
      );
      const from = new Date();
      await this.#inject(fault);
      if (!this.#stack.running()) handover = await this.#stack.start();
      recovering = new Date();
      disturbances.push({ from, to: new Date(recovering.getTime() + RECOVERY_MS) });
      await launching;
    }
    this.#say('all faults injected; waiting for every campaign to end');
    await finished(handover);
    return { handover, callsUp, disturbances };
  }

  /** After a kill of everything the user starts again; a part that died alone is started again by the stack. */
  async #inject(fault: Fault): Promise<void> {
    if (fault.kind === 'FREEZE') return this.#stack.freeze(fault.part, fault.ms);
    await this.#stack.kill(fault.parts);
    if (fault.parts !== 'everything') await this.#stack.back(fault.parts);
  }

  async #untilCallsBegin(handover: Handover, since: Date): Promise<void> {
    const { callsBegun } = this.#scene;
    const deadline = Date.now() + CALLS_BEGIN_LIMIT_MS;
    while (callsBegun > 0 && Date.now() < deadline) {
      if (((await countCalls(handover, since).catch(() => 0)) ?? 0) >= callsBegun) return;
      await sleep(250);
    }
  }
}

/** Calls in progress, as the ledger has it. @param since only those that began after */
async function countCalls(handover: Handover, since = new Date(0)): Promise<number | undefined> {
  const db = openDatabase(handover.databaseUrl, 1);
  try {
    const [row] = await db.sql<{ count: number }[]>`
      select count(*) as count from open_attempts where medium = 'voice' and reserved_at > ${since}`;
    return row?.count;
  } finally {
    await db.close();
  }
}

/** Uploads a list until it is taken. The key makes the tries one request, however many arrive. */
async function launch(handover: () => Handover, flowName: string, csv: string, key: string): Promise<void> {
  for (;;) {
    const { url, apiKey } = handover();
    const form = new FormData();
    form.set('flowName', flowName);
    form.set('files', new Blob([csv], { type: 'text/csv' }), `${key}.csv`);
    const reply = await fetch(`${url}/api/v1/requests`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'idempotency-key': key },
      body: form,
      signal: AbortSignal.timeout(20_000),
    }).catch(() => undefined);
    if (reply?.status === 202) return;
    if (reply !== undefined && reply.status < 500 && reply.status !== 409)
      throw new Error(`upload refused: ${reply.status} ${await reply.text()}`);
    await sleep(200);
  }
}

/** Returns when every request has completed, or when nothing has ended for a long time. */
async function finished(handover: Handover): Promise<void> {
  const db = openDatabase(handover.databaseUrl, 1);
  try {
    let [settled, movedAt] = [-1, Date.now()];
    while (Date.now() - movedAt < STANDSTILL_MS) {
      // The database may be the last part that was killed, and be back in a moment.
      const now = await progress(db).catch(() => undefined);
      if (now?.open === 0) return;
      if (now && now.settled !== settled) [settled, movedAt] = [now.settled, Date.now()];
      await sleep(500);
    }
  } finally {
    await db.close();
  }
}

async function progress(db: Database): Promise<{ open: number; settled: number } | undefined> {
  const [now] = await db.sql<{ open: number; settled: number }[]>`
    select (select count(*) from requests where status not in ('COMPLETED', 'REJECTED')) as open,
           (select count(*) from attempts where outcome is not null) as settled`;
  return now;
}
