/** The whole schema, as drizzle and its migration generator read it. */
export * from './accounts.ts';
export * from './attempts.ts';
export * from './dids.ts';
export * from './enums.ts';
export * from './flows.ts';
export * from './mail-in.ts';
export * from './mails.ts';
export * from './prompts.ts';
export * from './recordings.ts';
export * from './records.ts';
export * from './register.ts';
export * from './requests.ts';
export * from './splits.ts';
export * from './suppression.ts';
export * from './trunks.ts';
export * from './users.ts';
export * from './whitelist-codes.ts';
