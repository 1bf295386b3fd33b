/**
 * Finding out what became of an attempt: from the servers, while its call is up, and from their records after.
 * Nobody is rung for it; a call nobody carries is taken over.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallEnding, Reconciliation, VoiceCall } from '../trunk.ts';
import { AriAway, AriRefused, AriSilent } from './ari.ts';
import type { AsteriskServer } from './server.ts';

const LOOK_AGAIN_MS = 500;
/** An attempt on a server that is away is waited for so long, then it is UNKNOWN. */
const AWAY_PATIENCE_MS = 30_000;

type Whereabouts =
  | { kind: 'CALL'; call: VoiceCall }
  /** ELSEWHERE: a living process carries it. ON_ITS_WAY: it is coming to one, or just ending. */
  | { kind: 'ELSEWHERE' | 'ON_ITS_WAY' | 'AWAY' | 'NOWHERE' | 'NEVER_DIALLED' };

export class Reconciler {
  readonly #servers: AsteriskServer[];
  /** How calls of this trunk ended. */
  readonly #endings: ReadonlyMap<string, CallEnding>;

  constructor(servers: AsteriskServer[], endings: ReadonlyMap<string, CallEnding>) {
    this.#servers = servers;
    this.#endings = endings;
  }

  /** As `VoiceTrunk.reconcile`. */
  async reconcile(attemptId: string, since?: Date, signal?: AbortSignal): Promise<Reconciliation> {
    const ours = this.#servers.flatMap((server) => server.call(attemptId) ?? [])[0];
    if (ours !== undefined) return { kind: 'LIVE', call: ours };
    const giveUpAt = Date.now() + AWAY_PATIENCE_MS;
    let carriedElsewhere = false;
    for (;;) {
      const ending = this.#endings.get(attemptId);
      if (ending !== undefined) return { kind: 'ENDED', ending };
      const found = await this.#lookEverywhere(attemptId);
      switch (found.kind) {
        case 'CALL':
          return { kind: 'LIVE', call: found.call };
        case 'NEVER_DIALLED':
          return { kind: 'NEVER_PLACED' };
        case 'ELSEWHERE':
          carriedElsewhere = true;
          break;
        case 'ON_ITS_WAY':
          break;
        case 'NOWHERE': {
          const past = await this.#lookBack(attemptId, since);
          return this.#flagged(past, carriedElsewhere);
        }
        case 'AWAY': {
          const past = await this.#lookBack(attemptId, since);
          // Whether it goes on is for the server that is away to say, if it comes back in time.
          if (past.kind !== 'UNKNOWN' || Date.now() > giveUpAt) return this.#flagged(past, carriedElsewhere);
        }
      }
      await sleep(LOOK_AGAIN_MS, undefined, { signal });
    }
  }

  /** Whoever carried it meanwhile knows more of its end. */
  #flagged(past: Reconciliation, carriedElsewhere: boolean): Reconciliation {
    const ended = past.kind === 'ENDED' || past.kind === 'UNKNOWN';
    return ended && carriedElsewhere ? { ...past, carriedElsewhere } : past;
  }

  /** Asks every server for the call, and takes it over where nobody carries it. */
  async #lookEverywhere(id: string): Promise<Whereabouts> {
    let away = false;
    for (const server of this.#servers) {
      try {
        const channel = await server.find(id);
        if (channel === undefined) continue;
        const carried = server.call(id);
        if (carried !== undefined) return { kind: 'CALL', call: carried };
        const custody = await server.custodyOf(channel);
        if (custody === 'ELSEWHERE' || custody === 'ON_ITS_WAY') return { kind: custody };
        if (await server.takeAwayUndialled(channel)) return { kind: 'NEVER_DIALLED' };
        return { kind: 'CALL', call: await server.adopt(channel) };
      } catch (error) {
        // Refused: it ended while we looked, and the next look finds it ended.
        if (error instanceof AriRefused) return { kind: 'ON_ITS_WAY' };
        if (!(error instanceof AriAway || error instanceof AriSilent)) throw error;
        away = true;
      }
    }
    return { kind: away ? 'AWAY' : 'NOWHERE' };
  }

  /**
   * By the servers' records, of which several may know the id: a call that was set up on one that then fell silent
   * is taken away there and goes by the next. An answer counts before all. Else one record that does not tell is
   * enough to say nothing. A call that no record has, or only as made and not dialled, rang nobody.
   */
  async #lookBack(id: string, since: Date | undefined): Promise<Reconciliation> {
    let unknown: Reconciliation | undefined;
    let last: CallEnding | undefined;
    for (const server of this.#servers) {
      const { name } = server.link;
      if (server.records === undefined) {
        unknown ??= { kind: 'UNKNOWN', why: `${name} has no call records this process could read` };
        continue;
      }
      const ending = await server.lookBack(id, since);
      if (ending?.outcome === 'ANSWERED') return { kind: 'ENDED', ending };
      if (ending?.outcome === 'UNKNOWN') unknown ??= { kind: 'UNKNOWN', why: `${name}: ${ending.cause}` };
      else if (ending && (last === undefined || ending.endedAt > last.endedAt)) last = ending;
    }
    if (unknown !== undefined) return unknown;
    return last === undefined ? { kind: 'NEVER_PLACED' } : { kind: 'ENDED', ending: last };
  }
}
