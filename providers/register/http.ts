/**
 * The register as a service that is asked over HTTP. Its answers are kept until they expire, so that a list, its
 * retries and the last moment before each call ask once. Numbers an account has loaded itself count as well.
 */
import { BLOCKS_ALL, type RegisterEntry } from '../../domain/register.ts';
import { RegisterService } from './http-client.ts';
import type { HttpRegisterSettings } from './http-settings.ts';
import type { DoNotCallRegister, RegisterAnswer } from './register.ts';

/** An answer as it is kept. */
export interface KeptAnswer {
  number: string;
  entry: RegisterEntry | null;
  failed: boolean;
  version: string | null;
  answeredAt: Date;
  expiresAt: Date;
}

/** Where answers are kept; the composition root binds it to its database. */
export interface AnswerCache {
  read(input: { numbers: readonly string[]; now: Date }): Promise<KeptAnswer[]>;
  write(answers: readonly KeptAnswer[]): Promise<void>;
}

/** E.164's fifteen digits and a plus sign; what is longer is on no register. */
const LONGEST = 16;

export function httpRegister(deps: {
  settings: HttpRegisterSettings;
  cache: AnswerCache;
  /** The local table. */
  own: Pick<DoNotCallRegister, 'lookUp'>;
  now: () => Date;
}): DoNotCallRegister {
  const { settings, cache, own, now } = deps;
  const service = new RegisterService(settings, () => now().getTime());

  /** Asks the service, and keeps what it says or, where it says nothing, what the failure policy says. */
  const ask = async (numbers: readonly string[]): Promise<KeptAnswer[]> => {
    if (numbers.length === 0) return [];
    const answered = new Map((await service.ask(numbers)).map((one) => [one.number, one]));
    const answeredAt = now();
    const until = (ms: number): Date => new Date(answeredAt.getTime() + ms);
    const answers = numbers.map((number): KeptAnswer => {
      const found = answered.get(number);
      if (found) return { ...found, failed: false, answeredAt, expiresAt: until(settings.cacheMs) };
      const entry = settings.onFailure === 'block' ? BLOCKS_ALL : null;
      return {
        number,
        entry,
        failed: true,
        version: null,
        answeredAt,
        expiresAt: until(settings.failureCacheMs),
      };
    });
    await cache.write(answers);
    return answers;
  };

  return {
    name: 'http',
    asksOutside: true,
    async lookUp(accountId, numbers): Promise<RegisterAnswer> {
      const askable = [...new Set(numbers)].filter((number) => number.length <= LONGEST);
      const [local, kept] = await Promise.all([
        own.lookUp(accountId, askable),
        cache.read({ numbers: askable, now: now() }),
      ]);
      const known = new Set(kept.map(({ number }) => number));
      const answers = [...kept, ...(await ask(askable.filter((number) => !known.has(number))))];
      const entries = new Map(local.entries);
      for (const { number, entry } of answers) {
        if (entry) entries.set(number, [...(entries.get(number) ?? []), entry]);
      }
      const versions = new Set([local.version, ...answers.map(({ version }) => version)]);
      const named = [...versions].filter((version) => version !== null).sort();
      const times = answers.map(({ answeredAt }) => answeredAt.getTime());
      return {
        entries,
        version: named.length === 0 ? null : named.join(', '),
        unanswered: answers.filter(({ failed }) => failed).length,
        ...(times.length > 0 && { oldest: new Date(times.reduce((a, b) => Math.min(a, b))) }),
      };
    },
  };
}
