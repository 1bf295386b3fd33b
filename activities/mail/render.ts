/** The words of the mail about a request, as text and as HTML made from one list of sections. Pure. */
import { DateTime } from 'luxon';
import type { Count, MailFacts } from '../../db/queries/status-mail.ts';
import type { PackedList } from './attachment.ts';

export interface MailWords {
  subject: string;
  text: string;
  html: string;
}

interface Section {
  title: string;
  rows: [string, string][];
}

/**
 * @param more `form`: how the list is attached, absent where there is no list; `publicUrl`: base of the API's
 *   address, without which the mail names the command instead of a link; `again`: an earlier copy may have arrived
 */
export function statusMail(
  facts: MailFacts,
  more: { form?: PackedList['form'] | undefined; publicUrl?: string | undefined; again: boolean },
): MailWords {
  const what = facts.fileName ?? 'records sent by API';
  const sections = [about(facts, what), ...counted(facts)];
  const notes = [verdict(facts), ...listNotes(facts, more)];
  if (more.again) {
    notes.push(
      'We do not know whether an earlier copy of this mail reached you. If it did, this one says the same.',
    );
  }
  return {
    subject: oneLine(`Request ${facts.requestId} ${facts.status.toLowerCase()}: ${facts.flowName}, ${what}`),
    text: asText(notes, sections),
    html: asHtml(notes, sections),
  };
}

function verdict(facts: MailFacts): string {
  const ended = sum(facts.outcomes);
  switch (facts.status) {
    case 'REJECTED':
      return (
        `The list was not accepted, and nobody was contacted. Reason: ${facts.rejection ?? 'unknown'}. ` +
        `${facts.rejectionDetail ? `${asSentence(facts.rejectionDetail)} ` : ''}Correct it and upload it again.`
      );
    case 'CANCELLED':
      return `The request was cancelled after ${ended} of ${facts.added} people had been dealt with.`;
    case 'EXPIRED':
      return `The end time of the request passed. Of ${facts.added} people ${ended} have an outcome.`;
    default:
      return `The request is ${facts.status.toLowerCase()}: ${ended} of ${facts.added} people have an outcome.`;
  }
}

/** Details are kept as clauses, which follow a colon elsewhere; here they stand among sentences. */
function asSentence(clause: string): string {
  const text = clause.trim();
  const begun = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

function about(facts: MailFacts, what: string): Section {
  const time = (at: Date | null): string =>
    at
      ? DateTime.fromJSDate(at, { zone: facts.timeZone })
          .setLocale('en-GB')
          .toFormat('d LLLL yyyy, HH:mm:ss ZZ')
      : '-';
  return {
    title: 'Request',
    rows: [
      ['Request', String(facts.requestId)],
      ['Status', facts.status],
      ['Flow', facts.flowName],
      ['List', what],
      ['Created', time(facts.createdAt)],
      ['Started', time(facts.startedAt)],
      ['Ended', time(facts.endedAt)],
      ['Times are in', facts.timeZone],
    ],
  };
}

function counted(facts: MailFacts): Section[] {
  if (facts.status === 'REJECTED' && facts.loaded === 0) return [];
  const rows = (counts: Count[]): [string, string][] => counts.map((c) => [c.value, whole(c.count)]);
  const sections: Section[] = [
    {
      title: 'Rows by result',
      rows: [['In the list', whole(facts.loaded)], ...rows(facts.results)],
    },
    { title: 'People by outcome', rows: rows(facts.outcomes) },
    {
      title: 'Attempts by outcome',
      rows: [['All attempts', whole(sum(facts.attempts))], ...rows(facts.attempts)],
    },
  ];
  return sections.filter((section) => section.rows.length > 0);
}

function listNotes(
  facts: MailFacts,
  more: { form?: PackedList['form'] | undefined; publicUrl?: string | undefined },
): string[] {
  const download = more.publicUrl
    ? `${more.publicUrl.replace(/\/+$/, '')}/api/v1/requests/${facts.requestId}/records.csv`
    : `clarion records ${facts.requestId} --csv records.csv`;
  switch (more.form) {
    case undefined:
      return [];
    case 'COUNTS':
      return [
        `The list of every number is too large for a mail, so only the counts are attached. Get the list here: ${download}`,
      ];
    case 'ZIP':
      return ['Every number with its result, outcome, attempts and reason is in the attached zip.'];
    case 'CSV':
      return ['Every number with its result, outcome, attempts and reason is in the attached CSV file.'];
  }
}

const sum = (counts: Count[]): number => counts.reduce((total, each) => total + each.count, 0);
const whole = (count: number): string => count.toLocaleString('en-GB');
/** A file name may hold anything; a subject is one line of bounded length. */
const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').slice(0, 200);

export function asText(notes: string[], sections: Section[]): string {
  const blocks = sections.map(({ title, rows }) => {
    const width = Math.max(...rows.map(([name]) => name.length));
    return [title, ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`)].join('\n');
  });
  return `${[...notes, ...blocks].join('\n\n')}\n`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Tables and inline styles alone: what every mail program shows. No pictures, nothing fetched. */
export function asHtml(notes: string[], sections: Section[]): string {
  const linked = (note: string): string =>
    escaped(note).replace(/https?:\/\/[^\s&]+/g, (url) => `<a href="${url}">${url}</a>`);
  const table = ({ title, rows }: Section): string =>
    `<h2 style="font-size:15px;margin:24px 0 6px">${escaped(title)}</h2>` +
    '<table cellpadding="0" cellspacing="0" style="border-collapse:collapse;font-size:14px">' +
    rows
      .map(
        ([name, value]) =>
          '<tr><td style="padding:4px 24px 4px 0;border-bottom:1px solid #e5e7eb;color:#4b5563">' +
          `${escaped(name)}</td><td style="padding:4px 0;border-bottom:1px solid #e5e7eb">${escaped(value)}</td></tr>`,
      )
      .join('') +
    '</table>';
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"></head>' +
    '<body style="margin:0;padding:24px;background:#ffffff;color:#111827;font-family:system-ui,sans-serif;line-height:1.5">' +
    `<div style="max-width:640px">${notes.map((note) => `<p style="margin:0 0 12px">${linked(note)}</p>`).join('')}` +
    `${sections.map(table).join('')}</div></body></html>`
  );
}
