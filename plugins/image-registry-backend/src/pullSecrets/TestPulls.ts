import { LoggerService } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  ImageRegistrySignal,
  Reason,
  TargetRef,
  TestPull,
  TestPullProgress,
  TestPullStep,
} from '@slipway/backstage-plugin-image-registry-common';
import { DriverError } from '@slipway/backstage-plugin-image-registry-node';
import { randomUUID } from 'node:crypto';
import { TargetPulls, TEST_PULL_DEADLINE_MS } from './TargetPulls';
import { TestPullStore } from './TestPullStore';

const DEFAULT_CANCEL_LOOK_MS = 2000;

/** What {@link TestPulls} is made of. */
export interface TestPullsOptions {
  logger: LoggerService;
  pulls: TargetPulls;
  store: TestPullStore;
  publish(signal: ImageRegistrySignal): void;
  /** How often it is asked whether another replica was told to stop, in ms. */
  cancelLookMs?: number;
}

/** A pull that this process waits for. */
interface Running {
  controller: AbortController;
  done: Promise<void>;
}

/** Test pulls that go on while people look at them, or stop them. */
export class TestPulls {
  readonly #running = new Map<string, Running>();

  constructor(private readonly options: TestPullsOptions) {}

  /**
   * Makes the pod, and goes on by itself.
   * @throws DriverError when the pod cannot be made
   */
  async start(
    entity: Entity,
    target: TargetRef,
    { image, author }: Pick<TestPull, 'image'> & { author: string },
  ): Promise<TestPullProgress> {
    const { pulls, store } = this.options;
    const controller = new AbortController();
    const test = await pulls.test(entity, target, { image }, controller.signal);
    const iterator = test.steps[Symbol.asyncIterator]();
    const first = await iterator.next();
    const id = randomUUID();
    const steps = first.done ? [] : [first.value];
    const entityRef = stringifyEntityRef(entity);
    try {
      await store.insert({
        id,
        entityRef,
        author,
        image: test.image,
        deadlineMs: TEST_PULL_DEADLINE_MS,
        steps,
      });
    } catch (error) {
      await iterator.return?.();
      throw error;
    }
    const done = this.#follow({ id, entityRef, steps, iterator, controller });
    this.#running.set(id, { controller, done });
    return store.get(id);
  }

  /** @throws NotFoundError */
  async get(id: string): Promise<TestPullProgress> {
    return this.options.store.get(id);
  }

  /** Ends it; its pod is deleted by the replica that waits for it. */
  async cancel({ id, entityRef }: TestPullProgress): Promise<void> {
    const { publish, store } = this.options;
    await store.end(id, 'cancelled');
    this.#running.get(id)?.controller.abort();
    publish({ topic: 'test-pull', id, entityRef });
  }

  /** Deletes the pods of what is under way here. */
  async stop(): Promise<void> {
    const running = [...this.#running.values()];
    running.forEach(({ controller }) => controller.abort());
    await Promise.all(running.map(({ done }) => done));
  }

  async #follow(pull: {
    id: string;
    entityRef: string;
    steps: TestPullStep[];
    iterator: AsyncIterator<TestPullStep>;
    controller: AbortController;
  }): Promise<void> {
    const { id, entityRef, iterator, controller } = pull;
    const { logger, publish, store } = this.options;
    const { cancelLookMs = DEFAULT_CANCEL_LOOK_MS } = this.options;
    const tell = () => publish({ topic: 'test-pull', id, entityRef });
    const look = setInterval(() => {
      this.#stopWhenCancelled(id, controller);
    }, cancelLookMs);
    look.unref();
    try {
      let { steps } = pull;
      for (;;) {
        const next = await iterator.next();
        if (next.done) {
          break;
        }
        steps = withStep(steps, next.value);
        await store.setSteps(id, steps);
        tell();
      }
      await store.end(id, 'ended');
    } catch (error) {
      await iterator.return?.();
      await store.end(id, 'ended', failureOf(error)).catch(failure => {
        logger.warn(`Test pull ${id} could not be ended: ${failure}`);
      });
    } finally {
      clearInterval(look);
      this.#running.delete(id);
      tell();
    }
  }

  async #stopWhenCancelled(
    id: string,
    controller: AbortController,
  ): Promise<void> {
    const { logger, store } = this.options;
    try {
      if (!(await store.isRunning(id))) {
        controller.abort();
      }
    } catch (error) {
      logger.warn(`Test pull ${id} could not be looked at: ${error}`);
    }
  }
}

/** What is only told in more words is no step of its own. */
function withStep(
  steps: readonly TestPullStep[],
  step: TestPullStep,
): TestPullStep[] {
  const last = steps.at(-1);
  return last?.phase === step.phase && !last.words
    ? [...steps.slice(0, -1), { ...step, at: last.at }]
    : [...steps, step];
}

function failureOf(error: unknown): Reason {
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof DriverError
    ? { code: error.code, message, params: { detail: message } }
    : {
        code: 'test-pull-broke-off',
        message: `The test pull broke off: ${message}`,
        params: { detail: message },
      };
}
