import { TLSSocket } from 'node:tls';

const dayMs = 24 * 60 * 60 * 1000;

/** Who signed a server's certificate, and for how many days it is valid. */
export function readCertificate(
  socket: TLSSocket,
  now: number,
): { authority: string; days?: number } {
  const { issuer, valid_to: validTo } = socket.getPeerCertificate();
  // A name that occurs several times comes as an array.
  const authority = [issuer?.O ?? issuer?.CN].flat()[0] ?? 'unknown authority';
  const days = Math.floor((Date.parse(validTo) - now) / dayMs);
  return { authority, ...(!Number.isNaN(days) && { days }) };
}
