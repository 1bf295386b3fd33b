/** A file that is turned away whole: the reason from the closed list, and one sentence for its owner. */
import type { FileRejection } from '../outcome.ts';

export class ListRejected extends Error {
  override name = 'ListRejected';
  readonly rejection: FileRejection;

  /** @param sentence what is wrong and where; shown to the file's owner as it is */
  constructor(rejection: FileRejection, sentence: string) {
    super(sentence);
    this.rejection = rejection;
  }

  /** The same, naming the file inside a zip that it is about. */
  within(entry: string): ListRejected {
    return new ListRejected(this.rejection, `${entry}: ${this.message}`);
  }
}
