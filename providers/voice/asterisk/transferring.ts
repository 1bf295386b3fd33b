/** Connecting the person with somebody else: a second call on the same server, and a bridge between the two. */
import type { TransferOrder, TransferResult } from '../trunk.ts';
import { AriRefused } from './ari.ts';
import type { AriClient } from './ari-types.ts';
import type { AsteriskCall } from './call.ts';

/** @throws what placing the second call throws; nobody was rung then, unless it says otherwise */
export async function transferCall(
  call: AsteriskCall,
  order: TransferOrder,
  placeLeg: (order: TransferOrder) => Promise<AsteriskCall>,
): Promise<TransferResult> {
  if (call.hasEnded || (await call.answered()).kind === 'ENDED') return neverRung();
  // The person hears it ring; where that is refused they hear nothing, which is no reason not to ring.
  await gently(call, 'ring', (client) => client.channels.ring({ channelId: call.attemptId }));
  const leg = await placeLeg(order);
  const left = call.ended().then(() => 'LEFT' as const);
  left.catch(() => {});
  return together(call, leg, left);
}

/** Goes on with a transfer whose worker died. @returns how it ended */
export async function joinCalls(call: AsteriskCall, leg: AsteriskCall): Promise<TransferResult['endedBy']> {
  const left = call.ended().then(() => 'LEFT' as const);
  left.catch(() => {});
  return (await together(call, leg, left)).endedBy;
}

/** Waits for the second call's answer and connects the two. */
async function together(
  call: AsteriskCall,
  leg: AsteriskCall,
  left: Promise<'LEFT'>,
): Promise<TransferResult> {
  const progress = await Promise.race([leg.answered(), left]);
  await gently(call, 'stop ringing', (client) => client.channels.ringStop({ channelId: call.attemptId }));
  if (progress === 'LEFT') return { endedBy: 'HUNG_UP', leg: await hungUp(leg) };
  if (progress.kind === 'ENDED') return { endedBy: 'NOT_CONNECTED', leg: progress.ending };
  return connected(call, leg, left);
}

async function connected(
  call: AsteriskCall,
  leg: AsteriskCall,
  left: Promise<'LEFT'>,
): Promise<TransferResult> {
  const bridgeId = leg.attemptId;
  try {
    await call.insist('bridge', (client) => client.bridges.createWithId({ bridgeId, type: 'mixing' }));
    await call.insist('connect two calls', (client) =>
      client.bridges.addChannel({ bridgeId, channel: `${call.attemptId},${leg.attemptId}` }),
    );
    const first = await Promise.race([leg.ended(), left]);
    if (first !== 'LEFT') return { endedBy: 'OTHER_LEFT', leg: first };
    return { endedBy: 'HUNG_UP', leg: await hungUp(leg) };
  } catch (error) {
    if (!(error instanceof AriRefused)) throw error;
    // One of the two left in the very moment of connecting.
    const ending = await hungUp(leg);
    return { endedBy: call.hasEnded ? 'HUNG_UP' : 'OTHER_LEFT', leg: ending };
  } finally {
    await call.link
      .command('take the bridge down', (client) => client.bridges.destroy({ bridgeId }))
      .catch(() => {});
  }
}

async function hungUp(leg: AsteriskCall): Promise<TransferResult['leg']> {
  await leg.hangUp();
  return leg.ended();
}

/** The person left before anybody was rung. */
const neverRung = (): TransferResult => ({
  endedBy: 'HUNG_UP',
  leg: {
    outcome: 'CANCELLED',
    cause: 'the person hung up before anybody was rung',
    answeredAt: undefined,
    endedAt: new Date(),
  },
});

async function gently(
  call: AsteriskCall,
  what: string,
  send: (client: AriClient) => Promise<unknown>,
): Promise<void> {
  await call.link.command(what, send).catch((error) => {
    call.log.debug({ attemptId: call.attemptId, err: error }, 'a nicety was refused');
  });
}
