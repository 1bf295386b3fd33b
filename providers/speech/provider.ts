/**
 * What a speech synthesiser is to Clarion, whether a program on this machine or simulated. The contract suite in
 * `test/contract/speech-provider.ts` states what every implementation guarantees.
 */

export interface SpeechOrder {
  /** Plain text, never markup: `<b>` is read out or left out, and changes nothing. At most `MAX_SPOKEN_CHARACTERS`. */
  text: string;
  /** BCP 47: `en`, `hi-IN`. */
  language: string;
}

export interface SpeechProvider {
  /** For logs. */
  readonly name: string;
  /**
   * The engine and its version, as one line. Part of the name a spoken sentence is kept under, so a new engine
   * speaks everything anew.
   * @throws SpeechUnavailable
   */
  version(): Promise<string>;
  /**
   * Speaks a text. The same text, language and version give the same voice.
   * @returns a whole WAV file: PCM of 16 bits, mono, its rate in its header
   * @throws SpeechUnavailable
   */
  synthesise(order: SpeechOrder): Promise<Buffer>;
  /** Ends what is still being spoken. */
  close(): Promise<void>;
}

/** Ten minutes of speech. The longest sentence of a flow with its variables filled in is shorter. */
export const MAX_SPOKEN_CHARACTERS = 10_000;

/** Nothing can be heard of an utterance. The message tells an operator why, without the text itself. */
export class SpeechUnavailable extends Error {
  override name = 'SpeechUnavailable';
}

/**
 * Refuses what no engine should be asked. Every implementation asks this first.
 * @throws SpeechUnavailable for a text that is too long, or a tag that is none
 */
export function checkOrder({ text, language }: SpeechOrder): void {
  if (text.length > MAX_SPOKEN_CHARACTERS) {
    throw new SpeechUnavailable(
      `a text of ${text.length} characters is too long to speak: at most ${MAX_SPOKEN_CHARACTERS}`,
    );
  }
  if (!/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/.test(language)) {
    throw new SpeechUnavailable(`"${language.slice(0, 40)}" is no language tag such as en-IN`);
  }
}
