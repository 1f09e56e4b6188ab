import { PORTAL_FIELD_MANAGER } from '@slipway/backstage-plugin-image-registry-common';
import { TestPullRequest } from '@slipway/backstage-plugin-image-registry-node';

const MANAGED_BY_LABEL = 'app.kubernetes.io/managed-by';
const PURPOSE_LABEL = 'image-registry.backstage.io/purpose';
const PURPOSE = 'test-pull';

/** On each pod: when whoever finds it may delete it. */
export const EXPIRY_ANNOTATION = 'image-registry.backstage.io/expires-at';

/** Selects the pods of test pulls. */
export const TEST_POD_SELECTOR = `${MANAGED_BY_LABEL}=${PORTAL_FIELD_MANAGER},${PURPOSE_LABEL}=${PURPOSE}`;

/** Nobody's user on common systems. */
const NOBODY = 65532;

/**
 * No image has it: the container cannot start, so nothing of the image runs,
 * and the kubelet has pulled it by then.
 */
const NOTHING_TO_RUN = '/image-registry-test-pull/nothing-to-run';

/**
 * A pod that makes the kubelet pull an image, with the `restricted` security
 * profile and without a token.
 * @param deadline - when it is of no use any more
 */
export function testPod(
  request: TestPullRequest,
  { now, deadlineMs }: { now: Date; deadlineMs: number },
): object {
  const { place, image, pullSecrets = [], serviceAccount } = request;
  const { architecture } = request;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      generateName: 'image-registry-test-pull-',
      namespace: place.namespace,
      labels: {
        [MANAGED_BY_LABEL]: PORTAL_FIELD_MANAGER,
        [PURPOSE_LABEL]: PURPOSE,
      },
      annotations: {
        [EXPIRY_ANNOTATION]: new Date(now.getTime() + deadlineMs).toISOString(),
      },
    },
    spec: {
      restartPolicy: 'Never',
      activeDeadlineSeconds: Math.ceil(deadlineMs / 1000),
      terminationGracePeriodSeconds: 0,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      ...(serviceAccount && { serviceAccountName: serviceAccount }),
      ...(pullSecrets.length > 0 && {
        imagePullSecrets: pullSecrets.map(name => ({ name })),
      }),
      ...(architecture && {
        nodeSelector: { 'kubernetes.io/arch': architecture },
      }),
      securityContext: {
        runAsNonRoot: true,
        runAsUser: NOBODY,
        runAsGroup: NOBODY,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [
        {
          name: 'pull',
          image,
          // What lies on the node already says nothing about the registry.
          imagePullPolicy: 'Always',
          command: [NOTHING_TO_RUN],
          resources: {
            requests: { cpu: '10m', memory: '16Mi' },
            limits: { cpu: '100m', memory: '64Mi' },
          },
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
        },
      ],
    },
  };
}
