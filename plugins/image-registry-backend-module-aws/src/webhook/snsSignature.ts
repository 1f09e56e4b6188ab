import { AuthenticationError } from '@backstage/errors';
import {
  because,
  Payload,
  refusal,
  VendorSignature,
} from '@slipway/backstage-plugin-image-registry-node';
import { verify, X509Certificate } from 'node:crypto';

/**
 * Of a region such as `eu-west-1` or `us-gov-west-1`, of all partitions of this
 * domain; hosts such as `sns.s3-eu-west-1` belong to whoever has that bucket.
 */
const snsHost =
  /^sns\.[a-z]{2}(?:-[a-z]+){1,2}-\d{1,2}\.amazonaws\.com(?:\.cn)?$/;

/** By `SignatureVersion`. */
const algorithms: Readonly<Record<string, string>> = {
  '1': 'RSA-SHA1',
  '2': 'RSA-SHA256',
};

const confirmationFields: readonly string[] = [
  'Message',
  'MessageId',
  'SubscribeURL',
  'Timestamp',
  'Token',
  'TopicArn',
  'Type',
];

/**
 * What is signed, in this order: Amazon SNS developer guide, "Verifying the
 * signatures of Amazon SNS messages". A subject that is absent is left out.
 */
const signedFields: Readonly<Record<string, readonly string[]>> = {
  Notification: [
    'Message',
    'MessageId',
    'Subject',
    'Timestamp',
    'TopicArn',
    'Type',
  ],
  SubscriptionConfirmation: confirmationFields,
  UnsubscribeConfirmation: confirmationFields,
};

/** Whether a URL is one of Amazon SNS: https, its host, its own port. */
export function isSnsUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return (
    url?.protocol === 'https:' &&
    snsHost.test(url.hostname) &&
    url.port === '' &&
    url.username === '' &&
    url.password === ''
  );
}

/** The signature of Amazon SNS, for one topic. */
export const snsSignature: VendorSignature = {
  type: 'signed',
  requires: ['topicArn'],
  async verify(request, settings, keys) {
    if (request.headers['x-amz-sns-rawdelivery'] === 'true') {
      throw refusal(
        AuthenticationError,
        because(
          'sns-raw-delivery',
          'Raw messages of Amazon SNS have no signature; switch raw message delivery off at the subscription',
        ),
      );
    }
    const message = Payload.of(request);
    const topicArn = message.text('TopicArn');
    if (topicArn !== settings.topicArn) {
      throw refusal(
        AuthenticationError,
        topicArn
          ? because(
              'sns-other-topic',
              `The message is of ${topicArn}, and not of ${settings.topicArn}`,
              { sent: topicArn, expected: settings.topicArn },
            )
          : because(
              'sns-no-topic',
              `The message names no topic; expected is ${settings.topicArn}`,
              { expected: settings.topicArn },
            ),
      );
    }
    const algorithm = algorithms[message.text('SignatureVersion') ?? ''];
    if (!algorithm) {
      throw refusal(
        AuthenticationError,
        because(
          'sns-signature-version',
          'The SignatureVersion is neither 1 nor 2',
        ),
      );
    }
    const signature = Buffer.from(message.text('Signature') ?? '', 'base64');
    const text = textToSign(message);
    const certificate = readCertificate(
      await keys.read(certificateUrl(message)),
    );
    if (!verify(algorithm, text, certificate.publicKey, signature)) {
      throw refusal(
        AuthenticationError,
        because(
          'sns-signature-differs',
          'The signature of the message does not match',
        ),
      );
    }
  },
};

function textToSign(message: Payload): Buffer {
  const type = message.text('Type') ?? '';
  const fields = Object.hasOwn(signedFields, type)
    ? signedFields[type]
    : undefined;
  if (!fields) {
    throw refusal(
      AuthenticationError,
      because(
        'sns-type-unsigned',
        'The Type of the message is none that Amazon SNS signs',
      ),
    );
  }
  const lines = fields.flatMap(field => {
    const value = message.text(field);
    return value === undefined ? [] : [`${field}\n${value}\n`];
  });
  return Buffer.from(lines.join(''), 'utf8');
}

function certificateUrl(message: Payload): string {
  const url = message.text('SigningCertURL') ?? '';
  if (!isSnsUrl(url) || !new URL(url).pathname.endsWith('.pem')) {
    throw refusal(
      AuthenticationError,
      because(
        'sns-certificate-elsewhere',
        'The SigningCertURL is not one of Amazon SNS',
      ),
    );
  }
  return url;
}

function readCertificate(pem: string): X509Certificate {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(pem);
  } catch {
    throw refusal(
      AuthenticationError,
      because(
        'sns-certificate-unreadable',
        'What is served at the SigningCertURL is no certificate',
      ),
    );
  }
  const now = Date.now();
  if (
    Date.parse(certificate.validFrom) > now ||
    Date.parse(certificate.validTo) < now
  ) {
    throw refusal(
      AuthenticationError,
      because(
        'sns-certificate-not-valid',
        'The certificate of the signature is not valid now',
      ),
    );
  }
  return certificate;
}
