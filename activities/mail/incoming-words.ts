/** The words of the answer to a mail that brought lists. Pure. */
import type { MailAnswer } from '../../db/queries/mail-answers.ts';
import type { MailRefusal } from '../../domain/mail-in.ts';
import { asHtml, asText, type MailWords } from './render.ts';

/** What the sender does about it. */
const REMEDY: Partial<Record<MailRefusal, string>> = {
  NO_FLOW: 'Write the name of the flow as the subject, and send the mail again.',
  BAD_SUBJECT: 'Write the subject like this: demo-offer; start: 2026-12-01 10:00; end: 2026-12-01 18:00',
  FLOW_NOT_RUNNABLE: 'Nobody was contacted. Send the mail again once the flow can run.',
  NO_ATTACHMENT: 'Attach the list as a csv file, or as a zip of csv files.',
  TOO_MANY_FILES: 'Send the lists in several mails.',
};

/** A subject is anybody's text: one line of bounded length. */
const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').slice(0, 200);

export function answerToMail(answer: MailAnswer): MailWords {
  const { files, reason, subject, sends, to } = answer;
  const lists = files.filter((file) => file.requestId !== undefined);
  const ignored = files.filter((file) => file.why !== undefined);
  const notes = [
    reason === null ? received(lists.length) : refused(answer, reason),
    ...(to === 'HOLDER' ? [`The mail came from ${answer.sender}, who has been told, too.`] : []),
    ...(ignored.length > 0
      ? [`Ignored, as they are not csv or zip: ${ignored.map(({ name }) => name).join(', ')}.`]
      : []),
    ...(sends > 1
      ? [
          'We do not know whether an earlier copy of this mail reached you. If it did, this one says the same.',
        ]
      : []),
  ];
  const sections =
    lists.length > 0
      ? [
          {
            title: 'Requests',
            rows: lists.map(({ name, requestId }): [string, string] => [String(requestId), name]),
          },
        ]
      : [];
  const about = oneLine(subject ?? '');
  return {
    subject: reason === null ? `Received: ${about}` : `Not accepted (${reason}): ${about}`,
    text: asText(notes, sections),
    html: asHtml(notes, sections),
  };
}

const received = (lists: number): string =>
  lists === 1
    ? 'Your list was received, and one request was made of it. You get another mail when it has ended.'
    : `Your ${lists} lists were received, and a request was made of each. You get another mail when one has ended.`;

function refused({ detail }: MailAnswer, reason: MailRefusal): string {
  const why = detail === null || detail === '' ? reason : `${reason}: ${detail.replace(/[.\s]+$/, '')}`;
  return `The mail made no request. ${why}. ${REMEDY[reason] ?? ''}`.trim();
}
