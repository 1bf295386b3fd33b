/**
 * What a battered run is played on: the simulated network or real telephones. A scene says how the stack is
 * started, who is called, what is done to it, and how the calls it really made are told.
 */
import type { Handover } from '../local/data-dir.ts';
import type { Chance } from './seeded.ts';

/** One thing done to the stack at a random moment. */
export type Fault =
  /** `kill -9` of these parts at once. */
  | { kind: 'KILL'; parts: readonly string[] | 'everything' }
  /** SIGSTOP, and after a while SIGCONT: it is there and does not answer. */
  | { kind: 'FREEZE'; part: string; ms: number };

/** A call that reached the network, by the network's own account. */
export interface PlacedCall {
  /** Empty where the network was given none. */
  attemptId: string;
  /** E.164; absent where the network did not write it down. */
  called?: string;
}

export interface Scene {
  /** Of `npm start`. */
  args: string[];
  env: Record<string, string>;
  /** Whom to call, by the name of a published flow. */
  flowName: string;
  /** People of a campaign unless it is said otherwise. */
  people: number;
  /** How long to wait for the moment of a fault, ms, drawn between these. */
  momentMs: readonly [from: number, to: number];
  /**
   * Calls that must have begun since the last fault before a moment is drawn, so that faults meet a stack that
   * works. 0: any moment will do.
   */
  callsBegun: number;
  /** Share of faults, of 1, that do not wait for that: they meet a stack that is still coming back. */
  hasty: number;
  /** Once, on a stack that has just started. */
  prepare(at: Handover): Promise<void>;
  fault(chance: Chance): Fault;
  /** The list of the nth campaign, as CSV. */
  list(chance: Chance, campaign: number, people: number): string;
  /**
   * Calls the network has, at the end, and what is wrong with the network's own account, in sentences.
   * @param dataDir of the stack
   */
  witness(at: Handover, dataDir: string): Promise<{ placed: PlacedCall[]; faults: string[] }>;
  /** Whether the network can only have known outcomes of calls it has: each needs exactly one call. */
  strict: boolean;
}

export function faultText(fault: Fault): string {
  if (fault.kind === 'FREEZE')
    return `SIGSTOP of ${fault.part} for ${(fault.ms / 1000).toFixed(1)} s, then SIGCONT`;
  return `kill -9 of ${fault.parts === 'everything' ? fault.parts : fault.parts.join(' and ')}`;
}
