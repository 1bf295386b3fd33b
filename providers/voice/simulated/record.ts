/**
 * The simulated carrier's own record of calls, kept in the journal, with an index in memory so that
 * thousands of attempts are reconciled quickly. Memory stays bounded over millions of calls: the endings
 * of all but the latest are dropped from the index, and a small filter remembers which ids were, so that
 * "never placed" is still answered without reading the files again.
 */
import type { VoiceOutcome } from '../../../domain/outcome.ts';
import { type Journal, type JournalLine, type JournalSource, openJournal } from '../../witness/journal.ts';
import { SeenFilter } from '../../witness/seen-filter.ts';
import type { CallEnding } from '../trunk.ts';

/** Endings kept in memory: about 30 MB. */
const KEPT_ENDINGS = 100_000;

/** What the record says of an attempt. */
export type CallRecord =
  | { state: 'UNHEARD_OF' }
  | { state: 'PLACED'; source: JournalSource }
  | { state: 'ENDED'; ending: CallEnding };

export interface CallRecords {
  /** Reads what other processes have added, and answers. */
  look(attemptId: string): CallRecord;
  /** Whether a call for this attempt is known without reading old files. */
  isKnown(attemptId: string): boolean;
  /** Resolves once the line is in the file: only then may the phone ring. */
  placed(attemptId: string, lastDigits: string): Promise<void>;
  /** The same of a call that somebody makes to us. */
  offered(callId: string): Promise<void>;
  duplicateRefused(attemptId: string): void;
  /**
   * Known at once in this process; resolves once it is in the file. Never rejects: a full disk must not keep
   * callers waiting for the end. Memory has it then, only the file lacks it.
   */
  ended(attemptId: string, ending: CallEnding): Promise<void>;
  close(): void;
}

function endingOf(line: JournalLine): CallEnding {
  return {
    outcome: line.outcome as VoiceOutcome,
    cause: String(line.cause),
    answeredAt: typeof line.answeredAt === 'string' ? new Date(line.answeredAt) : undefined,
    endedAt: new Date(line.at),
  };
}

/** @param keptEndings for tests: how many endings stay in memory */
export function openCallRecords(dir: string, keptEndings = KEPT_ENDINGS): CallRecords {
  /** In progress, or left so by a process that died. */
  const placed = new Map<string, JournalSource>();
  const endings = new Map<string, CallEnding>();
  const dropped = new SeenFilter();

  const remember = (attemptId: string, ending: CallEnding): void => {
    placed.delete(attemptId);
    endings.set(attemptId, ending);
    if (endings.size <= keptEndings) return;
    const oldest = endings.keys().next().value;
    if (oldest === undefined) return;
    endings.delete(oldest);
    dropped.add(oldest);
  };
  const journal: Journal = openJournal({
    dir,
    kind: 'voice',
    onLine(line, source) {
      if (line.attemptId === undefined) return;
      if (line.event === 'PLACED' || line.event === 'OFFERED') placed.set(line.attemptId, source);
      else if (line.event === 'ENDED') remember(line.attemptId, endingOf(line));
    },
  });

  const readAgain = (attemptId: string): CallRecord => {
    for (const { line } of journal.scan()) {
      if (line.event === 'ENDED' && line.attemptId === attemptId) {
        return { state: 'ENDED', ending: endingOf(line) };
      }
    }
    return { state: 'UNHEARD_OF' };
  };
  const inMemory = (attemptId: string): CallRecord | undefined => {
    const ending = endings.get(attemptId);
    if (ending !== undefined) return { state: 'ENDED', ending };
    const source = placed.get(attemptId);
    return source === undefined ? undefined : { state: 'PLACED', source };
  };

  return {
    look(attemptId) {
      journal.refresh();
      const known = inMemory(attemptId);
      if (known !== undefined) return known;
      return dropped.mayHave(attemptId) ? readAgain(attemptId) : { state: 'UNHEARD_OF' };
    },
    isKnown(attemptId) {
      journal.refresh();
      return inMemory(attemptId) !== undefined;
    },
    async placed(attemptId, lastDigits) {
      // Known before it is written, so that a second order in the same moment is refused.
      placed.set(attemptId, journal.source);
      const at = new Date().toISOString();
      try {
        await journal.appendSoon({ event: 'PLACED', attemptId, at, toLast4: lastDigits });
      } catch (error) {
        placed.delete(attemptId);
        throw error;
      }
    },
    async offered(callId) {
      placed.set(callId, journal.source);
      await journal.appendSoon({ event: 'OFFERED', attemptId: callId, at: new Date().toISOString() });
    },
    duplicateRefused(attemptId) {
      journal.append({ event: 'DUPLICATE_REFUSED', attemptId, at: new Date().toISOString() });
    },
    async ended(attemptId, ending) {
      remember(attemptId, ending);
      const line = {
        event: 'ENDED',
        attemptId,
        outcome: ending.outcome,
        cause: ending.cause,
        at: ending.endedAt.toISOString(),
        answeredAt: ending.answeredAt?.toISOString(),
      };
      await journal.appendSoon(line).catch(() => {});
    },
    close: () => journal.close(),
  };
}
