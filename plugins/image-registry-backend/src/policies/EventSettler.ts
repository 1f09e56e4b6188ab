import { LoggerService } from '@backstage/backend-plugin-api';
import {
  DeliveryOutcome,
  ImageRegistrySignal,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';
import { RegistryError } from '@slipway/backstage-plugin-image-registry-node';
import { EventQueue, HeldEvent, LostEventError } from '../inbox';
import { Metrics } from '../metrics';
import { RegistryService } from '../registries';
import { Decider } from './Decider';
import { DecisionResult } from './DecisionResult';
import { outcomeOf, pushTimeOf, tellsTime } from './eventOutcome';
import { policyReasons } from './reasons';
import { Observation, TagStore } from './TagStore';
import { ConfirmedTags, ToldPushes, UnconfirmedTagsError } from './ToldPushes';

/** Tags of one repository that are confirmed at a time. */
const CONFIRM_CONCURRENCY = 8;
/** How often a tag may be observed by others while it is being confirmed. */
const MAX_LOST_SWAPS = 10;
/** A tag that the registry does not know yet may appear: asked so often. */
const NOT_FOUND_ATTEMPTS = 4;
/** After this time an event that cannot be confirmed is given up, in ms. */
const GIVE_UP_AFTER_MS = 24 * 60 * 60 * 1000;

/** What {@link EventSettler} is made of. */
export interface EventSettlerOptions {
  decider: Decider;
  events: EventQueue;
  logger: LoggerService;
  metrics: Pick<Metrics, 'settled'>;
  registries: RegistryService;
  tags: TagStore;
  toldPushes: ToldPushes;
  publish(signal: ImageRegistrySignal): void;
}

type Confirmed = { digest: string } | { error: unknown };

/**
 * What is known of a tag while its events are settled. The generation is the
 * one before the registry was asked, moved on only by what was recorded from
 * that answer: a stale answer never passes for a newer one.
 */
interface TagKnowledge {
  confirmed: Confirmed;
  generation: number;
}

/** Milliseconds until an event is tried again: doubling, at most 5 minutes. */
function backoffMs(attempts: number): number {
  const base = Math.min(300_000, 1000 * 2 ** Math.min(attempts, 12));
  return Math.round(base * (0.75 + Math.random() / 2));
}

/**
 * Asks the registry what a tag means now, and has the policies decide. One
 * request per tag serves all its events and all policies.
 */
export class EventSettler {
  constructor(private readonly options: EventSettlerOptions) {}

  /**
   * Settles held events of one repository in their order, after confirming
   * all their tags.
   */
  async settle(lane: HeldEvent[]): Promise<void> {
    const { registryId, repository } = lane[0];
    const tags = [...new Set(lane.map(event => event.tag))];
    const generations = await this.options.tags.generations(
      registryId,
      repository,
      tags,
    );
    const confirmed = await this.#confirmAll(registryId, repository, tags);
    const known = new Map<string, TagKnowledge>(
      [...confirmed].map(([tag, answer]) => [
        tag,
        { confirmed: answer, generation: generations.get(tag) ?? 0 },
      ]),
    );
    const failed = new Map(
      [...confirmed].flatMap(([tag, answer]) =>
        'error' in answer ? [[tag, answer.error]] : [],
      ),
    );
    for (const [tag, error] of failed) {
      const events = lane.filter(event => event.tag === tag);
      await this.#orLater(events, () => this.#unconfirmed(events, error));
    }
    for (const event of lane.filter(({ tag }) => !failed.has(tag))) {
      await this.#orLater([event], () =>
        this.#settleOne(event, known.get(event.tag)!),
      );
    }
  }

  async #confirmAll(
    registryId: string,
    repository: string,
    tags: string[],
  ): Promise<Map<string, Confirmed>> {
    const confirmed = new Map<string, Confirmed>();
    const open = [...tags];
    const worker = async () => {
      for (let tag = open.shift(); tag !== undefined; tag = open.shift()) {
        confirmed.set(tag, await this.#confirm(registryId, repository, tag));
      }
    };
    await Promise.all(
      Array.from({ length: CONFIRM_CONCURRENCY }, () => worker()),
    );
    return confirmed;
  }

  async #confirm(
    registryId: string,
    repository: string,
    tag: string,
  ): Promise<Confirmed> {
    try {
      const client = await this.options.registries.client(registryId);
      const { digest } = await client.resolve(repository, tag, {
        priority: 'webhook',
      });
      return { digest };
    } catch (error) {
      return { error };
    }
  }

  async #settleOne(event: HeldEvent, known: TagKnowledge): Promise<void> {
    const { registryId, repository, tag } = event;
    const { tags } = this.options;
    for (let swap = 0; swap < MAX_LOST_SWAPS; swap++) {
      if ('error' in known.confirmed) {
        await this.#unconfirmed([event], known.confirmed.error);
        return;
      }
      const result = await this.#recordAndFollow(
        event,
        known.confirmed.digest,
        known.generation,
      );
      if (result !== 'lost') {
        known.generation += result === 'unchanged' ? 0 : 1;
        return;
      }
      const now = await tags.generations(registryId, repository, [tag]);
      known.generation = now.get(tag) ?? 0;
      known.confirmed = await this.#confirm(registryId, repository, tag);
    }
    await this.#later(
      [event],
      policyReasons.registryFailed('The tag keeps changing'),
    );
  }

  /** Events whose work fails unexpectedly are tried again. */
  async #orLater(
    events: HeldEvent[],
    work: () => Promise<void>,
  ): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof LostEventError) {
        return;
      }
      this.options.logger.error(
        `Event ${events[0].id} met an unexpected failure`,
        {
          error: String(error),
          stack: error instanceof Error ? String(error.stack) : '',
        },
      );
      await this.#later(
        events,
        policyReasons.registryFailed(
          'The portal met an unexpected failure and tries again',
        ),
      );
    } finally {
      events.forEach(event => this.#signal(event));
    }
  }

  /** Its time may make other tags the newest: those are asked for as well. */
  async #recordAndFollow(
    event: HeldEvent,
    digest: string,
    generation: number,
  ): Promise<Observation['result']> {
    let confirmed: ConfirmedTags = new Map();
    for (let round = 1; ; round++) {
      try {
        return await this.#record(event, { digest, generation, confirmed });
      } catch (error) {
        if (
          !(error instanceof UnconfirmedTagsError) ||
          round > MAX_LOST_SWAPS
        ) {
          throw error;
        }
        const { tags } = error;
        const answers = await this.options.toldPushes.confirm(event, tags);
        confirmed = new Map([...confirmed, ...answers]);
      }
    }
  }

  /**
   * Swaps, decides and ends the event in one transaction. `lost`: somebody
   * else observed the tag in between.
   */
  async #record(
    event: HeldEvent,
    now: { digest: string; generation: number; confirmed: ConfirmedTags },
  ): Promise<Observation['result']> {
    const { digest, generation, confirmed } = now;
    const { decider, tags, events, metrics, toldPushes } = this.options;
    const { registryId, repository, tag } = event;
    const observed = {
      registryId,
      repository,
      tag,
      digest,
      eventId: event.id,
      source: event.forced ? ('replay' as const) : ('webhook' as const),
      ...pushTimeOf(event),
    };
    const prepared = await decider.prepare(observed);
    let decided: DecisionResult[] = [];
    let outcome: DeliveryOutcome = 'unchanged';
    const result = await tags.transaction(async trx => {
      const observation = await tags.observe(
        trx,
        observed,
        generation,
        event.forced && 'force',
      );
      if (
        observation.result === 'unchanged' ||
        observation.result === 'first-seen'
      ) {
        const reason =
          observation.result === 'unchanged'
            ? policyReasons.unchanged(tag, digest)
            : policyReasons.firstSeen(tag, digest);
        if (observation.result === 'unchanged' && tellsTime(event, observed)) {
          decided = await toldPushes.tell(trx, observed, {
            prepared,
            confirmed,
          });
        }
        await events.finish(trx, event, 'unchanged', reason);
      }
      if (observation.result !== 'changed') {
        return observation.result;
      }
      const own = await decider.decide(trx, observation.change, prepared);
      decided = [own];
      if (observed.pushTold) {
        const known = { prepared, confirmed };
        decided.push(...(await toldPushes.moved(trx, observed, known)));
      }
      const end = outcomeOf(own, repository, tag);
      await events.finish(trx, event, end.outcome, end.reason);
      outcome = end.outcome;
      return observation.result;
    });
    if (result !== 'lost') {
      metrics.settled(outcome, 1);
    }
    decided.forEach(each => decider.announce(each));
    return result;
  }

  /** The registry could not be asked for a tag, or does not know it. */
  async #unconfirmed(events: HeldEvent[], error: unknown): Promise<void> {
    const [{ registryId, tag }] = events;
    if (!(await this.options.registries.find(registryId))) {
      await this.#giveUp(events, policyReasons.registryGone(registryId));
      return;
    }
    const known = error instanceof RegistryError ? error : undefined;
    if (!known) {
      throw error;
    }
    const missing = known.code === 'not-found';
    const reason = missing
      ? policyReasons.tagNotFound(tag)
      : policyReasons.registryFailed(known.message);
    const isLast = ({ attempts }: HeldEvent) =>
      missing && attempts + 1 >= NOT_FOUND_ATTEMPTS;
    await this.#giveUp(events.filter(isLast), reason);
    await this.#later(
      events.filter(event => !isLast(event)),
      reason,
      known.retryAfterMs,
    );
  }

  /** Tries events again, except those that have been tried for long enough. */
  async #later(
    events: HeldEvent[],
    reason: Reason,
    retryInMs?: number,
  ): Promise<void> {
    const now = Date.now();
    const isOld = ({ receivedAt }: HeldEvent) =>
      now - Date.parse(receivedAt) > GIVE_UP_AFTER_MS;
    await this.#giveUp(events.filter(isOld), reason);
    const others = events.filter(event => !isOld(event));
    for (const attempts of new Set(others.map(event => event.attempts))) {
      await this.options.events.retry(
        others.filter(event => event.attempts === attempts),
        retryInMs ?? backoffMs(attempts),
        reason,
      );
    }
  }

  /** Dead letters: shown in the webhook log, and may be replayed. */
  async #giveUp(events: HeldEvent[], reason: Reason): Promise<void> {
    if (events.length > 0) {
      const ended = await this.options.events.end(events, 'failed', reason);
      this.options.metrics.settled('failed', ended);
    }
  }

  #signal({ deliveryId, registryId }: HeldEvent): void {
    if (deliveryId) {
      this.options.publish({ topic: 'delivery', id: deliveryId, registryId });
    }
  }
}
