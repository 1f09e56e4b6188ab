import { Payload } from '@slipway/backstage-plugin-image-registry-node';
import { isSnsUrl } from './snsSignature';

/** Whether it is a message of Amazon SNS, of any type. */
export function isSnsMessage(payload: Payload): boolean {
  return payload.has('TopicArn') && payload.has('MessageId');
}

/** What a topic was given: here the JSON of an event. */
export function readNotification(message: Payload): Payload | undefined {
  return Payload.ofText(message.text('Message') ?? '');
}

/**
 * Confirms a subscription by visiting its URL, where the endpoint knows the
 * topic and its signature was therefore verified, and the URL is one of SNS
 * that confirms this very topic.
 */
export function confirmSubscription(
  message: Payload,
  settings: Readonly<Record<string, string>> = {},
): {
  respond: { status: number; headers?: Record<string, string>; body: string };
  followUp?: { url: string };
} {
  const topicArn = message.text('TopicArn');
  const url = message.text('SubscribeURL');
  const headers = { 'content-type': 'text/plain; charset=utf-8' };
  if (!settings.topicArn || settings.topicArn !== topicArn) {
    return {
      respond: {
        status: 200,
        headers,
        body: 'Not confirmed: this endpoint does not know the topic. Enter its ARN at the endpoint, then request the confirmation again.',
      },
    };
  }
  if (!url || !confirms(url, topicArn)) {
    return {
      respond: {
        status: 200,
        headers,
        body: 'Not confirmed: the SubscribeURL is not one of Amazon SNS for this topic.',
      },
    };
  }
  return {
    respond: { status: 200, headers, body: 'The subscription is confirmed.' },
    followUp: { url },
  };
}

function confirms(text: string, topicArn: string): boolean {
  const url = isSnsUrl(text) ? new URL(text) : undefined;
  return (
    url?.pathname === '/' &&
    url.searchParams.get('Action') === 'ConfirmSubscription' &&
    url.searchParams.get('TopicArn') === topicArn
  );
}
