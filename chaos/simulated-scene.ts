/** Campaigns on the simulated network, whose record on disk is written before each phone rings. */
import { join } from 'node:path';
import { readJournal } from '../providers/witness/journal.ts';
import type { Scene } from './scene.ts';
import type { Chance } from './seeded.ts';

/** Parts that are killed alone; more often everything dies at once, as when the power of a process table goes. */
const PARTS = [['worker'], ['ingest'], ['api'], ['temporal'], ['postgres'], ['worker', 'temporal']] as const;

/** Calls last a second or two at this speed: there are always some to be caught in the middle. */
const SPEED = '20';

export const simulatedScene: Scene = {
  args: ['--no-demo'],
  env: { CLARION_SIMULATION_SPEED: SPEED },
  flowName: 'demo-survey',
  people: 40,
  momentMs: [0, 4_000],
  callsBegun: 0,
  hasty: 0,
  strict: false,
  prepare: async () => {},
  fault: (chance) => ({ kind: 'KILL', parts: chance.next() < 0.6 ? 'everything' : chance.pick(PARTS) }),
  list,
  witness: async (_, dataDir) => ({ placed: placedOrders(dataDir), faults: [] }),
};

/** What the simulated carrier has written down in a data directory. */
export function placedOrders(dataDir: string): { attemptId: string }[] {
  return [...readJournal(join(dataDir, 'witness'), 'voice')].flatMap(({ line }) =>
    line.event === 'PLACED' && line.attemptId !== undefined ? [{ attemptId: line.attemptId }] : [],
  );
}

/** A list of every kind of person, some of it not to be accepted. */
function list(chance: Chance, campaign: number, people: number): string {
  const rows = Array.from({ length: people }, (_, index) => {
    const kind = chance.whole(0, 19);
    if (kind === 0) return `12345,Nobody,${index}`;
    if (kind === 1) return `,Nobody,${index}`;
    const number = 9_000_000_000 + campaign * 1_000_000 + index * 100 + chance.whole(0, 99);
    return `${number},Person ${index},${index * 10}`;
  });
  return `number,name,amount\n${rows.join('\n')}\n`;
}
