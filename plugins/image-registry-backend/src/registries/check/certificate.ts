import { TLSSocket } from 'node:tls';

const dayMs = 24 * 60 * 60 * 1000;

/** Who signed a server's certificate and how long it is valid, in words. */
export function describeCertificate(socket: TLSSocket, now: number): string {
  const { issuer, valid_to: validTo } = socket.getPeerCertificate();
  // A name that occurs several times comes as an array.
  const name = [issuer?.O ?? issuer?.CN].flat()[0] ?? 'unknown authority';
  const days = Math.floor((Date.parse(validTo) - now) / dayMs);
  return Number.isNaN(days)
    ? name
    : `${name}, valid ${days} ${days === 1 ? 'day' : 'days'}`;
}
