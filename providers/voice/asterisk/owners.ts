/**
 * Who carries a call, and whether that process still lives. A call's owner is the Asterisk application it is in;
 * the application's name tells the process. On the same machine the kernel knows whether it lives; of
 * another machine's process we know it by a counter it keeps turning in a global variable of Asterisk.
 */
import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { processLives, processStart } from '../../witness/process-lives.ts';
import type { AriLink } from './ari.ts';

/** The same for processes that can see each other: same name, same start of the kernel, same process ids. */
const HOST = createHash('sha256')
  .update([hostname(), bootId(), processIds()].join('\n'))
  .digest('hex')
  .slice(0, 12);
const START = processStart(process.pid) ?? String(Date.now());

/** Applications of calls we place or carry. The one of calls to us is `INBOUND_APP`. */
const PREFIX = 'clarion';

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8');
  } catch {
    return '';
  }
}

/** Which process ids this process sees: each container has its own. */
function processIds(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

/** `clarion-inbound` holds calls to us until somebody carries them. */
export const INBOUND_APP = 'clarion-inbound';

/** @param trunk tells several trunks of one process apart; `connection` counts this one's connections */
export const appName = (trunk: number, connection: number): string =>
  [PREFIX, HOST, process.pid, START, trunk, connection].join('-');

interface Owner {
  host: string;
  pid: number;
  start: string;
  /** All connections of one trunk have it in common. */
  lease: string;
}

function parseApp(app: string): Owner | undefined {
  const [prefix, host, pid, start, trunk, connection] = app.split('-');
  if (prefix !== PREFIX || connection === undefined || host === undefined || start === undefined)
    return undefined;
  return { host, pid: Number(pid), start, lease: [PREFIX, host, pid, start, trunk].join('-') };
}

/** Leases of this process's trunks that have not been closed. */
const ours = new Set<string>();

const leaseVariable = (lease: string): string => `CLARION_LEASE_${lease}`;

/** The same for all connections of a link. */
const leaseOf = (link: AriLink): string => parseApp(link.app)?.lease ?? link.app;

/** An owner turns its counter this often. */
const TURN_MS = 1_500;
/** One whose counter has stood still for so long is gone. */
const STANDSTILL_MS = 6_000;

/** The owners seen on one server. */
export class Owners {
  readonly #link: AriLink;
  readonly #seen = new Map<string, { value: string; since: number }>();
  #turns = 0;
  #turning: ReturnType<typeof setInterval>;

  constructor(link: AriLink) {
    this.#link = link;
    ours.add(leaseOf(link));
    this.#turning = setInterval(() => void this.#turn(), TURN_MS);
    link.on('up', () => void this.#turn());
  }

  /** Whether this trunk itself, by this or an earlier connection, is the owner. */
  isOurs(app: string): boolean {
    return parseApp(app)?.lease === leaseOf(this.#link);
  }

  /**
   * Whether the process behind an application lives. One whose counter we see for the first time is taken to.
   * An application that is not ours to know lives too: its calls are none of our business.
   * @throws what `AriLink.command` throws
   */
  async lives(app: string): Promise<boolean> {
    const owner = parseApp(app);
    if (owner === undefined) return app !== INBOUND_APP;
    if (owner.pid === process.pid && owner.host === HOST && owner.start === START)
      return ours.has(owner.lease);
    if (owner.host === HOST) return processLives(owner.pid, owner.start);
    const variable = leaseVariable(owner.lease);
    const { value } = await this.#link.command('read a lease', (client) =>
      client.asterisk.getGlobalVar({ variable }),
    );
    const seen = this.#seen.get(owner.lease);
    if (seen === undefined || seen.value !== value) {
      this.#seen.set(owner.lease, { value, since: Date.now() });
      return true;
    }
    return Date.now() - seen.since < STANDSTILL_MS;
  }

  close(): void {
    const variable = leaseVariable(leaseOf(this.#link));
    ours.delete(leaseOf(this.#link));
    clearInterval(this.#turning);
    // Without a value Asterisk forgets the variable. One that is left behind does no harm.
    this.#link
      .command('give the lease up', (client) => client.asterisk.setGlobalVar({ variable }))
      .catch(() => {});
  }

  async #turn(): Promise<void> {
    if (this.#link.away !== undefined) return;
    const lease = leaseOf(this.#link);
    this.#turns += 1;
    const value = String(this.#turns);
    // One that is missed does no harm: the next comes in time.
    await this.#link
      .command('turn the lease', (client) =>
        client.asterisk.setGlobalVar({ variable: leaseVariable(lease), value }),
      )
      .catch(() => {});
  }
}
