/** A person's journey: the interpreter's notes with the time each was made. What the ledger keeps and reports show. */
import type { JourneyNote } from './machine.ts';

export interface JourneyEntry extends JourneyNote {
  /** ISO 8601, UTC. */
  at: string;
}

/** The notes of one step, which all happened at the same moment. */
export function journeyEntries(notes: readonly JourneyNote[], now: Date): JourneyEntry[] {
  const at = now.toISOString();
  return notes.map((note) => ({ at, ...note }));
}
