/** The part of `sns-validator` that is used: it ships without types. */
declare module 'sns-validator' {
  class MessageValidator {
    constructor(hostPattern?: RegExp, encoding?: string);
    validate(message: Record<string, unknown>, done: (error: Error | null, message?: unknown) => void): void;
  }
  export = MessageValidator;
}
