/** Recordings come over ARI as long as anything moves, and are said to be missing only by a server that knows. */
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { fetchStored } from '../../../../providers/voice/asterisk/stored-recording.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A server that answers so, as a trunk knows it. */
async function server(answer: RequestListener) {
  const http = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((resolve) => http.once('listening', resolve));
  closing.push(() => {
    http.closeAllConnections();
    http.close();
  });
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  return { name: 'one', url, user: 'clarion', password: 'secret' };
}

const PIECE = Buffer.alloc(3300, 0xd5);
const STANDSTILL_MS = 1000;

/** So many pieces, one every so often. */
async function pieces(response: ServerResponse, count: number, everyMs: number): Promise<void> {
  for (let sent = 0; sent < count; sent++) {
    response.write(PIECE);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

describe('a stored recording', () => {
  it('is asked for by name, with user and password, and comes whole', async () => {
    const asked: (string | undefined)[] = [];
    const one = await server((request, response) => {
      asked.push(request.url, request.headers.authorization);
      response.end(PIECE);
    });
    const data = await fetchStored(one, 'call_1/2');
    expect(data && (await buffer(data))).toEqual(PIECE);
    expect(asked).toEqual([
      '/ari/recordings/stored/call_1%2F2/file',
      `Basic ${Buffer.from('clarion:secret').toString('base64')}`,
    ]);
  });

  it('may be empty', async () => {
    const data = await fetchStored(await server((_, response) => response.end()), 'call');
    expect(data && (await buffer(data))).toHaveLength(0);
  });

  it('may take longer than any standstill, as long as something comes', async () => {
    const one = await server(async (_, response) => {
      response.setHeader('content-length', 25 * PIECE.length);
      await pieces(response, 25, 100);
      response.end();
    });
    const data = await fetchStored(one, 'call', { standstillMs: STANDSTILL_MS });
    expect(data && (await buffer(data))).toHaveLength(25 * PIECE.length);
  });

  it('fails when it stands still on the way, before it begins, or breaks off', async () => {
    const stopping = await server((_, response) => {
      response.setHeader('content-length', 10 * PIECE.length);
      response.write(PIECE);
    });
    const data = await fetchStored(stopping, 'call', { standstillMs: STANDSTILL_MS });
    await expect(data && buffer(data)).rejects.toThrow('one: the recording stands still');
    const silent = await server(() => {});
    await expect(fetchStored(silent, 'call', { standstillMs: STANDSTILL_MS })).rejects.toThrow(
      'stands still',
    );
    const breaking = await server((_, response) => {
      response.setHeader('content-length', 10 * PIECE.length);
      response.write(PIECE, () => response.destroy());
    });
    const half = await fetchStored(breaking, 'call', { standstillMs: STANDSTILL_MS });
    await expect(half && buffer(half)).rejects.toThrow('one: the recording cannot be fetched');
  });

  it('is broken off when the worker stops, before it begins and on the way', async () => {
    const stop = new AbortController();
    const silent = fetchStored(await server(() => {}), 'call', { signal: stop.signal });
    const one = await server((_, response) => {
      response.write(PIECE);
    });
    const data = await fetchStored(one, 'call', { signal: stop.signal });
    const reading = data && buffer(data);
    setImmediate(() => stop.abort());
    await expect(silent).rejects.toThrow('cannot be fetched');
    await expect(reading).rejects.toThrow('cannot be fetched');
  });

  it('waits for whoever stores it, however slow that is', async () => {
    const one = await server((_, response) => response.end(Buffer.concat(Array(400).fill(PIECE))));
    const data = await fetchStored(one, 'call', { standstillMs: STANDSTILL_MS });
    let bytes = 0;
    for await (const piece of data ?? []) {
      if (bytes === 0) await new Promise((resolve) => setTimeout(resolve, 2 * STANDSTILL_MS));
      bytes += (piece as Buffer).length;
    }
    expect(bytes).toBe(400 * PIECE.length);
  });

  it('is missing only where Asterisk says that there is no such recording', async () => {
    const answering = (status: number, message: string) =>
      server((_, response) => response.writeHead(status).end(JSON.stringify({ message })));
    expect(await fetchStored(await answering(404, 'Recording not found'), 'call')).toBeUndefined();
    for (const [status, message] of [
      [404, 'Resource not found'],
      [401, 'Authentication required'],
      [403, 'Recording not found'],
      [500, 'Recording not found'],
      [503, 'Asterisk not booted'],
    ] as const) {
      await expect(fetchStored(await answering(status, message), 'call'), message).rejects.toThrow(
        `status ${status}`,
      );
    }
    await expect(
      fetchStored({ name: 'one', url: 'http://127.0.0.1:9', user: '', password: '' }, 'call'),
    ).rejects.toThrow('cannot be fetched');
  });
});
