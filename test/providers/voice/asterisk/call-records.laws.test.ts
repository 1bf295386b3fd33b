/** Whatever is done to a server's record of calls, it never tells of a call what the whole of it would not. */
import { appendFileSync, existsSync, mkdtempSync, renameSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type CallRecord,
  CallRecords,
  CannotTell,
} from '../../../../providers/voice/asterisk/call-records.ts';
import { scratchDir } from '../../../support/scratch-dir.ts';
import { FIRST_NAME, hangup, line } from './record-lines.ts';

const dir = scratchDir();

type Fate = 'ANSWERED' | 'UNANSWERED' | 'IN_PROGRESS';
/** What becomes of the file between two lines. */
const TURNS = ['ROTATE', 'PACK', 'REMOVE_OLDEST', 'LOOK'] as const;
type Turn = (typeof TURNS)[number];

const idOf = (no: number): string => `call-${no}`;
const START_SECONDS = 1_000_000;

/** All lines of all calls, interleaved: `order` says whose line comes next. */
function script(fates: Fate[], order: number[]): { no: number; text: string }[] {
  const events: Record<Fate, string[]> = {
    ANSWERED: ['CHAN_START', 'ANSWER', 'HANGUP'],
    UNANSWERED: ['CHAN_START', 'HANGUP'],
    IN_PROGRESS: ['CHAN_START'],
  };
  const waiting = fates.map((fate) => [...events[fate]]);
  const lines: { no: number; text: string }[] = [];
  const next = (no: number): void => {
    const event = waiting[no]?.shift();
    if (event === undefined) return;
    const at = START_SECONDS + lines.length;
    const name = lines.length === 0 ? FIRST_NAME : undefined;
    const text = event === 'HANGUP' ? hangup(at, idOf(no), 16) : line(event, at, idOf(no), '', name);
    lines.push({ no, text });
  };
  for (const turn of order) next(turn % fates.length);
  for (const no of fates.keys()) while ((waiting[no] ?? []).length > 0) next(no);
  return lines;
}

/** A server's folder, and what an operator does in it. */
class Folder {
  readonly path: string;
  readonly #dir: string;
  #rotated: string[] = [];
  #names = 0;

  constructor() {
    this.#dir = mkdtempSync(join(dir, 'server-'));
    this.path = join(this.#dir, 'clarion.csv');
  }

  /** @param seconds when the last line was written */
  turn(turn: Turn, seconds: number): void {
    const name = `clarion-${this.#names++}.csv`;
    if (turn === 'ROTATE' && existsSync(this.path)) {
      renameSync(this.path, join(this.#dir, name));
      this.#rotated.push(name);
    }
    if (turn === 'REMOVE_OLDEST') {
      const oldest = this.#rotated.shift();
      if (oldest !== undefined) rmSync(join(this.#dir, oldest));
    }
    if (turn === 'PACK') {
      const newest = this.#rotated.pop();
      if (newest === undefined) return;
      rmSync(join(this.#dir, newest));
      appendFileSync(join(this.#dir, `${newest}.gz`), 'not to be read');
      utimesSync(join(this.#dir, `${newest}.gz`), seconds, seconds);
    }
  }

  remove(): void {
    rmSync(this.#dir, { recursive: true });
  }
}

const brief = (record: CallRecord | undefined): Fate | 'NONE' => {
  if (record === undefined) return 'NONE';
  if (record.answeredAt !== undefined) return 'ANSWERED';
  return record.endedAt === undefined ? 'IN_PROGRESS' : 'UNANSWERED';
};

const given = fc.record({
  fates: fc.array(fc.constantFrom<Fate>('ANSWERED', 'UNANSWERED', 'IN_PROGRESS'), {
    minLength: 1,
    maxLength: 6,
  }),
  order: fc.array(fc.nat(5), { maxLength: 20 }),
  turns: fc.array(fc.tuple(fc.nat(20), fc.constantFrom(...TURNS)), { maxLength: 8 }),
  stretchBytes: fc.constantFrom(64, 300, 262_144),
});

it('tells of a call what the whole record would, or that it cannot', async () => {
  await fc.assert(
    fc.asyncProperty(given, async ({ fates, order, turns, stretchBytes }) => {
      const folder = new Folder();
      const watching = new CallRecords(folder.path, stretchBytes);
      const lines = script(fates, order);
      for (const [index, { text }] of lines.entries()) {
        for (const [at, turn] of turns) {
          if (at !== index) continue;
          if (turn === 'LOOK') await watching.look(idOf(0)).catch(() => {});
          else folder.turn(turn, START_SECONDS + index - 1);
        }
        appendFileSync(folder.path, text);
        utimesSync(folder.path, START_SECONDS + index, START_SECONDS + index);
      }
      const isRotatedOnly = turns.every(([, turn]) => turn === 'ROTATE' || turn === 'LOOK');
      const since = new Date(START_SECONDS * 1000);
      for (const records of [watching, new CallRecords(folder.path, stretchBytes)]) {
        for (const [no, fate] of [...fates, 'NONE' as const].entries()) {
          const told = await records.look(idOf(no), since).then(brief, (error) => {
            expect(error).toBeInstanceOf(CannotTell);
            return 'CANNOT_TELL' as const;
          });
          // Where nothing was taken away, all is told.
          expect(isRotatedOnly ? [fate] : [fate, 'CANNOT_TELL'], `${idOf(no)} is ${fate}`).toContain(told);
        }
      }
      folder.remove();
    }),
    { numRuns: 300 },
  );
});
