/**
 * Whether the lines of one server (PJSIP endpoints) work: one that Asterisk does not know, or whose carrier does
 * not answer its qualifying OPTIONS, takes no calls until it does.
 */
import { type AriLink, AriRefused } from './ari.ts';

/** Lines in use are looked at this often. */
const LOOK_MS = 5_000;
/** A line that refused a call is left alone for so long. */
const REST_MS = 3_000;

export class Endpoints {
  readonly #link: AriLink;
  readonly #changed: () => void;
  /** By endpoint: why it cannot be used, or undefined. */
  readonly #troubles = new Map<string, string | undefined>();
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
    if (!this.#troubles.has(endpoint)) {
      this.#troubles.set(endpoint, undefined);
      void this.#look(endpoint);
    }
    return this.#troubles.get(endpoint);
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
    for (const endpoint of [...this.#troubles.keys()]) await this.#look(endpoint);
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
      if (error instanceof AriRefused) this.#note(endpoint, `${this.#link.name} has no line "${endpoint}"`);
    }
  }

  #note(endpoint: string, why: string | undefined): void {
    if (this.#troubles.get(endpoint) === why) return;
    this.#troubles.set(endpoint, why);
    this.#changed();
  }
}
