import { X509Certificate, createPrivateKey } from 'node:crypto';
import { isIP } from 'node:net';
import * as x509 from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY = 24 * 60 * 60 * 1000;

/** A certificate authority, both parts as PEM. */
export interface CertificateAuthority {
  ca: string;
  caKey: string;
}

export interface ServerCertificate {
  certificate: string;
  key: string;
}

/** Makes the CA of a sandbox: self-signed, ten years. */
export async function createCertificateAuthority(): Promise<CertificateAuthority> {
  const keys = await generateKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: 'CN=slipway sandbox CA',
    ...validity(3650),
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
        true,
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false),
    ],
  });
  return {
    ca: certificate.toString('pem'),
    caKey: await exportKey(keys.privateKey),
  };
}

/**
 * Makes a server's certificate for host names and addresses.
 *
 * @param lifetime - 825 days from now by default
 */
export async function createServerCertificate(
  authority: CertificateAuthority,
  hosts: string[],
  lifetime: { notBefore: Date; notAfter: Date } = validity(825),
): Promise<ServerCertificate> {
  const issuer = new x509.X509Certificate(authority.ca);
  const signingKey = await importSigningKey(authority);
  const keys = await generateKeys();
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: 'CN=kube-apiserver',
    issuer: issuer.subject,
    ...lifetime,
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        hosts.map(
          (value): x509.JsonGeneralName => ({
            type: isIP(value) ? 'ip' : 'dns',
            value,
          }),
        ),
      ),
      await x509.AuthorityKeyIdentifierExtension.create(issuer, false),
    ],
  });
  return {
    certificate: certificate.toString('pem'),
    key: await exportKey(keys.privateKey),
  };
}

/** The given key must be the CA's own: else clients fail much later. */
async function importSigningKey(
  authority: CertificateAuthority,
): Promise<CryptoKey> {
  const key = createPrivateKey(authority.caKey);
  if (!new X509Certificate(authority.ca).checkPrivateKey(key)) {
    throw new Error('The sandbox CA key does not belong to its certificate');
  }
  return crypto.subtle.importKey(
    'pkcs8',
    key.export({ type: 'pkcs8', format: 'der' }),
    ALGORITHM,
    false,
    ['sign'],
  );
}

function generateKeys(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

async function exportKey(key: CryptoKey): Promise<string> {
  const der = await crypto.subtle.exportKey('pkcs8', key);
  return x509.PemConverter.encode(der, 'PRIVATE KEY');
}

function serialNumber(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[0] &= 0x7f;
  return Buffer.from(bytes).toString('hex');
}

/** An hour in the past, for clients whose clock is behind. */
function validity(days: number): { notBefore: Date; notAfter: Date } {
  const now = Date.now();
  return {
    notBefore: new Date(now - 60 * 60 * 1000),
    notAfter: new Date(now + days * DAY),
  };
}
