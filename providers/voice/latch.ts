/** Something that happens once, awaited by any number, before or after. */
export interface Latch<T> {
  readonly promise: Promise<T>;
  settle(value: T): void;
  fail(error: Error): void;
}

export function latch<T>(): Latch<T> {
  let settle: (value: T) => void = () => {};
  let fail: (error: Error) => void = () => {};
  const promise = new Promise<T>((resolve, reject) => {
    settle = resolve;
    fail = reject;
  });
  // A failure nobody waits for is no failure of the process.
  promise.catch(() => {});
  return { promise, settle, fail };
}
