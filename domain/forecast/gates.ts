/** What every simulated call needs room and pace of: its flow, the account, the engine itself, and one line. */
import { admit, advance, type Load, type PaceLimit } from '../pacing.ts';
import { chooseLine, type LineChoice } from '../trunk.ts';
import type { Crowd } from './crowd.ts';

interface Gate {
  limit: PaceLimit;
  load: Load;
}

const unused = (): Load => ({ inProgress: 0, nextAt: 0 });

export class Gates {
  readonly #gates: readonly Gate[];
  readonly #flow: Gate;
  readonly #lines: LineChoice[];
  readonly #trunk: string | null;

  /** @param enginePerSecond calls that the engine begins at most; @param trunk the one the policy insists on */
  constructor(crowd: Crowd, enginePerSecond: number, trunk: string | null) {
    const engine = { maxInProgress: Number.POSITIVE_INFINITY, perSecond: enginePerSecond };
    this.#flow = { limit: crowd.flowLimit, load: unused() };
    this.#gates = [
      this.#flow,
      { limit: crowd.accountLimit, load: unused() },
      { limit: engine, load: unused() },
    ];
    this.#trunk = trunk;
    this.#lines = crowd.lines.map(({ name, priority, limit }, place) => ({
      name,
      priority,
      limit,
      line: { trunkId: place + 1, endpoint: name, codecs: [] },
      callerIds: [],
      load: unused(),
      state: { up: true },
    }));
  }

  get inProgress(): number {
    return this.#flow.load.inProgress;
  }

  /** 0: there is room and pace; Infinity: until a call ends; else ms until the slowest clock allows one. */
  wait(now: number): number {
    let waitMs = 0;
    for (const { limit, load } of this.#gates) {
      if (admit(limit, load, 1, now) > 0) continue;
      if (load.inProgress >= limit.maxInProgress) return Number.POSITIVE_INFINITY;
      waitMs = Math.max(waitMs, load.nextAt - now);
    }
    if (this.#lines.length === 0 || waitMs > 0) return waitMs;
    const chosen = chooseLine(this.#lines, this.#trunk, now);
    if (chosen.kind === 'LINE') return 0;
    if (chosen.kind === 'AWAY' || chosen.retryAfterMs === 0) return Number.POSITIVE_INFINITY;
    return chosen.retryAfterMs;
  }

  /** A call begins. @returns the place of its line, to be given back; 0 for the platform's default line */
  take(now: number): number {
    for (const { limit, load } of this.#gates) {
      load.nextAt = advance(limit, load.nextAt, 1, now);
      load.inProgress += 1;
    }
    if (this.#lines.length === 0) return 0;
    const chosen = chooseLine(this.#lines, this.#trunk, now);
    if (chosen.kind !== 'LINE') return 0;
    const { limit, load, line } = chosen.choice;
    load.nextAt = advance(limit, load.nextAt, 1, now);
    load.inProgress += 1;
    return line?.trunkId ?? 0;
  }

  /** A call has ended. */
  free(line: number): void {
    for (const { load } of this.#gates) load.inProgress -= 1;
    const used = this.#lines[line - 1];
    if (used) used.load.inProgress -= 1;
  }
}
