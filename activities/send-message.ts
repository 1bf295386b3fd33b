/** Sends one message from inside a call: reserved first, settled after, never twice. */

import type { Database } from '../db/client.ts';
import { reserveMessage } from '../db/queries/reserve-message.ts';
import type { Settlement } from '../db/queries/settle-attempts.ts';
import type { FlowEffect } from '../domain/flow/machine.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { EmailProvider } from '../providers/email/provider.ts';
import type { SmsProvider } from '../providers/sms/provider.ts';

export interface SendMessageDeps {
  db: Database;
  settle: (settlement: Settlement) => Promise<void>;
  sms: SmsProvider;
  email: EmailProvider;
  mailFrom: string;
  now: () => Date;
}

type MessageEffect = Extract<FlowEffect, { type: 'SEND_SMS' | 'SEND_EMAIL' }>;

/** What a provider said of a message. */
interface Sent {
  outcome: Outcome;
  providerRef: string;
  cause: string;
}

/**
 * @param call the attempt from inside which the message is sent
 * @returns the message's outcome. UNKNOWN when the provider did not answer, or when a worker died between
 *   handing it over and hearing the answer: it is not sent again
 */
export async function sendMessage(
  deps: SendMessageDeps,
  call: { accountId: number; attemptId: string },
  effect: MessageEffect,
): Promise<Outcome> {
  const isSms = effect.type === 'SEND_SMS';
  const sender = isSms ? effect.sender : deps.mailFrom;
  const reservation = await reserveMessage(deps.db, {
    accountId: call.accountId,
    callAttemptId: call.attemptId,
    step: effect.step,
    medium: isSms ? 'sms' : 'email',
    address: isSms ? effect.to : effect.to.toLowerCase(),
    sender,
    provider: isSms ? deps.sms.name : deps.email.name,
  });
  if (reservation.kind === 'BLOCKED') return 'BLOCKED';
  if (reservation.kind === 'EXISTS' && reservation.outcome !== null) return reservation.outcome;
  const sent: Sent =
    reservation.kind === 'EXISTS'
      ? { outcome: 'UNKNOWN', providerRef: '', cause: 'the worker stopped before the provider had answered' }
      : await hand(deps, reservation, effect);
  await deps.settle({
    accountId: call.accountId,
    attemptId: reservation.id,
    outcome: sent.outcome,
    cause: sent.cause,
    providerRef: sent.providerRef,
    settledAt: deps.now(),
  });
  return sent.outcome;
}

/** Hands the message to its provider. Whatever goes wrong from here on leaves it unknown. */
async function hand(
  deps: SendMessageDeps,
  reserved: { id: string; attemptNo: number },
  effect: MessageEffect,
): Promise<Sent> {
  try {
    if (effect.type === 'SEND_SMS') {
      return await deps.sms.send({
        attemptId: reserved.id,
        to: effect.to,
        sender: effect.sender,
        text: effect.text,
        priorAttempts: reserved.attemptNo - 1,
      });
    }
    return await deps.email.send({
      reference: reserved.id,
      from: deps.mailFrom,
      to: [effect.to],
      subject: effect.subject,
      text: effect.text,
      ...(effect.html !== undefined && { html: effect.html }),
    });
  } catch (error) {
    return {
      outcome: 'UNKNOWN',
      providerRef: '',
      cause: error instanceof Error ? error.message : String(error),
    };
  }
}
