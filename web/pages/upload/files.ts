/**
 * The lists on the page: each is checked by the server as it will be read at its launch, then sent as a request of its
 * own; one after the other, as a line to the server carries one no slower than three at once.
 */
import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { ClarionError, type Forecast, type RequestSummary } from '../../../client/index.ts';
import { drawnKey, sendForm } from '../../api/upload.ts';
import { useMe } from '../../session/me.ts';

/** As the API takes them, in one go or one by one. */
export const MAX_FILES = 20;
/** Lists up to this size are forecast anew by themselves when times change; larger ones when somebody asks. */
const AGAIN_BYTES = 1024 * 1024;
/** Typing rests this long before lists are sent to be checked. */
const REST_MS = 700;

export type FileState =
  | 'waiting'
  | 'checking'
  | 'ready'
  | 'refused'
  | 'failed'
  | 'cancelled'
  | 'sending'
  | 'unsent'
  | 'sent';

export interface ListFile {
  id: string;
  file: File;
  state: FileState;
  /** 0 to 1, of what has gone to the server. */
  progress: number;
  forecast: Forecast | undefined;
  /** For what it was checked: how it is read, and when it is called. */
  checkedFor: Question | undefined;
  /** Of the last check or launch. */
  error: unknown;
  /** Drawn when it is sent first: sent again after a lost answer, it makes no second request. */
  sendKey: string | undefined;
  request: RequestSummary | undefined;
}

export interface Question {
  fields: readonly (readonly [string, string])[];
  /** All of it, and what decides how rows are read, as texts to compare. */
  whole: string;
  reading: string;
}

const READING = ['flowId', 'phoneColumn'];

export const questionOf = (fields: Question['fields']): Question => ({
  fields,
  whole: JSON.stringify(fields),
  reading: JSON.stringify(fields.filter(([name]) => READING.includes(name))),
});

/** Lists that have left the page's care. */
export const isOver = ({ state }: ListFile): boolean => state === 'sent' || state === 'sending';
/** Turned away whole: the message names `files`. */
const isRefusal = (error: unknown): boolean =>
  error instanceof ClarionError && error.problem?.errors?.some(({ field }) => field === 'files') === true;

type Change =
  | { type: 'add'; files: readonly File[] }
  | { type: 'remove'; id: string }
  | { type: 'set'; id: string; to: Partial<ListFile> }
  | { type: 'clear' };

function reduce(files: readonly ListFile[], change: Change): readonly ListFile[] {
  switch (change.type) {
    case 'add':
      return [...files, ...change.files.map(fresh)];
    case 'remove':
      return files.filter(({ id }) => id !== change.id);
    case 'set':
      return files.map((one) => (one.id === change.id ? { ...one, ...change.to } : one));
    case 'clear':
      return [];
  }
}

const fresh = (file: File): ListFile => ({
  ...{ id: drawnKey(), file, state: 'waiting', progress: 0, request: undefined },
  ...{ forecast: undefined, checkedFor: undefined, error: undefined, sendKey: undefined },
});

const isSame = (one: File, other: File): boolean =>
  one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;

/** Whether a list is to be checked now without being asked for. */
function isDue(one: ListFile, question: Question): boolean {
  if (one.state === 'waiting') return true;
  if (one.state !== 'ready' && one.state !== 'refused' && one.state !== 'failed') return false;
  if (one.checkedFor?.reading !== question.reading) return true;
  return one.checkedFor.whole !== question.whole && one.file.size <= AGAIN_BYTES;
}

export interface Lists {
  files: readonly ListFile[];
  /** What was not taken, in words' names. */
  leftOut: 'tooMany' | 'again' | undefined;
  add(files: readonly File[]): void;
  remove(id: string): void;
  /** Stops what is on its way. */
  cancel(id: string): void;
  checkAgain(id: string): void;
  /** Sends these, one after the other. @param more fields that a launch has and a forecast has not */
  launch(ids: readonly string[], more: Question['fields']): Promise<void>;
  clear(): void;
}

/** @param question undefined: nothing can be checked yet */
export function useLists(question: Question | undefined): Lists {
  const accountId = useMe().account?.id;
  const [files, change] = useReducer(reduce, []);
  const [leftOut, setLeftOut] = useState<Lists['leftOut']>();
  const running = useRef(new Map<string, AbortController>());
  const set = useCallback((id: string, to: Partial<ListFile>) => change({ type: 'set', id, to }), []);

  const send = useCallback(
    async <T>(one: ListFile, path: `/${string}`, fields: Question['fields'], key?: string): Promise<T> => {
      const control = new AbortController();
      running.current.set(one.id, control);
      const form = new FormData();
      for (const [name, value] of fields) form.append(name, value);
      form.append('files', one.file, one.file.name);
      try {
        return await sendForm<T>(path, form, {
          accountId,
          signal: control.signal,
          ...(key !== undefined && { idempotencyKey: key }),
          onProgress: (progress) => set(one.id, { progress }),
        });
      } finally {
        running.current.delete(one.id);
      }
    },
    [accountId, set],
  );

  const check = useCallback(
    async (one: ListFile, asked: Question): Promise<void> => {
      set(one.id, { state: 'checking', progress: 0, error: undefined });
      try {
        const forecast = await send<Forecast>(one, '/requests/forecast', asked.fields);
        set(one.id, { state: 'ready', forecast, checkedFor: asked });
      } catch (error) {
        if (isAbort(error)) return set(one.id, { state: 'cancelled' });
        const state = isRefusal(error) ? 'refused' : 'failed';
        // What was reckoned for other times stays in sight; of a list that is turned away nothing holds.
        set(one.id, { state, error, checkedFor: asked, ...(state === 'refused' && { forecast: undefined }) });
      }
    },
    [send, set],
  );

  const isBusy = files.some(({ state }) => state === 'checking' || state === 'sending');
  const due = question && !isBusy ? files.find((one) => isDue(one, question)) : undefined;
  useEffect(() => {
    if (!due || !question) return;
    const timer = window.setTimeout(() => void check(due, question), due.state === 'waiting' ? 0 : REST_MS);
    return () => window.clearTimeout(timer);
  }, [due, question, check]);
  // Whoever leaves takes their lists along.
  useEffect(() => {
    const all = running.current;
    return () => {
      for (const control of all.values()) control.abort();
    };
  }, []);

  return {
    files,
    leftOut,
    add: (given) => {
      const others = given.filter((file) => !files.some((one) => isSame(one.file, file)));
      const room = Math.max(0, MAX_FILES - files.length);
      setLeftOut(others.length > room ? 'tooMany' : others.length < given.length ? 'again' : undefined);
      change({ type: 'add', files: others.slice(0, room) });
    },
    remove: (id) => {
      running.current.get(id)?.abort();
      change({ type: 'remove', id });
    },
    cancel: (id) => running.current.get(id)?.abort(),
    checkAgain: (id) => set(id, { state: 'waiting', error: undefined }),
    launch: async (ids, more) => {
      for (const one of files.filter(({ id }) => ids.includes(id))) await launchOne(one, more, { send, set });
    },
    clear: () => change({ type: 'clear' }),
  };
}

const isAbort = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';

/** A list whose answer was lost is not known to be there: it is sent again under its key. */
async function launchOne(
  one: ListFile,
  fields: Question['fields'],
  {
    send,
    set,
  }: {
    send<T>(one: ListFile, path: `/${string}`, fields: Question['fields'], key?: string): Promise<T>;
    set(id: string, to: Partial<ListFile>): void;
  },
): Promise<void> {
  // Under the same key the server takes the same form alone.
  const whole = JSON.stringify(fields);
  const sendKey = one.sendKey?.endsWith(whole) ? one.sendKey : `${drawnKey()} ${whole}`;
  set(one.id, { state: 'sending', progress: 0, error: undefined, sendKey });
  try {
    const { requests } = await send<{ requests: RequestSummary[] }>(
      one,
      '/requests',
      fields,
      sendKey.slice(0, sendKey.indexOf(' ')),
    );
    set(one.id, { state: 'sent', request: requests[0] });
  } catch (error) {
    set(one.id, { state: 'unsent', error: isAbort(error) ? undefined : error });
  }
}
