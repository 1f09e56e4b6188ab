import { jsonAnswer, VendorAnswer } from '../VendorAnswer';
import { bearerTokenOf, jsonBodyOf, VendorRequest } from '../VendorRequest';
import {
  googleRefusal,
  permissionDenied,
  unauthenticated,
} from './googleAnswers';
import { ServiceAccounts } from './ServiceAccounts';

const PATH =
  /^\/v1\/(projects\/[^/]+\/(topics|subscriptions)\/[^/:]+)(:modifyPushConfig)?$/;

/** A subscription as it was asked for. */
export interface SimulatedSubscription {
  topic?: unknown;
  pushConfig?: {
    pushEndpoint?: string;
    oidcToken?: { serviceAccountEmail?: string; audience?: string };
  };
}

/**
 * Pub/Sub's REST API, v1, as far as push subscriptions are made by it. It
 * delivers nothing.
 */
export class PubSub {
  /** By name, with the project. */
  readonly subscriptions = new Map<string, SimulatedSubscription>();
  private readonly topics = new Set<string>();

  constructor(private readonly accounts: ServiceAccounts) {}

  handle(request: VendorRequest): VendorAnswer | undefined {
    const [path, name, kind, modify] = PATH.exec(request.path) ?? [];
    if (!path) {
      return undefined;
    }
    const account = this.accounts.ofToken(bearerTokenOf(request));
    if (!account) {
      return unauthenticated();
    }
    if (!account.mayRead) {
      return permissionDenied(`pubsub.${kind}.create`, name);
    }
    const body = (jsonBodyOf(request) ?? {}) as SimulatedSubscription;
    if (modify && request.method === 'POST') {
      return this.modify(name, body);
    }
    if (request.method !== 'PUT') {
      return undefined;
    }
    return kind === 'topics' ? this.addTopic(name) : this.add(name, body);
  }

  private addTopic(name: string): VendorAnswer {
    if (this.topics.has(name)) {
      return alreadyExists();
    }
    this.topics.add(name);
    return jsonAnswer({ name });
  }

  private add(name: string, body: SimulatedSubscription): VendorAnswer {
    if (this.subscriptions.has(name)) {
      return alreadyExists();
    }
    if (!this.topics.has(String(body.topic))) {
      return googleRefusal(404, 'NOT_FOUND', 'Resource not found.');
    }
    return this.set(name, body);
  }

  private modify(name: string, body: SimulatedSubscription): VendorAnswer {
    const known = this.subscriptions.get(name);
    return known
      ? this.set(name, { ...known, ...body })
      : googleRefusal(404, 'NOT_FOUND', 'Resource not found.');
  }

  private set(name: string, body: SimulatedSubscription): VendorAnswer {
    if (!body.pushConfig?.pushEndpoint?.startsWith('https://')) {
      return googleRefusal(
        400,
        'INVALID_ARGUMENT',
        `Invalid push endpoint given (endpoint=${body.pushConfig?.pushEndpoint}).`,
      );
    }
    this.subscriptions.set(name, body);
    return jsonAnswer({ name, ...body });
  }
}

function alreadyExists(): VendorAnswer {
  return googleRefusal(
    409,
    'ALREADY_EXISTS',
    'Resource already exists in the project.',
  );
}
