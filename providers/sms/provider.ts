/** What an SMS provider is to Clarion. The contract suite is `test/contract/sms-provider.ts`. */
import type { MessageOutcome } from '../../domain/outcome.ts';

export interface SmsMessage {
  /** Also the client reference given to the provider, where it takes one. */
  attemptId: string;
  /** E.164. */
  to: string;
  sender: string | undefined;
  text: string;
  /** Attempts of this person before this one. */
  priorAttempts: number;
}

/** `outcome` is what is known when the provider has answered; a receipt may change SENT later. */
export interface SmsResult {
  outcome: Extract<MessageOutcome, 'SENT' | 'DELIVERED' | 'UNDELIVERED' | 'REJECTED'>;
  providerRef: string;
  cause: string;
}

export interface SmsProvider {
  readonly name: string;
  /** Sends at most once for an attempt id. An error leaves the attempt unknown. */
  send(message: SmsMessage): Promise<SmsResult>;
  close(): Promise<void>;
}
