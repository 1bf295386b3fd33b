/** Who gets the mail about a finished request, and who is kept from it and why. Pure. */
import type { MailKind } from '../../db/queries/status-mail.ts';
import type { RequestSource, RequestStatus } from '../../domain/outcome.ts';

export interface Recipient {
  /** Lower case. */
  address: string;
  to: 'STATUS_EMAIL' | 'ACCOUNT_HOLDER';
  kind: MailKind;
}

interface RecipientFacts {
  status: RequestStatus;
  source: RequestSource;
  statusEmails: string[];
  holderEmail: string;
  emailNotification: boolean;
}

const normal = (address: string): string => address.trim().toLowerCase();

/**
 * Who is to get the mail:
 * - the addresses asked for with the request;
 * - the account holder when the flow's email notification is on, and always when the list was rejected whole;
 * - nobody twice: a holder who is also a status address gets one mail, as the holder.
 * A single call, a test among them, or message is answered by its API reply and its journey; it never mails the holder.
 */
export function chooseRecipients(facts: RecipientFacts): Recipient[] {
  const kind: MailKind = facts.status === 'REJECTED' ? 'REJECTION' : 'STATUS';
  const single = ['call', 'message', 'test'].includes(facts.source);
  const holder = normal(facts.holderEmail);
  const holderToo = !single && (facts.emailNotification || kind === 'REJECTION');
  const others = new Set(facts.statusEmails.map(normal));
  if (holderToo) others.delete(holder);
  return [
    ...(holderToo ? [{ address: holder, to: 'ACCOUNT_HOLDER' as const, kind }] : []),
    ...[...others].map((address) => ({
      address,
      // Asked for by name, the holder's own address needs no whitelisting.
      to: address === holder ? ('ACCOUNT_HOLDER' as const) : ('STATUS_EMAIL' as const),
      kind,
    })),
  ];
}

/**
 * Why the mail must not go to this address, judged at the last moment; undefined when it may. Nobody on the
 * blacklist gets mail, the account holder included. Status addresses must still be whitelisted.
 */
export function refusal(
  recipient: Recipient,
  now: { whitelisted: boolean; blacklisted: boolean },
): string | undefined {
  if (now.blacklisted) return 'the address is on the blacklist';
  if (recipient.to === 'STATUS_EMAIL' && !now.whitelisted) return 'the address is not on the whitelist';
  return undefined;
}
