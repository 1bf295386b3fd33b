/** The words of the mail about a prompt. Pure. */
import type { PromptMail } from '../../db/queries/prompt-mails.ts';
import { asHtml, asText, type MailWords } from './render.ts';

const TOLD = {
  SUBMITTED: {
    subject: 'waits for approval',
    note: 'The prompt was received. Operations listen to it; flows can play it once it is approved.',
  },
  APPROVED: { subject: 'approved', note: 'The prompt is approved. Flows can play it now.' },
  REJECTED: {
    subject: 'rejected',
    note: 'The prompt is rejected and no call plays it. Record it anew and add it under a name of its own.',
  },
};

export function promptMail(mail: PromptMail): MailWords {
  const { subject, note } = TOLD[mail.kind];
  const notes = [note];
  if (mail.sends > 1) {
    notes.push(
      'We do not know whether an earlier copy of this mail reached you. If it did, this one says the same.',
    );
  }
  const rows: [string, string][] = [
    ['Account', mail.accountName],
    ['Prompt', mail.promptName],
    ...(mail.reason === null ? [] : [['Reason', mail.reason] satisfies [string, string]]),
  ];
  const sections = [{ title: 'Prompt', rows }];
  return {
    subject: `Prompt ${mail.promptName} ${subject}`,
    text: asText(notes, sections),
    html: asHtml(notes, sections),
  };
}
