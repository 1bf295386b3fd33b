/** What every command is given. */
import { createOutput, type Output } from './output.ts';
import { answer, createServer, type Server } from './server.ts';
import { readSettings } from './settings.ts';

export interface Context {
  output: Output;
  server: Server;
}

/**
 * For what only operations may do for an account.
 * @param account its id, named to a key of operations. Without it: the local stack's account, by its own notes
 * @returns `header` to send along, undefined where the key is the account's own
 * @throws CommandError when the settings name no server
 */
export async function openOperations(options: { json?: boolean; account?: string }) {
  const settings = readSettings(process.env);
  const context = openContext(options);
  if (options.account !== undefined) return { ...context, header: { 'X-Account-Id': options.account } };
  if (settings.operationsKey === undefined) return { ...context, header: undefined };
  const own = await answer(context.server.GET('/accounts/me'));
  const server = createServer({ ...settings, apiKey: settings.operationsKey });
  return { ...context, server, header: { 'X-Account-Id': String(own.id) } };
}

/** @throws CommandError when the settings name no server */
export function openContext(options: { json?: boolean }): Context {
  return {
    output: createOutput(options.json === true),
    server: createServer(readSettings(process.env)),
  };
}
