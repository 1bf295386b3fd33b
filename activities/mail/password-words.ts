/** The words of the mail with a link that sets a password. Pure. */
import type { PasswordLinkMail } from '../../db/queries/password-links.ts';
import { asHtml, asText, type MailWords } from './render.ts';

/** @param link where the password is set, its token in it */
export function passwordMail(mail: PasswordLinkMail, link: string): MailWords {
  const isInvitation = mail.accountName !== null;
  const notes = isInvitation
    ? [
        `${mail.userName}, you have been invited to ${mail.accountName} on Clarion.`,
        'Open the link, choose a password, and you are in.',
      ]
    : [
        'Somebody, probably you, asked to set a new password for your sign-in to Clarion.',
        'If it was not you, do nothing: your password stays as it is.',
      ];
  if (mail.sends > 1)
    notes.push('An earlier copy of this mail may have reached you. Only the link in this one works.');
  const rows: [string, string][] = [
    ['Link', link],
    ['Works until', `${mail.expiresAt.toISOString().slice(0, 16).replace('T', ' ')} UTC, once`],
  ];
  const sections = [{ title: isInvitation ? 'Invitation' : 'New password', rows }];
  return {
    subject: isInvitation ? `Invitation to ${mail.accountName} on Clarion` : 'Set a new password for Clarion',
    text: asText(notes, sections),
    html: asHtml(notes, sections),
  };
}
