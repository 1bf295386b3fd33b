/**
 * Whether the books have the keys that people pressed. A person presses once, some seconds after the answer;
 * nobody repeats it because our worker was dead just then. So a key that is missing is counted and no fault;
 * another key than the person's is one.
 */
import type { Database } from '../db/client.ts';
import { keyOf } from './telephone-scene.ts';

/** A time in which something was dead or coming back. */
export interface Disturbance {
  from: Date;
  to: Date;
}

export interface KeysHeard {
  /** Answered calls to people who press a key, with that key in the books. */
  asPressed: number;
  /** ... without a key, in a call that a fault met: nobody listened, or what was heard died unwritten. */
  notHeard: number;
  /** ... without a key, far from any fault. Too slow a machine asks its question after the key. */
  missed: number;
  /** ... with another. In sentences. */
  wrong: string[];
}

export async function compareKeys(db: Database, disturbances: readonly Disturbance[]): Promise<KeysHeard> {
  const answered = await db.sql<Answered[]>`
    select id::text, address, keys, coalesce(answered_at, settled_at) as from, settled_at as to
    from attempts where medium = 'voice' and outcome = 'ANSWERED'`;
  const heard: KeysHeard = { asPressed: 0, notHeard: 0, missed: 0, wrong: [] };
  for (const { id, address, keys, ...call } of answered) {
    const pressed = keyOf(address);
    const wasMet = disturbances.some(({ from, to }) => from <= call.to && to >= call.from);
    if (keys === null || keys === '') {
      if (pressed !== undefined) heard[wasMet ? 'notHeard' : 'missed'] += 1;
    } else if (keys === pressed) heard.asPressed += 1;
    else heard.wrong.push(`attempt ${id} has the keys ${keys}, where ${pressed ?? 'none'} was pressed`);
  }
  return heard;
}

interface Answered extends Disturbance {
  id: string;
  address: string;
  keys: string | null;
}
