import { MetricsService } from '@backstage/backend-plugin-api/alpha';
import {
  DecisionOutcome,
  DeliveryOutcome,
} from '@slipway/backstage-plugin-image-registry-common';
import { RequestHandler } from 'express';

/** How much of something there is now, by an attribute of a few values. */
export type Level = () => Promise<ReadonlyMap<string, number>>;

/**
 * What an operator watches. No attribute names a repository, component or
 * person: the number of series does not grow with the portal.
 */
export class Metrics {
  readonly #answers;
  readonly #events;
  readonly #decisions;
  readonly #polls;
  readonly #observed: Array<() => void> = [];

  private constructor(private readonly metrics: MetricsService) {
    this.#answers = metrics.createHistogram<{ status: number }>(
      'image_registry.webhook.answer.duration',
      {
        description: 'Until a webhook call was answered',
        unit: 's',
        advice: {
          explicitBucketBoundaries: [
            0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5,
          ],
        },
      },
    );
    this.#events = metrics.createCounter<{ outcome: DeliveryOutcome }>(
      'image_registry.inbox.events',
      { description: 'Events that came to an end, by what they came to' },
    );
    this.#decisions = metrics.createCounter<{ outcome: DecisionOutcome }>(
      'image_registry.decisions',
      { description: 'Decisions of policies' },
    );
    this.#polls = metrics.createCounter<{ outcome: string }>(
      'image_registry.polls',
      { description: 'Looks at repositories without an event' },
    );
  }

  static create(options: { metrics: MetricsService }): Metrics {
    return new Metrics(options.metrics);
  }

  /** Times every answer that passes. */
  timeAnswers(): RequestHandler {
    return (_request, response, next) => {
      const start = performance.now();
      response.once('finish', () => {
        this.#answers.record((performance.now() - start) / 1000, {
          status: response.statusCode,
        });
      });
      next();
    };
  }

  settled(outcome: DeliveryOutcome, count: number): void {
    if (count > 0) {
      this.#events.add(count, { outcome });
    }
  }

  decided(outcome: DecisionOutcome, count: number): void {
    if (count > 0) {
      this.#decisions.add(count, { outcome });
    }
  }

  polled(outcome: string): void {
    this.#polls.add(1, { outcome });
  }

  /**
   * Reads something whenever metrics are collected, until {@link Metrics.stop}.
   * @param attribute - what tells the values apart; the level's keys
   */
  watch(
    name: string,
    options: { description: string; unit?: string; attribute?: string },
    level: Level,
  ): void {
    const { attribute, ...told } = options;
    const gauge = this.metrics.createObservableGauge(name, told);
    const observe: Parameters<typeof gauge.addCallback>[0] = async result => {
      for (const [key, value] of await level()) {
        result.observe(value, attribute ? { [attribute]: key } : undefined);
      }
    };
    gauge.addCallback(observe);
    this.#observed.push(() => gauge.removeCallback(observe));
  }

  /** Reads nothing any more. */
  stop(): void {
    this.#observed.splice(0).forEach(end => end());
  }
}
