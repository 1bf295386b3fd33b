/** What every command is given. */
import { createOutput, type Output } from './output.ts';
import { createServer, type Server } from './server.ts';
import { readSettings } from './settings.ts';

export interface Context {
  output: Output;
  server: Server;
}

/** @throws CommandError when the settings name no server */
export function openContext(options: { json?: boolean }): Context {
  return {
    output: createOutput(options.json === true),
    server: createServer(readSettings(process.env)),
  };
}
