/** Between calls that met an ended session and the dialogue that asks to sign in again: one question for all of them. */

type Listener = () => void;

let waiting: ((signedIn: boolean) => void)[] = [];
const listeners = new Set<Listener>();
let canAsk = false;

const tell = (): void => {
  for (const listener of listeners) listener();
};

/** Whether somebody is to sign in again now; for `useSyncExternalStore`. */
export const expiry = {
  subscribe(listener: Listener): () => void {
    listeners.add(listener);
    canAsk = true;
    return () => {
      listeners.delete(listener);
      canAsk = listeners.size > 0;
    };
  },
  isExpired: (): boolean => waiting.length > 0,
};

/** Waits until somebody has signed in again. False at once where no page is there to ask, or when they gave up. */
export function signInAgain(): Promise<boolean> {
  if (!canAsk) return Promise.resolve(false);
  return new Promise((resolve) => {
    waiting.push(resolve);
    tell();
  });
}

/** Lets every waiting call go on, or fail. */
export function settleExpiry(signedIn: boolean): void {
  const settled = waiting;
  waiting = [];
  tell();
  for (const resolve of settled) resolve(signedIn);
}
