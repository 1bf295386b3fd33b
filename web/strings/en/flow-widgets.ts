/** Widgets, their ways out and their fields in words. What has no word here is shown by its name in the definition. */

interface WidgetWords {
  name: string;
  help: string;
}

export const widgets: Readonly<Record<string, WidgetWords>> = {
  start: { name: 'Start', help: 'Where every call begins.' },
  prompt: { name: 'Play a prompt', help: 'Plays a recording that operations approved.' },
  'text-to-speech': { name: 'Say', help: 'Says a sentence, with variables in it.' },
  gather: { name: 'Gather digits', help: 'Asks for digits and keeps them in a variable.' },
  menu: { name: 'Menu', help: 'Asks for one key; each key leads somewhere.' },
  record: { name: 'Record', help: 'Records what the person says.' },
  'play-and-record': { name: 'Ask and record', help: 'Says something, then records the answer.' },
  condition: { name: 'Condition', help: 'Goes where the first case that holds leads.' },
  'set-variable': { name: 'Set a variable', help: 'Gives a variable a value.' },
  webhook: { name: 'Webhook', help: 'Asks a server of yours and keeps what it answers.' },
  sms: { name: 'Text message', help: 'Sends a text message.' },
  email: { name: 'Email', help: 'Sends a mail.' },
  transfer: { name: 'Transfer', help: 'Connects the person with another number.' },
  'hang-up': { name: 'Hang up', help: 'Ends the call.' },
};

export const exits: Readonly<Record<string, string>> = {
  next: 'Next',
  onMachine: 'A machine answers',
  noInput: 'Nothing pressed',
  invalid: 'Wrong keys',
  else: 'Otherwise',
  failed: 'It fails',
  busy: 'Busy',
  noAnswer: 'No answer',
  noRecording: 'Nothing said',
};

/** What happens at a way out that leads to no widget, where the call does not simply end. */
const withoutTarget: Readonly<Record<string, string>> = {
  invalid: 'as nothing pressed',
  failed: 'goes on',
  busy: 'as when it fails',
  noAnswer: 'as when it fails',
  noRecording: 'goes on',
};

export const untargeted = (field: string): string => withoutTarget[field] ?? 'ends';

interface FieldWords {
  label: string;
  help?: string;
}

/** By `type.field`, else by `field`. */
export const fields: Readonly<Record<string, FieldWords>> = {
  next: { label: 'Next' },
  onMachine: { label: 'When a machine answers', help: 'Without it the call to a machine ends at once.' },
  noInput: { label: 'When nothing is pressed', help: 'After the last time of asking.' },
  invalid: { label: 'When keys will not do', help: 'Without it, as when nothing is pressed.' },
  else: { label: 'Otherwise', help: 'When no case holds.' },
  failed: { label: 'When it fails', help: 'Without it the call goes on as if it had not.' },
  busy: { label: 'When busy, or declined' },
  noAnswer: { label: 'When nobody answers' },
  noRecording: { label: 'When nothing is said' },
  text: { label: 'Text' },
  'text-to-speech.text': { label: 'What to say' },
  'sms.text': { label: 'Message' },
  'email.text': { label: 'Text' },
  html: { label: 'HTML', help: 'For mail programs that show it; values are put in safely.' },
  subject: { label: 'Subject' },
  language: { label: 'Language', help: 'Such as en-IN or hi-IN; the flow’s own unless given.' },
  prompt: { label: 'Prompt' },
  speech: { label: 'What to say first' },
  'gather.speech': { label: 'The question' },
  'menu.speech': { label: 'The question' },
  noInputSpeech: { label: 'Said after silence', help: 'Before the question is asked again.' },
  invalidSpeech: { label: 'Said after wrong keys', help: 'Before the question is asked again.' },
  attempts: { label: 'How often to ask, in all' },
  timeoutMs: { label: 'Wait for the first key' },
  'webhook.timeoutMs': { label: 'Wait for the answer' },
  interDigitTimeoutMs: { label: 'Wait for each further key' },
  bargeIn: { label: 'A key cuts the question short' },
  variable: { label: 'Variable' },
  'gather.variable': { label: 'Variable that takes the digits' },
  'menu.variable': { label: 'Variable that takes the key' },
  'record.variable': { label: 'Variable that takes the recording’s name' },
  'play-and-record.variable': { label: 'Variable that takes the recording’s name' },
  value: { label: 'Value' },
  minDigits: { label: 'Digits at least' },
  maxDigits: { label: 'Digits at most' },
  terminators: { label: 'Keys that end the input', help: 'They are no part of it.' },
  'record.terminators': { label: 'Keys that end it', help: 'Keys, or the word any.' },
  'play-and-record.terminators': { label: 'Keys that end it', help: 'Keys, or the word any.' },
  branches: { label: 'Where each key leads' },
  cases: { label: 'Cases', help: 'The first that holds is taken.' },
  maxMs: { label: 'Longest recording' },
  silenceMs: { label: 'Ends after silence of', help: '0: never.' },
  beep: { label: 'A tone says that it begins' },
  method: { label: 'Method' },
  url: { label: 'URL' },
  headers: { label: 'Headers' },
  query: { label: 'Query' },
  body: { label: 'Body', help: 'JSON unless a content-type header says otherwise.' },
  response: { label: 'Variables from the answer', help: 'A path into its JSON, such as account.balance.' },
  to: { label: 'To' },
  'sms.to': { label: 'To', help: 'The person’s own number unless given.' },
  'email.to': { label: 'To', help: 'One address, or a variable that holds one.' },
  'transfer.to': { label: 'Number' },
  sender: { label: 'Sender', help: 'The account’s own unless given.' },
  callerId: { label: 'Caller id', help: 'This call’s own unless given.' },
  ringTimeoutMs: { label: 'Let it ring for' },
};

export const operators: Readonly<Record<string, string>> = {
  eq: 'is',
  ne: 'is not',
  lt: 'is less than',
  lte: 'is at most',
  gt: 'is more than',
  gte: 'is at least',
  contains: 'contains',
  startsWith: 'starts with',
  endsWith: 'ends with',
  in: 'is one of',
  empty: 'is empty',
  notEmpty: 'is not empty',
};

export const widgetName = (type: string): string => widgets[type]?.name ?? type;

/** A way out in words: `Key 1`, `Case 2`, `Nothing pressed`. */
export function exitName(field: string): string {
  const [first = '', key = ''] = field.split('.');
  if (first === 'branches') return `Key ${key}`;
  if (first === 'cases') return `Case ${Number(key) + 1}`;
  return exits[field] ?? field;
}

export const fieldWords = (type: string, field: string): FieldWords =>
  fields[`${type}.${field}`] ?? fields[field] ?? { label: field };
