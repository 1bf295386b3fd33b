/** What is chosen on the page, and what is sent of it. */
import { upload } from '../../strings/en/upload.ts';
import { momentOf } from './zoned.ts';

const { when: t, mail } = upload;
/** As the API has it. */
const MAX_SPREAD_HOURS = 744;

export interface UploadForm {
  flowType: '' | 'outbound' | 'dialer';
  flowId: number | undefined;
  phoneColumn: string;
  start: 'now' | 'later';
  /** As the browser's field has it, by the clock of `zone`. */
  startAt: string;
  endAt: string;
  /** IANA. */
  zone: string;
  spread: 'no' | 'hours';
  spreadHours: string | number;
  mails: boolean;
  mailTo: string[];
}

export const emptyForm = (zone: string, flowId: number | undefined): UploadForm => ({
  flowType: '',
  flowId,
  phoneColumn: '',
  start: 'now',
  startAt: '',
  endAt: '',
  zone,
  spread: 'no',
  spreadHours: 6,
  mails: false,
  mailTo: [],
});

export type FormErrors = Partial<Record<'startAt' | 'endAt' | 'spreadOver' | 'statusEmails', string>>;

export interface FormAnswer {
  /** Fields of the API that say how a list is read and when it is called. */
  fields: readonly (readonly [string, string])[];
  startAt: Date | undefined;
  endAt: Date | undefined;
  /** What can be told without the server. */
  errors: FormErrors;
}

export function answerOfForm(form: UploadForm): FormAnswer {
  const errors: FormErrors = {};
  const fields: [string, string][] = [];
  const read = (name: 'startAt' | 'endAt'): Date | undefined => {
    if (form[name] === '') return undefined;
    const at = momentOf(form[name], form.zone);
    if (at) fields.push([name, at.toISOString()]);
    else errors[name] = t.skipped;
    return at;
  };
  if (form.flowId !== undefined) fields.push(['flowId', String(form.flowId)]);
  if (form.phoneColumn.trim() !== '') fields.push(['phoneColumn', form.phoneColumn.trim()]);
  const startAt = form.start === 'later' ? read('startAt') : undefined;
  if (form.start === 'later' && form.startAt === '') errors.startAt = t.needsStart;
  const endAt = read('endAt');
  if (form.spread === 'hours') {
    const hours = Number(form.spreadHours);
    if (hours >= 0.1 && hours <= MAX_SPREAD_HOURS) fields.push(['spreadOver', JSON.stringify({ hours })]);
    else errors.spreadOver = t.needsHours;
  }
  if (form.mails && form.mailTo.length === 0) errors.statusEmails = mail.needed;
  return { fields, startAt, endAt, errors };
}
