/** Loopback ports: free ones, so that any number of stacks can run side by side, and the same ones again at the next start. */
import { createServer } from 'node:net';
import { errorCode, Trouble } from './trouble.ts';

const DEFAULT_API_PORT = 8080;

/** What listens in a stack. Remembered in the data directory. */
export interface Ports {
  api: number;
  postgres: number;
  temporal: number;
  temporalUi: number;
  inbox: number;
  mailIn: number;
}

/** A port of 127.0.0.1 that nobody listens on right now. */
export async function freePort(): Promise<number> {
  const port = await listenBriefly(0, '127.0.0.1');
  if (port === undefined) throw new Error('no free port');
  return port;
}

/** Whether nobody listens on this port. */
export async function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return (await listenBriefly(port, host)) !== undefined;
}

async function listenBriefly(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      if (errorCode(error) === 'EADDRINUSE') resolve(undefined);
      else if (errorCode(error) === 'EACCES')
        reject(new Trouble(`port ${port} may not be used by you; choose one above 1023`));
      else if (errorCode(error) === 'EADDRNOTAVAIL')
        reject(new Trouble(`HOST ${host} is not an address of this machine`));
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(address && typeof address === 'object' ? address.port : undefined));
    });
  });
}

/**
 * Ports for a start: those of the last one where they are still free.
 * @param wanted PORT of the environment; taken by another program it is an error, as the caller counts on it
 * @throws Trouble when `wanted` is in use
 */
export async function choosePorts(options: {
  wanted: number | undefined;
  host: string;
  remembered: Partial<Ports>;
  say: (line: string) => void;
}): Promise<Ports> {
  const { remembered } = options;
  const ports = { api: await apiPort(options) } as Ports;
  for (const name of ['postgres', 'temporal', 'temporalUi', 'inbox', 'mailIn'] as const) {
    const last = remembered[name];
    ports[name] =
      last !== undefined && (await isFree(last)) ? last : await otherFreePort(Object.values(ports));
  }
  return ports;
}

/** Two calls in a row may be given the same free port, as nobody holds the first one yet. */
async function otherFreePort(taken: number[]): Promise<number> {
  for (;;) {
    const port = await freePort();
    if (!taken.includes(port)) return port;
  }
}

async function apiPort(options: {
  wanted: number | undefined;
  host: string;
  remembered: Partial<Ports>;
  say: (line: string) => void;
}): Promise<number> {
  const { wanted, host, remembered, say } = options;
  if (wanted !== undefined) {
    if (await isFree(wanted, host)) return wanted;
    throw new Trouble(
      `PORT ${wanted} is in use by another program; choose another, or leave PORT unset for a free one`,
    );
  }
  if (await isFree(DEFAULT_API_PORT, host)) return DEFAULT_API_PORT;
  const last = remembered.api;
  const port = last !== undefined && (await isFree(last, host)) ? last : await freePort();
  say(`Port ${DEFAULT_API_PORT} is in use; taking ${port} instead`);
  return port;
}
