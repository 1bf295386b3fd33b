/**
 * The simulated SMS gateway: the last digit of a number decides what becomes of a message. It sends once
 * for an attempt id and answers a repetition as the first time, also after a restart: its record is kept
 * outside the database, without numbers in clear and without texts.
 */
import { type JournalLine, openJournal } from '../witness/journal.ts';
import type { SmsMessage, SmsProvider, SmsResult } from './provider.ts';

/** Where the messages can be read in development: a person's phone, so to say. */
export interface SimulatedSms extends SmsMessage, SmsResult {
  at: Date;
}

export interface SimulatedSmsOptions {
  witnessDir: string;
  /** Told of an answer to a message: numbers ending in 5 and 6 answer with the digit before the last. */
  onReply?: (reply: { attemptId: string; from: string; text: string }) => void;
}

export interface SimulatedSmsProvider extends SmsProvider {
  /** The latest messages sent by this process, oldest first; at most `KEPT_MESSAGES`. */
  recent(): SimulatedSms[];
}

export const KEPT_MESSAGES = 1000;
/** Results kept to answer repetitions from, about 30 MB; the ledger keeps older ones from being repeated. */
const KEPT_RESULTS = 100_000;
/** GSM 03.40 concatenation: 255 parts of 153 characters. */
const MAX_TEXT_LENGTH = 255 * 153;

/** What the person at a number makes of a message. Pure. */
export function smsFate(message: Pick<SmsMessage, 'to' | 'priorAttempts'>): Omit<SmsResult, 'providerRef'> & {
  reply: string | undefined;
} {
  const digits = message.to.replace(/\D/g, '');
  const fate = (outcome: SmsResult['outcome'], cause: string, reply?: string) => ({ outcome, cause, reply });
  switch (digits.at(-1)) {
    case undefined:
      return fate('REJECTED', 'invalid destination');
    case '1':
      return fate('UNDELIVERED', 'absent subscriber');
    case '2':
      return fate('SENT', 'accepted, no receipt');
    case '4':
      return fate('REJECTED', 'unknown subscriber');
    case '5':
    case '6':
      return fate('DELIVERED', 'delivered', digits.at(-2) ?? '0');
    case '8':
      if (message.priorAttempts === 0) return fate('UNDELIVERED', 'network failure');
      return fate('DELIVERED', 'delivered');
    default:
      return fate('DELIVERED', 'delivered');
  }
}

function resultOf(line: JournalLine): SmsResult {
  return {
    outcome: line.outcome as SmsResult['outcome'],
    providerRef: String(line.providerRef),
    cause: String(line.cause),
  };
}

export function createSimulatedSms(options: SimulatedSmsOptions): SimulatedSmsProvider {
  const results = new Map<string, SmsResult>();
  const messages: SimulatedSms[] = [];
  const remember = (attemptId: string, result: SmsResult): void => {
    results.set(attemptId, result);
    const oldest = results.keys().next().value;
    if (results.size > KEPT_RESULTS && oldest !== undefined) results.delete(oldest);
  };
  const journal = openJournal({
    dir: options.witnessDir,
    kind: 'sms',
    onLine: (line) => {
      if (line.event === 'SENT' && line.attemptId !== undefined) remember(line.attemptId, resultOf(line));
    },
  });

  return {
    name: 'simulated',
    async send(message) {
      journal.refresh();
      const { attemptId } = message;
      const at = new Date();
      const first = results.get(attemptId);
      if (first !== undefined) {
        journal.append({ event: 'REPEATED', attemptId, at: at.toISOString() });
        return first;
      }
      const tooLong = message.text.length > MAX_TEXT_LENGTH;
      const { reply, ...fate } = tooLong
        ? { outcome: 'REJECTED' as const, cause: 'text too long', reply: undefined }
        : smsFate(message);
      const result: SmsResult = { ...fate, providerRef: `sim-${attemptId}` };
      // To have it in the record is to have sent it: there is nothing between the two for a crash to part.
      journal.append({
        event: 'SENT',
        attemptId,
        at: at.toISOString(),
        toLast4: message.to.slice(-4),
        characters: message.text.length,
        ...result,
      });
      remember(attemptId, result);
      messages.push({ ...message, ...result, at });
      if (messages.length > KEPT_MESSAGES) messages.shift();
      if (reply !== undefined) options.onReply?.({ attemptId, from: message.to, text: reply });
      return result;
    },
    recent: () => [...messages],
    close: async () => journal.close(),
  };
}
