/** Sends one message from inside a call: reserved first, settled after, never twice. */
import type { FlowEffect } from '../domain/flow/machine.ts';
import type { Outcome } from '../domain/outcome.ts';
import { parsePhone } from '../domain/phone.ts';
import type { EmailProvider } from '../providers/email/provider.ts';
import type { SmsProvider } from '../providers/sms/provider.ts';
import { type DoOnceDeps, doOnce, type StepEnding } from './do-once.ts';

export interface SendMessageDeps extends DoOnceDeps {
  sms: SmsProvider;
  email: EmailProvider;
  mailFrom: string;
}

type MessageEffect = Extract<FlowEffect, { type: 'SEND_SMS' | 'SEND_EMAIL' }>;

/** What a provider said of a message. */
type Sent = StepEnding & { providerRef: string };

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
  const noNumber = isSms && !effect.to.startsWith('+');
  const step = {
    accountId: call.accountId,
    callAttemptId: call.attemptId,
    step: effect.step,
    medium: isSms ? ('sms' as const) : ('email' as const),
    address: effect.to,
    sender: isSms ? effect.sender : deps.mailFrom,
    provider: isSms ? deps.sms.name : deps.email.name,
  };
  return doOnce(deps, step, {
    act: async (reserved) => (noNumber ? NOT_A_NUMBER : hand(deps, reserved, effect)),
    find: async () => (noNumber ? NOT_A_NUMBER : UNHEARD),
  });
}

const NOT_A_NUMBER: Sent = { outcome: 'REJECTED', providerRef: '', cause: 'not a valid number' };
const UNHEARD: Sent = {
  outcome: 'UNKNOWN',
  providerRef: '',
  cause: 'the worker stopped before the provider had answered',
};

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
