/**
 * Loopback ports for telephony. SIP is UDP, and voice takes two UDP ports a call out of a range, below the
 * ports that the operating system gives to others.
 */
import { createSocket } from 'node:dgram';
import { freePort } from '../local/ports.ts';
import { errorCode } from '../local/trouble.ts';
import type { AsteriskPorts } from './configuration.ts';

/** Voice of Asterisks: four ranges of 1,500 calls each. One that another uses too is merely smaller. */
const RTP_FIRST = 10_000;
const RTP_RANGE = 3000;
const RTP_RANGES = 4;
/** Voice of the simulated telephones. */
export const PHONES_RTP = { first: 22_000, last: 32_766 };

let handedOut = 0;

/** A UDP port of 127.0.0.1 that nobody uses right now. */
export async function freeUdpPort(): Promise<number> {
  return (await bindBriefly(0)) ?? freeUdpPort();
}

export async function isUdpFree(port: number): Promise<boolean> {
  return (await bindBriefly(port)) !== undefined;
}

async function bindBriefly(port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    socket.once('error', (error) => (errorCode(error) === 'EADDRINUSE' ? resolve(undefined) : reject(error)));
    socket.bind({ port, address: '127.0.0.1', exclusive: true }, () => {
      const bound = socket.address().port;
      socket.close(() => resolve(bound));
    });
  });
}

/** Ports for an Asterisk. Servers of one process take different voice ranges, as long as there are some. */
export async function asteriskPorts(): Promise<AsteriskPorts> {
  const range = (process.pid + handedOut++) % RTP_RANGES;
  const rtpStart = RTP_FIRST + range * RTP_RANGE;
  return {
    ari: await freePort(),
    sip: await freeUdpPort(),
    rtpStart,
    rtpEnd: rtpStart + RTP_RANGE - 2,
  };
}
