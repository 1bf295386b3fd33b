/** What a call is told when it is begun, and what it may ask of its server. */
import type { Logger } from '../../../log.ts';
import type { Sounds } from '../../speech/sounds.ts';
import type { CallEnding, TransferOrder } from '../trunk.ts';
import type { AriLink } from './ari.ts';
import type { AsteriskCall } from './call.ts';

/** What one must know of a call to carry it, and keeps in a variable of it for whoever adopts it. */
export interface CallFacts {
  /** Unix ms; nobody lets it ring for longer. Calls to us ring as long as their caller likes. */
  ringsUntil?: number;
  inbound: boolean;
  detectMachine: boolean;
  awaitGreetingEnd: boolean;
  maxCallMs: number;
}

export interface CallDeps {
  link: AriLink;
  sounds: Sounds;
  log: Logger;
  /** Places the second call of a transfer on the same server. */
  placeLeg(order: TransferOrder): Promise<AsteriskCall>;
  /** How a call ended that Asterisk no longer knows: from its record. */
  lookBack(call: AsteriskCall): Promise<CallEnding>;
  ended(call: AsteriskCall, ending: CallEnding): void;
  /** Somebody else carries it now. */
  letGo(call: AsteriskCall): void;
}
