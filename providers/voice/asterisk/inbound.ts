/**
 * Calls to us on one server. Asterisk's dialplan hands them, still ringing, to one application, and one process
 * holds it; should that process die, another takes its place and is told of the calls that still ring.
 */
import ari from 'ari-client';
import type { Logger } from '../../../log.ts';
import type { InboundOffer } from '../trunk.ts';
import { type AriLink, AriRefused, type AriServerOptions, withDeadline } from './ari.ts';
import type { AriChannel, AriClient, AriEvent } from './ari-types.ts';
import { INBOUND_APP, type Owners } from './owners.ts';

/** Which trunk holds the application, for the others to see whether it lives. */
const HOLDER_VARIABLE = 'CLARION_INBOUND';
const LOOK_MS = 1_000;
const CONNECT_DEADLINE_MS = 5_000;

export class InboundCalls {
  readonly #options: AriServerOptions;
  readonly #link: AriLink;
  readonly #owners: Owners;
  readonly #log: Logger;
  readonly #listener: (offer: InboundOffer) => void;
  #holding: AriClient | undefined;
  #busy = false;
  readonly #looking: ReturnType<typeof setInterval>;

  constructor(
    options: AriServerOptions,
    deps: { link: AriLink; owners: Owners; log: Logger; listener: (offer: InboundOffer) => void },
  ) {
    this.#options = options;
    this.#link = deps.link;
    this.#owners = deps.owners;
    this.#log = deps.log;
    this.#listener = deps.listener;
    this.#looking = setInterval(() => void this.#look(), LOOK_MS);
    this.#link.on('up', () => void this.#look());
    this.#link.on('down', () => this.#letGo());
    void this.#look();
  }

  close(): void {
    clearInterval(this.#looking);
    this.#letGo();
  }

  #letGo(): void {
    const client = this.#holding;
    this.#holding = undefined;
    client?.stop();
  }

  async #look(): Promise<void> {
    if (this.#busy || this.#holding !== undefined || this.#link.away !== undefined) return;
    this.#busy = true;
    try {
      const { value: holder } = await this.#link.command('see who takes calls', (client) =>
        client.asterisk.getGlobalVar({ variable: HOLDER_VARIABLE }),
      );
      const held = holder !== '' && !this.#owners.isOurs(holder) && (await this.#owners.lives(holder));
      if (!held) await this.#hold();
    } catch (error) {
      this.#log.debug({ server: this.#link.name, err: error }, 'calls to us could not be taken yet');
    } finally {
      this.#busy = false;
    }
  }

  async #hold(): Promise<void> {
    const { url, user, password } = this.#options;
    await this.#link.command('say who takes calls', (client) =>
      client.asterisk.setGlobalVar({ variable: HOLDER_VARIABLE, value: this.#link.app }),
    );
    const client = (await withDeadline(
      ari.connect(url, user, password),
      CONNECT_DEADLINE_MS,
      'connecting for calls to us',
    )) as unknown as AriClient;
    try {
      await this.#listen(client);
    } catch (error) {
      if (this.#holding === client) this.#holding = undefined;
      client.stop();
      throw error;
    }
    this.#log.info({ server: this.#link.name }, 'calls to us are taken here');
  }

  async #listen(client: AriClient): Promise<void> {
    const lost = () => {
      client.stop();
      if (this.#holding === client) this.#holding = undefined;
    };
    client.on('*', (event) => {
      if (this.#holding !== client) return;
      if (event.type === 'ApplicationReplaced') lost();
      else this.#handle(event);
    });
    client.on('WebSocketReconnecting', lost);
    this.#holding = client;
    await withDeadline(client.start(INBOUND_APP), CONNECT_DEADLINE_MS, 'listening for calls to us');
    client.on('WebSocketConnected', () => {
      if (this.#holding !== client) client.stop();
    });
    await this.#offerRinging();
  }

  /** Those that began to ring while nobody listened; some may be offered twice, which the listener bears. */
  async #offerRinging(): Promise<void> {
    const channels = await this.#link.command('list calls', (client) => client.channels.list());
    for (const channel of channels) {
      const { app_name, app_data } = channel.dialplan;
      const [app, did] = app_data.split(',');
      if (app_name === 'Stasis' && app === INBOUND_APP && channel.state !== 'Up')
        this.#offer(channel, did ?? '');
    }
  }

  #handle(event: AriEvent): void {
    const { channel } = event;
    if (event.type === 'StasisStart' && channel) this.#offer(channel, event.args?.[0] ?? '');
  }

  #offer(channel: AriChannel, did: string): void {
    this.#listener({ callId: channel.id, did, caller: channel.caller.number });
  }
}

/** Turns a call away with a Q.850 cause. Harmless when it has ended. */
export async function refuseCall(link: AriLink, channelId: string, cause: number): Promise<void> {
  await link
    .command('refuse a call', (client) => client.channels.hangup({ channelId, reason_code: String(cause) }))
    .catch((error) => {
      if (!(error instanceof AriRefused)) throw error;
    });
}
