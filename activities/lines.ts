/**
 * Which lines can take calls, as this process sees it: what the trunk says of them, and what it did. A line
 * that refuses a call although it is said to be up rests for a while, longer each time, so that attempts are
 * not reserved and withdrawn in a circle.
 */
import { type Line, type LineState, lineKey } from '../domain/trunk.ts';
import type { VoiceTrunk } from '../providers/voice/trunk.ts';

export interface Lines {
  /** Never waits. Without a line: the platform's default line. */
  state(line: Line | undefined): LineState;
  /** A call was refused before anything was done for it. @param why the trunk's own words */
  refused(line: Line | undefined, why: string): void;
  /** A call was taken. */
  taken(line: Line | undefined): void;
  /** Calls back at every change of any line, and when a rest is over. @returns a function that ends it */
  onChange(listener: () => void): () => void;
}

const FIRST_REST_MS = 250;
const LONGEST_REST_MS = 10_000;

interface Rest {
  until: number;
  ms: number;
  why: string;
}

export function createLines(trunk: Pick<VoiceTrunk, 'state' | 'stateChanged'>): Lines {
  const rests = new Map<number, Rest>();
  const listeners = new Set<() => void>();
  let watching = false;
  const tell = (): void => {
    for (const listener of [...listeners]) listener();
  };
  const watch = async (): Promise<void> => {
    watching = true;
    while (listeners.size > 0) {
      await trunk.stateChanged();
      tell();
    }
    watching = false;
  };
  return {
    state(line) {
      const state = trunk.state(line);
      if (!state.up) return state;
      const rest = rests.get(lineKey(line));
      if (!rest || rest.until <= performance.now()) return state;
      return { up: false, why: `a call was refused: ${rest.why}` };
    },
    refused(line, why) {
      const before = rests.get(lineKey(line));
      // Calls that were under way when the first was refused say nothing new.
      if (before && before.until > performance.now()) return;
      const ms = Math.min(LONGEST_REST_MS, before ? before.ms * 2 : FIRST_REST_MS);
      rests.set(lineKey(line), { until: performance.now() + ms, ms, why });
      // A little later, so that the rest is over whatever the timer's precision.
      setTimeout(tell, ms + 5).unref();
    },
    taken(line) {
      rests.delete(lineKey(line));
    },
    onChange(listener) {
      listeners.add(listener);
      // Should the trunk ever fail to say so, waiting attempts still look every second.
      if (!watching) watch().catch(() => (watching = false));
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
