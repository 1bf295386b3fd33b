/** Taking a call over from a connection or a process that is gone. */
import { type AriLink, AriRefused } from './ari.ts';

/** Another process carries the call now. Whoever was carrying it must let go of it, and settle nothing. */
export class CallTakenOver extends Error {
  override name = 'CallTakenOver';
}

/**
 * Makes this connection's application the one that hears of a call, and that the dialplan gives it back to.
 * @throws what `AriLink.command` throws; AriRefused when the call has just ended
 */
export async function takeOver(link: AriLink, channelId: string): Promise<void> {
  const { app } = link;
  await link.command('say whose a call is', (client) =>
    client.channels.setChannelVar({ channelId, variable: 'CLARION_APP', value: app }),
  );
  await link.command('hear of a call', (client) =>
    client.applications.subscribe({ applicationName: app, eventSource: `channel:${channelId}` }),
  );
  // Refused while the call is in the dialplan: from there it comes back to `CLARION_APP`.
  await link
    .command('take a call over', (client) => client.channels.move({ channelId, app, appArgs: 'adopted' }))
    .catch((error) => {
      if (!(error instanceof AriRefused)) throw error;
    });
}
