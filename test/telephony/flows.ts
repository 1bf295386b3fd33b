/** Flows that real calls run through in tests, besides those of the demo account. */

/** Asks for a name and a remark, and records both, and the call. */
export const RECORDED = {
  schemaVersion: 1,
  start: 'start',
  widgets: {
    start: { type: 'start', next: 'ask-name' },
    'ask-name': {
      ...{ type: 'play-and-record', speech: [{ text: 'Please say your name.' }], maxMs: 3_000 },
      ...{ silenceMs: 0, terminators: '', next: 'remark', noRecording: 'bye' },
    },
    remark: {
      ...{ type: 'record', maxMs: 2_000, silenceMs: 0, terminators: '', beep: false },
      ...{ next: 'thanks', noRecording: 'bye' },
    },
    thanks: { type: 'text-to-speech', text: 'Thank you.', next: 'bye' },
    bye: { type: 'hang-up' },
  },
  settings: { recordCalls: true, detectMachine: false, callerIds: ['+912269000001'] },
};

/** Records a remark; somebody silent goes another way. */
export const REMARK = {
  schemaVersion: 1,
  start: 'start',
  widgets: {
    start: { type: 'start', next: 'remark' },
    remark: { type: 'record', maxMs: 30_000, silenceMs: 0, next: 'thanks', noRecording: 'sorry' },
    thanks: { type: 'text-to-speech', text: 'Thank you.', next: 'bye' },
    sorry: { type: 'text-to-speech', text: 'We heard nothing.', next: 'bye' },
    bye: { type: 'hang-up' },
  },
  settings: { detectMachine: false },
};

/** Plays a prompt that may not be played, and one that may; the call is recorded. */
export const PROMPTED = {
  schemaVersion: 1,
  start: 'start',
  widgets: {
    start: { type: 'start', next: 'secret' },
    secret: { type: 'prompt', prompt: 'a_secret', next: 'tone' },
    tone: { type: 'prompt', prompt: 'a_tone', next: 'bye' },
    bye: { type: 'hang-up' },
  },
  settings: { recordCalls: true, detectMachine: false },
};

/** Connects with a number of the list, and says what came of it. */
export const TRANSFERRED = {
  schemaVersion: 1,
  start: 'start',
  widgets: {
    start: { type: 'start', next: 'connect' },
    connect: {
      ...{ type: 'transfer', to: '$flow.key.to', ringTimeoutMs: 5_000 },
      ...{ next: 'back', busy: 'engaged', noAnswer: 'nobody' },
    },
    back: { type: 'text-to-speech', text: 'Welcome back.', next: 'bye' },
    engaged: { type: 'text-to-speech', text: 'They are busy.', next: 'bye' },
    nobody: { type: 'text-to-speech', text: 'Nobody answers.', next: 'bye' },
    bye: { type: 'hang-up' },
  },
  settings: { detectMachine: false },
  variables: [{ name: 'to' }],
};

/** For calls to us: asks for two keys and says them. */
export const TWO_KEYS = {
  schemaVersion: 1,
  start: 'start',
  widgets: {
    start: { type: 'start', next: 'ask' },
    ask: {
      ...{ type: 'gather', speech: [{ text: 'Please press two keys.' }], variable: 'answer' },
      ...{ maxDigits: 2, minDigits: 2, timeoutMs: 20_000, interDigitTimeoutMs: 10_000 },
      ...{ next: 'thanks', noInput: 'bye' },
    },
    thanks: { type: 'text-to-speech', text: 'You pressed $flow.key.answer.', next: 'bye' },
    bye: { type: 'hang-up' },
  },
};
