/**
 * Which of eSpeak NG's voices speaks a language. It knows most languages by their code and some by code and region
 * (`en-us`, `pt-br`), a few by another code than BCP 47 has.
 *
 * In this order: the whole tag; the tag without its last part, again and again (`hi-IN` is spoken by `hi`), each first
 * by the code eSpeak uses instead, where it does; any voice of the same language. A language none of these finds is not
 * spoken in another's sounds: nobody would understand it, and an error shows it before a campaign does.
 */
import { SpeechUnavailable } from './provider.ts';

/** Tags that lead to another voice than their own letters say. Lower case. */
const INSTEAD: Record<string, string> = {
  // Indian English is nearer to British than to American.
  'en-in': 'en-gb',
  'en-au': 'en-gb',
  'en-nz': 'en-gb',
  'en-ie': 'en-gb',
  'en-za': 'en-gb',
  'en-ca': 'en-us',
  en: 'en-gb',
  'es-es': 'es',
  'es-mx': 'es-419',
  'es-us': 'es-419',
  'es-ar': 'es-419',
  'es-co': 'es-419',
  fr: 'fr-fr',
  'fr-ca': 'fr-fr',
  'pt-pt': 'pt',
  zh: 'cmn',
  'zh-hk': 'yue',
  'zh-yue': 'yue',
  no: 'nb',
  nn: 'nb',
  iw: 'he',
  in: 'id',
  tl: 'fil',
};

/** What eSpeak calls its voices: names we pass on to it, and nothing that could be an option. */
const VOICE = /^[a-z]{2,3}(-[a-z0-9]+)*$/;

/**
 * @param list gives what `espeak-ng --voices` prints; asked for once, and again after a failure
 * @returns finds the voice for a BCP 47 tag. @throws SpeechUnavailable when there is none
 */
export function createVoices(list: () => Promise<string>): (language: string) => Promise<string> {
  let known: Promise<Set<string>> | undefined;
  return async (language) => {
    known ??= list().then(voicesIn);
    const voices = await known.catch((error) => {
      known = undefined;
      throw error;
    });
    const voice = voiceFor(language, voices);
    if (voice === undefined)
      throw new SpeechUnavailable(`espeak-ng has no voice for the language ${language}`);
    return voice;
  };
}

/** The second column, below its heading. */
export function voicesIn(printed: string): Set<string> {
  const names = printed
    .split('\n')
    .slice(1)
    .flatMap((line) => line.trim().split(/\s+/)[1]?.toLowerCase() ?? []);
  return new Set(names.filter((name) => VOICE.test(name)));
}

/** @param voices lower case */
export function voiceFor(language: string, voices: ReadonlySet<string>): string | undefined {
  const parts = language.toLowerCase().split('-');
  for (let length = parts.length; length > 0; length--) {
    const tag = parts.slice(0, length).join('-');
    const instead = INSTEAD[tag];
    if (instead !== undefined && voices.has(instead)) return instead;
    if (voices.has(tag)) return tag;
  }
  return [...voices].sort().find((voice) => voice.split('-')[0] === parts[0]);
}
