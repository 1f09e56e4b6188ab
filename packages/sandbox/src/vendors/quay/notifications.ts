import { randomUUID } from 'node:crypto';
import { emptyAnswer, jsonAnswer, VendorAnswer } from '../VendorAnswer';
import { jsonBodyOf, VendorRequest } from '../VendorRequest';
import { refusal } from './refusal';

/** A notification as the API shows it. */
export interface QuayNotification {
  uuid: string;
  title: string | null;
  event: string;
  method: string;
  config: { url?: string };
  event_config: object;
  number_of_failures: number;
}

const REQUIRED = ['event', 'method', 'config', 'eventConfig'] as const;

/**
 * Notifications by repository, as in docs.quay.io/api/swagger under
 * `repositorynotification`. There is no way to change one.
 */
export class QuayNotifications {
  private readonly byRepository = new Map<string, QuayNotification[]>();

  /** Of one repository, in the order in which they were made. */
  list(repository: string): readonly QuayNotification[] {
    return this.byRepository.get(repository) ?? [];
  }

  /** @param rest - of the path, behind `/notification/` */
  answer(
    repository: string,
    rest: string,
    request: VendorRequest,
  ): VendorAnswer {
    const known = this.list(repository);
    switch (request.method) {
      case 'GET':
        return jsonAnswer({ notifications: known });
      case 'POST':
        return this.create(repository, jsonBodyOf(request));
      case 'DELETE':
        if (!known.some(({ uuid }) => uuid === rest)) {
          return refusal(400, 'invalid_request', 'No repository notification');
        }
        this.byRepository.set(
          repository,
          known.filter(({ uuid }) => uuid !== rest),
        );
        return emptyAnswer();
      default:
        return refusal(405, 'method_not_allowed', 'Method Not Allowed');
    }
  }

  private create(repository: string, body: unknown): VendorAnswer {
    const given = (body ?? {}) as Record<string, unknown>;
    const missing = REQUIRED.find(name => given[name] === undefined);
    if (missing) {
      return refusal(
        400,
        'invalid_request',
        `'${missing}' is a required property`,
      );
    }
    const config = given.config as { url?: string };
    if (given.method === 'webhook' && !/^https?:\/\//.test(config.url ?? '')) {
      return refusal(400, 'invalid_request', 'Invalid webhook URL');
    }
    const notification = {
      uuid: randomUUID(),
      title: typeof given.title === 'string' ? given.title : null,
      event: String(given.event),
      method: String(given.method),
      config,
      event_config: given.eventConfig as object,
      number_of_failures: 0,
    };
    this.byRepository.set(repository, [...this.list(repository), notification]);
    return jsonAnswer(notification, { status: 201 });
  }
}
