import 'reflect-metadata';
import { createSign, KeyObject, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

const DAY = 24 * 60 * 60 * 1000;

const algorithm = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};

/** A topic that signs as Amazon SNS does, with a certificate of its own. */
export interface SnsTopic {
  arn: string;
  certificateUrl: string;
  /** PEM, as it is served at that URL. */
  certificate: string;
  /** A message with everything that SNS adds. */
  sign(message: Record<string, string>): Record<string, string>;
}

/**
 * @param version - `SignatureVersion`
 * @param days - from when to when the certificate is valid, from now
 */
export async function startSnsTopic(
  version: '1' | '2' = '2',
  days: [number, number] = [-1, 30],
): Promise<SnsTopic> {
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair;
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      name: 'CN=sns.amazonaws.com',
      notBefore: new Date(Date.now() + days[0] * DAY),
      notAfter: new Date(Date.now() + days[1] * DAY),
      signingAlgorithm: algorithm,
      keys,
    },
    webcrypto as Crypto,
  );
  const privateKey = KeyObject.from(keys.privateKey);
  const topic = {
    arn: 'arn:aws:sns:eu-west-1:123456789012:ecr-pushes',
    certificateUrl:
      'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem',
  };
  return {
    ...topic,
    certificate: certificate.toString('pem'),
    sign(given) {
      const message: Record<string, string> = {
        Type: 'Notification',
        MessageId: '4c4d5c2e-0000-4000-8000-000000000001',
        TopicArn: topic.arn,
        Timestamp: '2026-11-20T10:00:00.000Z',
        ...given,
      };
      // The developer guide's order: by name, without what is not signed.
      const text = Object.keys(message)
        .sort()
        .map(name => `${name}\n${message[name]}\n`)
        .join('');
      return {
        ...message,
        SignatureVersion: version,
        Signature: createSign(version === '1' ? 'RSA-SHA1' : 'RSA-SHA256')
          .update(text)
          .sign(privateKey, 'base64'),
        SigningCertURL: topic.certificateUrl,
        ...(message.Type === 'Notification' && {
          UnsubscribeURL:
            'https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe',
        }),
      };
    },
  };
}
