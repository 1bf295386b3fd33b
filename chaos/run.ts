/**
 * One battered run: real stack, real campaigns, `kill -9` at random moments, and at the end the question
 * whether everybody was answered for and nobody was called twice for one attempt.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../db/client.ts';
import { type Chance, chanceOf } from './seeded.ts';
import { type Handover, type StackProcess, stackProcess } from './stack-process.ts';
import { judge, type Verdict } from './verdict.ts';

export interface ChaosOptions {
  seed: number;
  faults: number;
  /** People in each campaign; a campaign is launched before each fault. */
  people?: number;
  say?: (line: string) => void;
}

export interface ChaosResult extends Verdict {
  /** Faults that were injected. */
  injected: number;
}

/** Parts that are killed alone; more often everything dies at once, as when the power of a process table goes. */
const PARTS = [['worker'], ['ingest'], ['api'], ['temporal'], ['postgres'], ['worker', 'temporal']] as const;

/** Calls last a second or two at this speed: there are always some to be caught in the middle. */
const SPEED = '20';

const FINISH_LIMIT_MS = 300_000;

export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const say = options.say ?? (() => {});
  const chance = chanceOf(options.seed);
  const dataDir = await mkdtemp(join(tmpdir(), 'clarion-chaos-'));
  const stack = stackProcess(dataDir, { CLARION_SIMULATION_SPEED: SPEED });
  try {
    let handover = await stack.start();
    for (let fault = 1; fault <= options.faults; fault++) {
      const launching = launch(() => handover, list(chance, fault, options.people ?? 40), `chaos-${fault}`);
      await sleep(chance.whole(0, 4_000));
      const victims = chance.next() < 0.6 ? 'everything' : chance.pick(PARTS);
      say(
        `fault ${fault} of ${options.faults}: kill -9 ${victims === 'everything' ? victims : victims.join(' and ')}`,
      );
      await stack.kill(victims);
      handover = await again(stack, victims, handover);
      await launching;
    }
    say('all faults injected; waiting for every campaign to end');
    await finished(handover);
    const db = openDatabase(handover.databaseUrl, 2);
    try {
      return { ...(await judge(db, dataDir)), injected: options.faults };
    } finally {
      await db.close();
    }
  } finally {
    await stack.kill('everything');
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** After a kill of everything the user starts again; a part that died alone is started again by the stack. */
async function again(stack: StackProcess, victims: readonly string[] | 'everything', handover: Handover) {
  if (victims === 'everything') return stack.start();
  if (!stack.running()) return stack.start();
  return handover;
}

/** A list of every kind of person, some of it not to be accepted. */
function list(chance: Chance, fault: number, people: number): string {
  const rows = Array.from({ length: people }, (_, index) => {
    const kind = chance.whole(0, 19);
    if (kind === 0) return `12345,Nobody,${index}`;
    if (kind === 1) return `,Nobody,${index}`;
    const number = 9_000_000_000 + fault * 1_000_000 + index * 100 + chance.whole(0, 99);
    return `${number},Person ${index},${index * 10}`;
  });
  return `number,name,amount\n${rows.join('\n')}\n`;
}

/** Uploads a list until it is taken. The key makes the tries one request, however many arrive. */
async function launch(handover: () => Handover, csv: string, key: string): Promise<void> {
  for (;;) {
    const { url, apiKey } = handover();
    const form = new FormData();
    form.set('flowName', 'demo-survey');
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

async function finished(handover: Handover): Promise<void> {
  const deadline = Date.now() + FINISH_LIMIT_MS;
  for (;;) {
    const reply = await fetch(`${handover.url}/api/v1/requests?limit=100`, {
      headers: { authorization: `Bearer ${handover.apiKey}` },
    }).catch(() => undefined);
    if (reply?.ok) {
      const { items } = (await reply.json()) as { items: { status: string }[] };
      if (items.every(({ status }) => status === 'COMPLETED')) return;
      if (Date.now() > deadline) return;
    }
    await sleep(500);
  }
}
