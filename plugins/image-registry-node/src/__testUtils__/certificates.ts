import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const day = 24 * 60 * 60 * 1000;

/** A key pair with its certificate; PEM for servers. */
export interface TestCertificate {
  cert: string;
  key: string;
  issuer: x509.X509Certificate;
  privateKey: CryptoKey;
}

/** Makes a certificate for names, self-signed unless an authority is given. */
export async function makeCertificate(
  names: string[],
  options: { authority?: TestCertificate; days?: [number, number] } = {},
): Promise<TestCertificate> {
  const { authority, days = [-1, 30] } = options;
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair;
  const subject = `CN=${names[0]}`;
  const certificate = await x509.X509CertificateGenerator.create(
    {
      subject,
      issuer: authority?.issuer.subject ?? subject,
      notBefore: new Date(Date.now() + days[0] * day),
      notAfter: new Date(Date.now() + days[1] * day),
      publicKey: keys.publicKey,
      signingKey: authority?.privateKey ?? keys.privateKey,
      signingAlgorithm: algorithm,
      extensions: [
        new x509.BasicConstraintsExtension(!authority, undefined, true),
        new x509.SubjectAlternativeNameExtension(
          names.map(value => ({
            type: 'dns' as const,
            value,
          })),
        ),
      ],
    },
    webcrypto as Crypto,
  );
  const der = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    cert: certificate.toString('pem'),
    key: x509.PemConverter.encode(der, 'PRIVATE KEY'),
    issuer: certificate,
    privateKey: keys.privateKey,
  };
}
