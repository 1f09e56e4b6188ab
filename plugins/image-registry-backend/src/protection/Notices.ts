import { LoggerService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { RolloutImage } from '@slipway/backstage-plugin-image-registry-common';
import { Access, ownersOf } from '../access';

/** What a notice is about. */
export interface NoticeSubject {
  entityRef: string;
  environment?: string;
  image: Pick<RolloutImage, 'repository' | 'tag' | 'digest'>;
}

/** What {@link Notices} is made of. */
export interface NoticesOptions {
  access: Access;
  logger: LoggerService;
  notifications: Pick<NotificationService, 'send'>;
}

/** `web 1.2.3 in production`. */
function subjectOf({ entityRef, environment, image }: NoticeSubject): string {
  const { name } = parseEntityRef(entityRef);
  const version = image.tag ?? image.digest?.slice(0, 19) ?? image.repository;
  return `${name} ${version}${environment ? ` in ${environment}` : ''}`;
}

/**
 * Tells people by Backstage notification. A portal without notifications, or
 * a failure of them, stops nothing: what they tell is on the pages as well.
 */
export class Notices {
  constructor(private readonly options: NoticesOptions) {}

  /** @param approvers - those who are asked, without who asks */
  async approvalAsked(
    subject: NoticeSubject,
    approvers: readonly string[],
    notBy: string,
    rolloutId: string,
  ): Promise<void> {
    await this.#send(subject, approvers, {
      title: `Approval needed: ${subjectOf(subject)}`,
      description: `${notBy} asks for it`,
      topic: `image-registry-approval-${rolloutId}`,
      severity: 'high',
      // What the page reads to open the rollout's changes and its buttons.
      query: { panel: 'approval', rollout: rolloutId },
      exclude: notBy,
    });
  }

  async emergencyDeployed(
    subject: NoticeSubject,
    author: string,
    reason: string,
  ): Promise<void> {
    await this.#send(subject, await this.#owners(subject), {
      title: `Emergency deploy: ${subjectOf(subject)}`,
      description: `${author} deployed past the gates: ${reason}`,
      topic: `image-registry-emergency-${subject.entityRef}`,
      severity: 'critical',
    });
  }

  /** After a rollout failed: what its automatic return came to. */
  async returned(
    subject: NoticeSubject,
    { to, isBack, failure }: { to: string; isBack: boolean; failure?: string },
  ): Promise<void> {
    await this.#send(subject, await this.#owners(subject), {
      title: `${isBack ? 'Rolled back' : 'Roll back failed'}: ${subjectOf(
        subject,
      )}`,
      description: `${
        isBack ? `${to} runs again` : `${to} did not come back`
      }; auto deploy is held. ${failure ?? ''}`.trim(),
      topic: `image-registry-returned-${subject.entityRef}-${
        subject.environment ?? ''
      }`,
      severity: isBack ? 'high' : 'critical',
    });
  }

  /** Of a policy that only tells: what it would have deployed. */
  async wouldDeploy(subject: NoticeSubject): Promise<void> {
    await this.#send(subject, await this.#owners(subject), {
      title: `New image: ${subjectOf(subject)}`,
      description: 'The auto deploy policy only tells, and deployed nothing',
      topic: `image-registry-new-image-${subject.entityRef}-${
        subject.environment ?? ''
      }`,
      severity: 'normal',
    });
  }

  async #owners({ entityRef }: NoticeSubject): Promise<string[]> {
    try {
      const entity = await this.options.access.entity(entityRef);
      return entity ? ownersOf(entity) : [];
    } catch (error) {
      this.options.logger.warn(`Nobody was told of ${entityRef}: ${error}`);
      return [];
    }
  }

  async #send(
    { entityRef }: NoticeSubject,
    recipients: readonly string[],
    notice: {
      title: string;
      description: string;
      topic: string;
      severity: 'critical' | 'high' | 'normal';
      query?: Record<string, string>;
      exclude?: string;
    },
  ): Promise<void> {
    if (recipients.length === 0) {
      return;
    }
    const { exclude, query, ...payload } = notice;
    const { kind, namespace, name } = parseEntityRef(entityRef);
    const page = `/catalog/${namespace}/${kind}/${name}/deploy`.toLowerCase();
    try {
      await this.options.notifications.send({
        recipients: {
          type: 'entity',
          entityRef: [...recipients],
          ...(exclude && { excludeEntityRef: exclude }),
        },
        payload: {
          ...payload,
          link: query ? `${page}?${new URLSearchParams(query)}` : page,
          scope: 'image-registry',
        },
      });
    } catch (error) {
      this.options.logger.info(
        `No notification "${notice.title}" was sent: ${error}`,
      );
    }
  }
}
