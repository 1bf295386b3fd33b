/**
 * Campaigns on real telephones: the stack of `npm run telephony`. SIPp plays the people and writes down every
 * INVITE that reaches one of them; it is the witness, so it alone is never hurt.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { inTransaction, openDatabase } from '../db/client.ts';
import { approveFlow, createFlow, publishFlow } from '../db/queries/flows.ts';
import { flowDefinition } from '../domain/flow/schema.ts';
import type { Handover } from '../local/data-dir.ts';
import { readInvites } from '../telephony/phones.ts';
import type { Fault, Scene } from './scene.ts';
import type { Chance } from './seeded.ts';

const SURVEY = new URL('../local/demo/flows/demo-survey.json', import.meta.url);
const FLOW_NAME = 'chaos-survey';

/** The demo survey, made quicker where it waits: the calls and the words are the same. */
const SETTINGS = {
  concurrency: 24,
  ringTimeoutMs: 6_000,
  maxCallMs: 90_000,
  retries: {
    BUSY: { times: 1, intervalMs: 3_000 },
    NO_ANSWER: { times: 1, intervalMs: 3_000 },
    FAILED: { times: 2, intervalMs: 3_000 },
  },
};

/** Calls nobody carries any more are seen and ended within seconds of the last campaign's end. */
const HANGING_UP_MS = 30_000;

const KILLS: readonly (readonly string[])[] = [
  ['worker'],
  ['worker'],
  ['worker'],
  ['asterisk'],
  ['asterisk'],
  ['asterisk'],
  ['temporal'],
  ['temporal'],
  ['worker', 'asterisk'],
  ['worker', 'temporal'],
  ['asterisk', 'temporal'],
  ['worker', 'asterisk', 'temporal'],
];

export const telephoneScene: Scene = {
  args: ['--no-demo', '--telephony'],
  env: {},
  flowName: FLOW_NAME,
  people: 24,
  momentMs: [1_000, 14_000],
  callsBegun: 8,
  hasty: 0.3,
  strict: true,
  prepare: publishSurvey,
  fault,
  list,
  witness,
};

/** One fault in eight is a freeze: shorter and longer than it takes to be noticed (`SILENCE_LIMIT_MS` of ARI). */
function fault(chance: Chance): Fault {
  if (chance.next() < 0.125) return { kind: 'FREEZE', part: 'asterisk', ms: chance.whole(1_000, 15_000) };
  return { kind: 'KILL', parts: chance.pick(KILLS) };
}

/** Who they are, by the last digit of the number (`telephony/phones.ts`), and how many of 100 they are. */
const PEOPLE: readonly (readonly [digit: number, share: number])[] = [
  [5, 38],
  [6, 22],
  [0, 6],
  [7, 8],
  [1, 6],
  [2, 4],
  [3, 5],
  [4, 3],
  [8, 5],
  [9, 3],
];

/** The last digit but one is the key that is pressed. */
function list(chance: Chance, campaign: number, people: number): string {
  const rows = Array.from({ length: people }, (_, index) => {
    const digit = somebody(chance.whole(1, 100));
    const key = chance.whole(1, 8);
    const place = `${String(campaign % 100).padStart(2, '0')}${String(index).padStart(4, '0')}`;
    return `+9198${place}${key}${digit},Person ${index % 10},`;
  });
  return `number,name,amount\n${rows.join('\n')}\n`;
}

function somebody(drawn: number): number {
  let upTo = 0;
  for (const [digit, share] of PEOPLE) {
    upTo += share;
    if (drawn <= upTo) return digit;
  }
  return 0;
}

/** The keys a person presses when asked for one, or undefined for somebody who presses none. */
export function keyOf(number: string): string | undefined {
  return /[56]$/.test(number) ? number.at(-2) : undefined;
}

async function publishSurvey(at: Handover): Promise<void> {
  const draft: unknown = {
    ...(JSON.parse(readFileSync(SURVEY, 'utf8')) as object),
    settings: SETTINGS,
  };
  const definition = flowDefinition.parse(draft);
  const db = openDatabase(at.databaseUrl, 1);
  try {
    await inTransaction(db, async (tx) => {
      const [account] = await tx.sql<{ id: number }[]>`select id from accounts order by id limit 1`;
      if (!account) throw new Error('the stack has no account');
      const accountId = account.id;
      const kind = { name: FLOW_NAME, type: 'outbound', transactional: true } as const;
      const made = await createFlow(tx, { accountId, ...kind, draft });
      if (!made) throw new Error(`the flow ${FLOW_NAME} was not stored`);
      const flowId = made.id;
      const { version } = await publishFlow(tx, { accountId, flowId, definition, publishedBy: 'chaos' });
      await approveFlow(tx, { accountId, flowId, version });
    });
  } finally {
    await db.close();
  }
}

async function witness(at: Handover): ReturnType<Scene['witness']> {
  const { phonesDir } = at;
  if (phonesDir === undefined) throw new Error('the stack has no telephones');
  const faults: string[] = [];
  const starts = readdirSync(phonesDir).filter((name) => /^invites-\d+\.log$/.test(name)).length;
  if (starts !== 1)
    faults.push(`the telephones were started ${starts} times: what they wrote down may have gaps`);
  const left = await callsLeft(at);
  if (left > 0) faults.push(`${left} calls are up although every campaign has ended`);
  return { placed: readInvites(phonesDir), faults };
}

/** Calls that Asterisk still has, once it had time to end them. */
async function callsLeft(at: Handover): Promise<number> {
  const user = Buffer.from(`${at.ariUser}:${at.ariPassword}`).toString('base64');
  const deadline = Date.now() + HANGING_UP_MS;
  for (;;) {
    const reply = await fetch(`${at.ariUrl}/ari/channels`, { headers: { authorization: `Basic ${user}` } });
    if (!reply.ok) throw new Error(`Asterisk answers ${reply.status}`);
    const left = ((await reply.json()) as unknown[]).length;
    if (left === 0 || Date.now() > deadline) return left;
    await sleep(500);
  }
}
