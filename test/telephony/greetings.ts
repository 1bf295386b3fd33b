/**
 * How people and machines answer the telephone: the set by which answering-machine detection is judged. Their
 * sounds are made in `greeting-sounds.ts`, the same at every run.
 */

export interface Greeting {
  name: string;
  by: 'PERSON' | 'MACHINE';
  parts: Part[];
  /** Louder or quieter than a usual voice, whose peak is 6 dB below the loudest that there is. */
  gainDb?: number;
  /** What is heard all the time beside the voice; decibels below the loudest, as its effective value. */
  behind?: { what: 'HUM' | 'NOISE' | 'TELEVISION'; db: number };
}

/** What is heard, one after the other. `voice` is espeak-ng's name of one, `wpm` words in a minute. */
export type Part =
  | { say: string; voice?: string; wpm?: number; pitch?: number }
  | { pauseMs: number }
  | { beepMs: number }
  | { coughMs: number };

const BEEP: Part[] = [{ pauseMs: 300 }, { beepMs: 500 }];
const pause = (pauseMs: number): Part => ({ pauseMs });
const HELLO: Part = { say: 'Hello?' };

const person = (name: string, parts: Part[], more: Partial<Greeting> = {}): Greeting => ({
  name,
  by: 'PERSON',
  parts,
  ...more,
});
const machine = (name: string, parts: Part[], more: Partial<Greeting> = {}): Greeting => ({
  name,
  by: 'MACHINE',
  parts: [...parts, ...BEEP],
  ...more,
});

export const PEOPLE: Greeting[] = [
  person('hello', [HELLO]),
  person('hello, a woman', [{ say: 'Hello?', voice: 'en-gb+f3' }]),
  person('hello, a deep voice', [{ say: 'Hello?', voice: 'en-us+m3', pitch: 10 }]),
  person('hello, drawn out', [{ say: 'Hello?', wpm: 90, voice: 'en-gb' }]),
  person('hello, hasty', [{ say: 'Hello?', wpm: 320 }]),
  person('yes?', [{ say: 'Yes?' }]),
  person('ya, speaking', [{ say: 'Ya, speaking.', voice: 'en-gb+m5' }]),
  person('namaste', [{ say: 'नमस्ते', voice: 'hi' }]),
  person('haan ji, boliye', [{ say: 'हाँ जी, बोलिए', voice: 'hi+f2' }]),
  person('hello, kaun bol raha hai?', [{ say: 'हेलो? कौन बोल रहा है?', voice: 'hi' }]),
  person('vanakkam', [{ say: 'வணக்கம்', voice: 'ta' }]),
  person('nomoshkar, ke bolchhen?', [{ say: 'নমস্কার, কে বলছেন?', voice: 'bn' }]),
  person('hello, cheppandi', [{ say: 'హలో, చెప్పండి', voice: 'te+f1' }]),
  person('bueno, ¿quién habla?', [{ say: 'Bueno, ¿quién habla?', voice: 'es-419' }]),
  person('hello, this is Priya', [{ say: 'Hello, this is Priya.', voice: 'en-gb+f2', wpm: 150 }]),
  person('hello ... who is this?', [HELLO, pause(600), { say: 'Who is this?' }]),
  person('hello. hello? hello?', [HELLO, pause(450), HELLO, pause(450), HELLO]),
  person('hello, yes, tell me, who is speaking?', [
    { say: 'Hello, yes, tell me, who is speaking?', voice: 'en-gb' },
  ]),
  person('good morning, Sharma residence', [
    { say: 'Good morning, Sharma residence.', voice: 'en-gb-x-rp', wpm: 150 },
  ]),
  person('Mehta clinic, good afternoon', [
    { say: "Doctor Mehta's clinic, good afternoon.", voice: 'en-gb+f4' },
  ]),
  person('a receptionist', [
    { say: 'Sunrise Travels, Anita speaking, how may I help you?', voice: 'en-gb+f3', wpm: 180 },
  ]),
  person('a cough, then hello', [{ coughMs: 180 }, pause(1_500), HELLO]),
  person('a rustle too short for a word, then hello', [{ coughMs: 60 }, pause(1_000), HELLO]),
  person('a late hello', [pause(1_800), HELLO]),
  person('hello when we have given up waiting', [pause(3_400), HELLO]),
  person('says nothing', [pause(8_000)]),
  person('loud', [{ say: 'Hello? Who is it?' }], { gainDb: 6 }),
  person('quiet', [HELLO], { gainDb: -18 }),
  person('a whisper', [{ say: 'Hello?', voice: 'en-us+whisper' }], { gainDb: -12 }),
  person('a humming line', [HELLO], { behind: { what: 'HUM', db: -45 } }),
  person('a line that hums loudly', [HELLO], { behind: { what: 'HUM', db: -28 } }),
  person('an office', [{ say: 'Hello, yes?', voice: 'en-gb+m2' }], { behind: { what: 'NOISE', db: -50 } }),
  person('a street', [HELLO], { behind: { what: 'NOISE', db: -38 } }),
  person('a loud street', [HELLO], { behind: { what: 'NOISE', db: -28 } }),
  person('beside a television', [HELLO], { behind: { what: 'TELEVISION', db: -42 } }),
];

export const MACHINES: Greeting[] = [
  machine('voicemail of a number', [
    {
      say: 'You have reached the voicemail of nine eight two zero, five five one two three four. Please leave a message after the tone.',
    },
  ]),
  machine('voicemail of somebody, a woman', [
    {
      say: 'You have reached the voicemail of Anita Rao. Please leave a message after the tone.',
      voice: 'en-gb+f3',
    },
  ]),
  machine('a voice message system', [
    {
      say: 'Your call has been forwarded to an automatic voice message system. The person you are calling is not available. At the tone, please record your message.',
      voice: 'en-us+f2',
    },
  ]),
  machine('not at home', [
    {
      say: "Hi, this is John. I can't come to the phone right now. Leave your name and number and I will call you back.",
      voice: 'en-us+m3',
      wpm: 180,
    },
  ]),
  machine('a carrier: not reachable', [
    {
      say: 'The number you are trying to reach is not available at the moment. Please try again later.',
      voice: 'en-gb+f4',
    },
  ]),
  machine('a carrier: switched off', [
    {
      say: 'The subscriber you have called is currently switched off. Please leave your message after the beep.',
      wpm: 150,
    },
  ]),
  machine('a carrier, in Hindi', [
    {
      say: 'आप जिस व्यक्ति से संपर्क करना चाहते हैं वह अभी उत्तर नहीं दे रहे हैं। कृपया बीप के बाद अपना संदेश छोड़ें।',
      voice: 'hi+f2',
    },
  ]),
  machine('a carrier, in Tamil', [
    { say: 'நீங்கள் அழைக்கும் வாடிக்கையாளர் தற்போது தொடர்பு எல்லைக்கு வெளியே இருக்கிறார்', voice: 'ta' },
  ]),
  machine('buzón de voz', [
    { say: 'Ha llamado al buzón de voz. Por favor, deje su mensaje después de la señal.', voice: 'es-419' },
  ]),
  machine('a closed office', [
    {
      say: 'Thank you for calling Apollo Clinic. Our office is closed now. We are open from nine to six. For an emergency press one.',
      voice: 'en-gb',
    },
  ]),
  machine('a family', [
    {
      say: 'Hello, you have reached the Sharma family. We are out, please leave a message.',
      voice: 'en-gb+f1',
      wpm: 160,
    },
  ]),
  machine('fast', [
    {
      say: 'Hi, you have reached Sam. I am busy at the moment, so please leave me a message and I will ring you back.',
      wpm: 250,
    },
  ]),
  machine('slow', [{ say: 'You have reached our answering machine. Please leave a message.', wpm: 110 }]),
  machine('after a second', [
    pause(1_200),
    { say: 'The person you have called is not available. Please leave your message after the tone.' },
  ]),
  machine('after two seconds', [
    pause(2_000),
    {
      say: 'The person you have called is not available. Please leave your message after the tone.',
      voice: 'en-gb',
    },
  ]),
  machine(
    'a quiet one',
    [{ say: 'You have reached the voicemail of Ravi Kumar. Please leave a message after the tone.' }],
    {
      gainDb: -14,
    },
  ),
  machine(
    'a humming one',
    [{ say: 'You have reached the voicemail of Ravi Kumar. Please leave a message after the tone.' }],
    {
      behind: { what: 'HUM', db: -45 },
    },
  ),
  machine(
    'one with a noise',
    [{ say: 'We cannot take your call at the moment. Please leave a message after the tone.' }],
    {
      behind: { what: 'NOISE', db: -45 },
    },
  ),
  machine('short: leave your message after the tone', [{ say: 'Please leave your message after the tone.' }]),
  machine('short: Raj, leave a message', [{ say: "Hi, it's Raj. Leave a message." }]),
  machine('shortest: leave a message', [{ say: 'Leave a message.' }]),
  machine('hello, and a pause of a second', [
    HELLO,
    pause(1_000),
    { say: 'Ha, this is a machine. Please leave a message after the tone.' },
  ]),
  machine('hello, and a short pause', [
    HELLO,
    pause(400),
    { say: 'You have reached the voicemail of Ravi Kumar. Please leave a message after the tone.' },
  ]),
  machine('nothing but a beep', []),
];
