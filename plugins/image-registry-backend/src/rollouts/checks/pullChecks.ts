import {
  PullAccess,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  PullAccessReader,
  RegistryError,
} from '@slipway/backstage-plugin-image-registry-node';
import { PullLoginRefusedError, RegistryService } from '../../registries';
import { ContainerPlan } from '../DeployPlanner';
import { because } from '../reasons';
import { Check } from './asked';

/**
 * Whether the registry gives an image out to clusters: it may refuse what it
 * lists, because a signature is missing or a finding too severe.
 */
export async function manifestCheck(
  registries: Pick<RegistryService, 'tryPull'>,
  { registry, image }: ContainerPlan,
): Promise<Check[]> {
  const name = 'manifest' as const;
  try {
    const { repository, digest } = image;
    if (!(await registries.tryPull(registry.id, repository, digest))) {
      return [];
    }
  } catch (error) {
    if (error instanceof PullLoginRefusedError) {
      // The check of the pull tells that.
      return [];
    }
    if (!(error instanceof RegistryError)) {
      throw error;
    }
    const { message } = error;
    const reason = because(
      'manifest-refused',
      `The registry does not give it out to clusters now: ${message}`,
      { detail: message },
    );
    return [{ name, ok: false, warning: true, reason }];
  }
  const reason = because(
    'manifest-given',
    'The registry gives it out to clusters',
  );
  return [{ name, ok: true, reason }];
}

/** Whether the pods have a login for the image's registry. */
export async function pullCheck(
  registries: Pick<RegistryService, 'pullLogin'>,
  driver: PullAccessReader,
  { image, registry, target }: ContainerPlan,
  signal: AbortSignal,
): Promise<Check[]> {
  let refused: Reason | undefined;
  try {
    if (!(await registries.pullLogin(registry.id))) {
      const reason = because(
        'pull-anonymous',
        `${registry.name} is pulled from without a login`,
        { registry: registry.name },
      );
      return [{ name: 'pull', ok: true, reason }];
    }
  } catch (error) {
    if (!(error instanceof PullLoginRefusedError)) {
      throw error;
    }
    refused = error.reason;
  }
  const access = await driver.pullAccess(
    { place: target, workload: target, host: nameOf(image.reference) },
    { signal },
  );
  return [ofAccess(access, refused)];
}

/** Nodes may have a login of their own, so a missing secret is no obstacle. */
function ofAccess(access: PullAccess, refused: Reason | undefined): Check {
  const name = 'pull' as const;
  const { known, ok, reason } = access;
  if (ok || !known) {
    return { name, ok: true, ...(!ok && { warning: true }), reason };
  }
  return refused
    ? { name, ok: false, warning: true, reason: refused }
    : { name, ok: false, warning: true, reason, fix: 'pull-secret' };
}

/** Without tag and digest: what a secret has to fit. */
function nameOf(reference: string): string {
  const [name] = reference.split('@', 1);
  return name.replace(/:[^:/]+$/, '');
}
