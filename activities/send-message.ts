/** Sends one message from inside a call: reserved first, settled after, never twice. */

import type { Database } from '../db/client.ts';
import { reserveMessage } from '../db/queries/reserve-message.ts';
import type { Settlement } from '../db/queries/settle-attempts.ts';
import type { FlowEffect } from '../domain/flow/machine.ts';
import type { Outcome } from '../domain/outcome.ts';
import { parsePhone } from '../domain/phone.ts';
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
 * @param call the attempt from inside which the message is sent, and the country whose numbers need no code
 * @returns the message's outcome. UNKNOWN when the provider did not answer, or when a worker died between
 *   handing it over and hearing the answer: it is not sent again
 */
export async function sendMessage(
  deps: SendMessageDeps,
  call: { accountId: number; attemptId: string; defaultCountry: string },
  given: MessageEffect,
): Promise<Outcome> {
  const effect = inFull(given, call.defaultCountry);
  const isSms = effect.type === 'SEND_SMS';
  const sender = isSms ? effect.sender : deps.mailFrom;
  const reservation = await reserveMessage(deps.db, {
    accountId: call.accountId,
    callAttemptId: call.attemptId,
    step: effect.step,
    medium: isSms ? 'sms' : 'email',
    address: effect.to,
    sender,
    provider: isSms ? deps.sms.name : deps.email.name,
  });
  if (reservation.kind === 'BLOCKED') return 'BLOCKED';
  if (reservation.kind === 'EXISTS' && reservation.outcome !== null) return reservation.outcome;
  const sent: Sent =
    isSms && !effect.to.startsWith('+')
      ? { outcome: 'REJECTED', providerRef: '', cause: 'not a valid number' }
      : reservation.kind === 'EXISTS'
        ? {
            outcome: 'UNKNOWN',
            providerRef: '',
            cause: 'the worker stopped before the provider had answered',
          }
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

/**
 * Numbers in E.164, as the lists that may forbid them have them; addresses in lower case. What is no number
 * stays as it is, and is not sent.
 */
function inFull(effect: MessageEffect, defaultCountry: string): MessageEffect {
  if (effect.type === 'SEND_EMAIL') return { ...effect, to: effect.to.toLowerCase() };
  const number = parsePhone(effect.to, defaultCountry)?.e164;
  return { ...effect, to: number ?? effect.to.replace(/^\++/, '') };
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
