import {
  advise,
  RegistryCallOptions,
  RegistryError,
  RegistryHttpResponse,
} from '@slipway/backstage-plugin-image-registry-node';
import { TITLE } from '../title';
import { GoogleApi } from './GoogleApi';

const API = 'https://pubsub.googleapis.com/v1';
const ROLE = 'roles/pubsub.editor';

/** The only topic that Artifact Registry publishes to. */
const TOPIC = 'gcr';

/** Seconds that the portal has to answer; it takes much less. */
const ACK_DEADLINE = 20;

/** A push subscription to be made. */
export interface PushSubscription {
  name: string;
  /** With the secret in it. */
  url: string;
  /** With both, Google signs what it sends. */
  audience?: string;
  serviceAccount?: string;
}

/** Pub/Sub's REST API, v1, as far as it makes a webhook. */
export class PubSubApi {
  constructor(private readonly google: GoogleApi) {}

  /**
   * Makes the topic when it is missing, and the subscription, or changes the
   * one of the same name.
   */
  async subscribe(
    project: string,
    subscription: PushSubscription,
    options: RegistryCallOptions,
  ): Promise<void> {
    const topic = `projects/${project}/topics/${TOPIC}`;
    const path = `projects/${project}/subscriptions/${subscription.name}`;
    const pushConfig = pushConfigOf(subscription);
    await this.call('PUT', topic, {}, 'pubsub.topics.create', options);
    const made = await this.call(
      'PUT',
      path,
      {
        topic,
        pushConfig,
        ackDeadlineSeconds: ACK_DEADLINE,
        // Without it a subscription ends after 31 days without a push.
        expirationPolicy: {},
      },
      'pubsub.subscriptions.create',
      options,
    );
    if (made.status === 409) {
      await this.call(
        'POST',
        `${path}:modifyPushConfig`,
        { pushConfig },
        'pubsub.subscriptions.update',
        options,
      );
    }
  }

  /** What exists already is no failure. */
  private async call(
    method: 'POST' | 'PUT',
    path: string,
    body: object,
    permission: string,
    { priority, signal }: RegistryCallOptions,
  ): Promise<RegistryHttpResponse> {
    const operation = 'make the webhook';
    const response = await this.google.call({
      method,
      url: `${API}/${path}`,
      body,
      operation,
      permission,
      role: ROLE,
      acceptStatuses: [400, 409],
      priority,
      signal,
    });
    if (response.status === 400) {
      // What Google says may repeat the URL, and so the secret.
      throw new RegistryError(
        'invalid-response',
        `${TITLE}: could not ${operation}: Pub/Sub does not accept the URL or the service account`,
        {
          status: 400,
          hint: advise(
            'google-webhook-address',
            'The portal needs an https address with a certificate of a public authority, and the service account must be of the same project',
          ),
        },
      );
    }
    return response;
  }
}

function pushConfigOf({ audience, serviceAccount, url }: PushSubscription) {
  return {
    pushEndpoint: url,
    ...(audience &&
      serviceAccount && {
        oidcToken: { serviceAccountEmail: serviceAccount, audience },
      }),
  };
}
