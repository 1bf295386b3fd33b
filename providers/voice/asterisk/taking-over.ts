/**
 * Taking calls over from a connection or a process that is gone. A call in our dialplan, which listens to who
 * answered, cannot be moved or told anything: it comes back by itself, to the heir of the application that
 * sent it there.
 */
import type { AriLink } from './ari.ts';
import type { AriChannel } from './ari-types.ts';
import { DETECTION } from './detection.ts';
import { INBOUND_APP, type Owners } from './owners.ts';

/** Another process carries the call now. Whoever was carrying it must let go of it, and settle nothing. */
export class CallTakenOver extends Error {
  override name = 'CallTakenOver';
}

/** `telephony/asterisk/extensions.conf` reads it. */
const heirVariable = (app: string): string => `CLARION_HEIR_${app}`;

/** Whether a call is being listened to, out of reach of any application. */
export const isListenedTo = (channel: AriChannel): boolean =>
  channel.dialplan.app_name !== 'Stasis' && channel.dialplan.context === DETECTION.context;

/** The application a call is in, or will come back to. Empty: none of ours. */
export const ownerOf = (channel: AriChannel): string =>
  channel.dialplan.app_name === 'Stasis'
    ? (channel.dialplan.app_data.split(',')[0] ?? '')
    : (channel.channelvars?.CLARION_APP ?? '');

/** What becomes of a call that is not carried here. */
export type Custody =
  /** A living process other than this one carries it. */
  | 'ELSEWHERE'
  /** Nobody can reach it now; it comes to whoever inherits it. */
  | 'ON_ITS_WAY'
  /** It has nobody and can be moved. */
  | 'ORPHAN'
  /** A call to us that nobody has taken yet. */
  | 'UNCLAIMED';

/**
 * Says who has a call. One without an owner that is being listened to is claimed, so that it comes to us.
 * @throws what `AriLink.command` throws
 */
export async function custodyOf(link: AriLink, owners: Owners, channel: AriChannel): Promise<Custody> {
  const owner = ownerOf(channel);
  if (owner === '' || owner === INBOUND_APP) return 'UNCLAIMED';
  if (owner === link.app) return isListenedTo(channel) ? 'ON_ITS_WAY' : 'ORPHAN';
  if (!owners.isOurs(owner) && (await owners.lives(owner))) return 'ELSEWHERE';
  if (!isListenedTo(channel)) return 'ORPHAN';
  await claim(link, owners, owner);
  return 'ON_ITS_WAY';
}

/** Makes our application the heir of one that is gone, unless another heir lives. */
async function claim(link: AriLink, owners: Owners, app: string): Promise<void> {
  const { value: heir } = await link.command('see who inherits', (client) =>
    client.asterisk.getGlobalVar({ variable: heirVariable(app) }),
  );
  const isTaken = heir !== '' && heir !== link.app && !owners.isOurs(heir) && (await owners.lives(heir));
  if (!isTaken && heir !== link.app) await inherit(link, app);
}

/** Calls that come back to an application that is gone come to the link's present one. */
export async function inherit(link: AriLink, app: string): Promise<void> {
  await link.command('inherit', (client) =>
    client.asterisk.setGlobalVar({ variable: heirVariable(app), value: link.app }),
  );
}

/**
 * Makes this connection's application the one that hears of a call.
 * @throws what `AriLink.command` throws; AriRefused when the call has just ended, or been sent off to be listened to
 */
export async function takeOver(link: AriLink, channel: AriChannel): Promise<void> {
  const { app } = link;
  const channelId = channel.id;
  await link.command('hear of a call', (client) =>
    client.applications.subscribe({ applicationName: app, eventSource: `channel:${channelId}` }),
  );
  if (isListenedTo(channel)) return;
  await link.command('say whose a call is', (client) =>
    client.channels.setChannelVar({ channelId, variable: 'CLARION_APP', value: app }),
  );
  await link.command('take a call over', (client) =>
    client.channels.move({ channelId, app, appArgs: 'adopted' }),
  );
}
