import {
  CreateRollout,
  RolloutDiff,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  DriverError,
  ImageChangeDiff,
} from '@slipway/backstage-plugin-image-registry-node';
import { Actor } from '../access';
import { withDriverErrors } from '../http';
import { Drivers, requireWritable } from '../targets';
import { imageChecks, PlaceChecks } from './checks';
import { containersOf, DeployPlan, needsConsent } from './DeployPlanner';
import { ProtectionPreview } from './ProtectionPreview';
import { because } from './reasons';

type Checks = RolloutDiff['checks'];

/** What {@link DeployPreviewer} is made of. */
export interface DeployPreviewerOptions {
  drivers: Drivers;
  places: PlaceChecks;
  protection: ProtectionPreview;
}

/** What the cluster said of the change: what it would do, or why not. */
type Rehearsal =
  | { diff: ImageChangeDiff }
  | { refusal: NonNullable<RolloutDiff['refusal']> };

/** Shows what a deploy would change, and what stands against it. */
export class DeployPreviewer {
  constructor(private readonly options: DeployPreviewerOptions) {}

  /**
   * @throws NotAllowedError before the cluster is asked, when a target may not
   * be written
   */
  async preview(
    actor: Actor,
    request: CreateRollout,
    plan: DeployPlan,
  ): Promise<RolloutDiff> {
    const containers = containersOf(plan);
    containers.forEach(({ found }) => requireWritable(found.writable));
    const [rehearsal, checks] = await Promise.all([
      withDriverErrors(() => this.#rehearse(plan)),
      this.#checks(actor, request, plan),
    ]);
    return {
      target: request.target,
      image: plan.image,
      consented: !containers.some(needsConsent),
      undoneBy: containers.find(({ undoneBy }) => undoneBy)?.undoneBy,
      ...described(rehearsal),
      checks: [...serverCheck(rehearsal), ...checks],
    };
  }

  async #rehearse({ target, image, others }: DeployPlan): Promise<Rehearsal> {
    const driver = await this.options.drivers.for(target);
    try {
      const diff = await driver.diff({
        target,
        image: image.reference,
        sequence: Number.MAX_SAFE_INTEGER,
        force: false,
        ...(others.length > 0 && {
          others: others.map(other => ({
            container: other.target.container,
            image: other.image.reference,
          })),
        }),
      });
      return { diff };
    } catch (error) {
      if (isRefusal(error)) {
        const { message, fields = [] } = error;
        return { refusal: { message, fields } };
      }
      throw error;
    }
  }

  async #checks(
    actor: Actor,
    request: CreateRollout,
    plan: DeployPlan,
  ): Promise<Checks> {
    const { places, protection } = this.options;
    const [ofPlace, ofProtection, ...ofImages] = await Promise.all([
      places.ofPlace(plan.target),
      protection.checks(actor, request, plan),
      ...containersOf(plan).map(async container => {
        const found = [
          ...imageChecks(container),
          ...(await places.ofImage(container)),
        ];
        const { container: name } = container.target;
        return plan.others.length === 0
          ? found
          : found.map(check => ({ ...check, container: name }));
      }),
    ]);
    return [...ofImages.flat(), ...ofPlace, ...ofProtection];
  }
}

/** Refused for good: the person has to change something, or ask for a right. */
function isRefusal(error: unknown): error is DriverError {
  return (
    error instanceof DriverError &&
    (error.code === 'invalid' || error.code === 'forbidden')
  );
}

function described(
  rehearsal: Rehearsal,
): Omit<RolloutDiff, 'target' | 'image' | 'consented' | 'undoneBy' | 'checks'> {
  if ('refusal' in rehearsal) {
    const { refusal } = rehearsal;
    return { changes: [], conflicts: [], unchanged: false, refusal };
  }
  const { resourceVersion: _, ...diff } = rehearsal.diff;
  return diff;
}

function serverCheck(rehearsal: Rehearsal): Checks {
  if (!('refusal' in rehearsal)) {
    return [];
  }
  const { message: detail } = rehearsal.refusal;
  const reason = because(
    'refused-by-server',
    `The cluster refuses it: ${detail}`,
    { detail },
  );
  return [{ name: 'server', ok: false, reason }];
}
