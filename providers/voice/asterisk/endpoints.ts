/**
 * Whether the lines of one server (PJSIP endpoints) work: one that Asterisk does not know, or whose carrier does
 * not answer its qualifying OPTIONS, takes no calls until it does.
 */
import { type AriLink, AriMissing } from './ari.ts';

/** Lines in use are looked at this often. */
const LOOK_MS = 5_000;
/** One nobody has asked for in so long is not looked at any more. */
const FORGET_MS = 3_600_000;
/** A line that refused a call is left alone for so long. */
const REST_MS = 3_000;

export class Endpoints {
  readonly #link: AriLink;
  readonly #changed: () => void;
  /** By endpoint: why it cannot be used, if so, and when it was last asked for. */
  readonly #known = new Map<string, { trouble: string | undefined; askedAt: number }>();
  #busy = false;
  readonly #resting = new Map<string, { why: string; timer: ReturnType<typeof setTimeout> }>();
  readonly #looking: ReturnType<typeof setInterval>;

  constructor(link: AriLink, changed: () => void) {
    this.#link = link;
    this.#changed = changed;
    this.#looking = setInterval(() => void this.#lookAtAll(), LOOK_MS);
    link.on('up', () => void this.#lookAtAll());
  }

  /** Why the line cannot be used, as far as is known; a line never asked for before is being looked at from now on. */
  trouble(endpoint: string): string | undefined {
    const resting = this.#resting.get(endpoint);
    if (resting !== undefined) return resting.why;
    const known = this.#known.get(endpoint);
    if (known !== undefined) {
      known.askedAt = Date.now();
      return known.trouble;
    }
    this.#known.set(endpoint, { trouble: undefined, askedAt: Date.now() });
    void this.#look(endpoint);
    return undefined;
  }

  /** A call by this line was refused before it left the server. */
  refused(endpoint: string, why: string): void {
    clearTimeout(this.#resting.get(endpoint)?.timer);
    const timer = setTimeout(() => {
      this.#resting.delete(endpoint);
      this.#changed();
    }, REST_MS);
    this.#resting.set(endpoint, { why: `line "${endpoint}": ${why}`, timer });
    this.#changed();
  }

  close(): void {
    clearInterval(this.#looking);
    for (const { timer } of this.#resting.values()) clearTimeout(timer);
  }

  async #lookAtAll(): Promise<void> {
    // A server that does not answer holds each look up: the next round waits for this one.
    if (this.#busy) return;
    this.#busy = true;
    for (const [endpoint, { askedAt }] of [...this.#known]) {
      if (Date.now() - askedAt > FORGET_MS) this.#known.delete(endpoint);
      else await this.#look(endpoint);
    }
    this.#busy = false;
  }

  async #look(endpoint: string): Promise<void> {
    if (this.#link.away !== undefined) return;
    try {
      const { state } = await this.#link.command('look at a line', (client) =>
        client.endpoints.get({ tech: 'PJSIP', resource: endpoint }),
      );
      this.#note(
        endpoint,
        state === 'offline'
          ? `line "${endpoint}" of ${this.#link.name}: the far end does not answer`
          : undefined,
      );
    } catch (error) {
      if (error instanceof AriMissing) this.#note(endpoint, `${this.#link.name} has no line "${endpoint}"`);
    }
  }

  #note(endpoint: string, why: string | undefined): void {
    const known = this.#known.get(endpoint);
    if (known === undefined || known.trouble === why) return;
    known.trouble = why;
    this.#changed();
  }
}
