import { TargetRef } from '@slipway/backstage-plugin-image-registry-common';
import { deploymentOf } from '../World';

/** A workload that is deployed to while all around it fails. */
export interface ChaosTarget {
  /** What is special of it. */
  name: string;
  ref: TargetRef;
  entityRef: string;
  /** Its own, so that no policy hears of another target's pushes. */
  repository: string;
  /** How some of its images fail: the sandbox's ending of their tags. */
  fails?: 'broken' | 'crash';
  /** Whether a policy deploys to it, too. */
  hasPolicy: boolean;
}

/** Where nothing is returned by itself. */
export const STEADY_NAMESPACES = ['shop-dev', 'shop-staging'];
/** Where a failing image is returned to the last good one. */
export const RETURNING_NAMESPACES = ['shop-prod'];

/** Tags that the policies take. */
export const POLICY_TAGS = 'build-[0-9a-z]+(-[a-z]+)?';

/** All that the shop has of each kind, and whatever can become of an image. */
export const chaosTargets: readonly ChaosTarget[] = [
  {
    name: 'Deployment',
    ref: deploymentOf('shop-dev', 'web'),
    hasPolicy: true,
  },
  {
    name: 'StatefulSet',
    ref: { ...deploymentOf('shop-staging', 'worker'), kind: 'StatefulSet' },
    hasPolicy: true,
  },
  {
    name: 'missing images',
    ref: deploymentOf('shop-dev', 'api'),
    fails: 'broken',
    hasPolicy: false,
  },
  {
    name: 'crashing pods',
    ref: deploymentOf('shop-staging', 'api'),
    fails: 'crash',
    hasPolicy: false,
  },
  {
    name: 'automatic return',
    ref: deploymentOf('shop-prod', 'web'),
    fails: 'crash',
    hasPolicy: true,
  },
].map(target => ({
  ...target,
  entityRef: `component:default/${target.ref.name}`,
  repository: `chaos/${target.ref.namespace}-${target.ref.name}`,
})) as ChaosTarget[];
