/** Sentences about rollouts, clusters and pods, by reason code. */
export const rolloutReasonMessages = {
  'reason.target-gone':
    'The workload or its container is not there any more; deploy to what is there now',
  'reason.container-gone':
    'The workload has no container {{container}} any more; deploy to the one that it has now',
  'reason.namespace-terminating':
    'The Kubernetes namespace {{namespace}} is being deleted; nothing can be deployed there',
  'reason.image-refused-by-policy':
    '{{pod}}: the registry refuses the image by its policy. {{detail}}',
  'reason.changed-outside':
    'The image was changed outside the portal meanwhile: {{image}}',
  'reason.registry-failed': 'The registry could not be asked: {{message}}',
  'reason.internal-retry':
    'The portal met an unexpected failure and tries again',
  'reason.image-exists': 'The image exists in {{registry}}',
  'reason.not-an-image': 'This is a {{kind}}, which cannot run',
  'reason.tag-moved': 'You saw {{seen}}; the tag means {{now}} now',
  'reason.tag-confirmed': 'Deployed as {{digest}}',
  'reason.platforms': '{{platforms}}',
  'reason.cluster-unreachable':
    'Cluster {{cluster}} does not answer; it is tried again',
  'reason.unauthenticated':
    'Cluster {{cluster}} does not accept the portal’s login; it is tried again',
  'reason.stale':
    'The workload in {{cluster}} changed meanwhile; it is read again',
  'reason.rate-limited':
    'Cluster {{cluster}} limits the requests; it is tried again',
  'reason.server-error':
    'Cluster {{cluster}} failed to answer properly; it is tried again',
  'reason.paused':
    'The Deployment is paused: nothing happens until it is resumed',
  'reason.old-pod-kept':
    'Kubernetes waits for {{pod}}, which has an older image and is not ready, before it replaces it. Delete that pod, and it starts with this image.',
  'reason.replicas-updating':
    '{{updated}} of {{wanted}} pods are of the new version',
  'reason.old-replicas-left': '{{old}} pods of the old version are still there',
  'reason.replicas-not-ready': '{{ready}} of {{desired}} pods are ready',
  'reason.replicas-not-available':
    '{{available}} of {{desired}} pods have been ready for long enough',
  'reason.image-pull-throttled':
    '{{pod}}: the registry limits the pulls. {{detail}}',
  'reason.image-pull-held-back':
    '{{pod}}: the registry holds the image back for now. {{detail}}',
  'reason.image-pull-denied':
    '{{pod}}: the registry denies the pull. {{detail}}',
  'reason.registry-unreachable':
    '{{pod}}: the registry cannot be reached from the node. {{detail}}',
  'reason.image-platform-missing':
    '{{pod}}: the image has no platform that fits the node. {{detail}}',
  'reason.image-not-found':
    '{{pod}}: the image does not exist in the registry. {{detail}}',
  'reason.image-name-invalid': '{{pod}}: the image name is invalid. {{detail}}',
  'reason.image-pull-failed': '{{pod}}: the image cannot be pulled. {{detail}}',
  'reason.crash-looping': '{{pod}} crashed {{restarts}}×: {{detail}}',
  'reason.container-failed': '{{pod}} ended with a failure: {{detail}}',
  'reason.out-of-memory':
    '{{pod}} was killed, out of memory ({{restarts}} restarts): {{detail}}',
  'reason.unschedulable': 'No node fits {{pod}}: {{detail}}',
  'reason.container-config-error':
    'The configuration of {{pod}} is not complete: {{detail}}',
  'reason.container-create-error':
    'The container of {{pod}} cannot be made: {{detail}}',
  'reason.container-start-error':
    'The container of {{pod}} cannot start: {{detail}}',
  'reason.evicted': '{{pod}} was evicted from its node: {{detail}}',
  'reason.pod-not-running': '{{pod}} does not run, {{reason}}: {{detail}}',
  'reason.registry-refuses-for-now':
    '{{pod}}: the registry refuses the pull for now; it goes on as soon as the registry lets it. {{detail}}',
  'reason.configuration-missing':
    '{{pod}} waits for {{kind}} “{{name}}”: {{detail}}',
  'reason.volume-not-ready':
    '{{pod}} waits for a volume or its network, {{reason}}: {{detail}}',
  'reason.probe-failing': 'The {{probe}} probe of {{pod}} fails: {{detail}}',
  'reason.image-platform-mismatch':
    'The program of {{pod}} is of another architecture than the node: {{detail}}',
  'reason.image-reverted': '{{title}} set the image back to {{image}}',
  'reason.image-replaced-by': '{{title}} set the image to {{image}}',
  'reason.rollout-paused':
    'The Rollout is paused and waits to be promoted. {{detail}}',
  'reason.rollout-promoting':
    'Argo Rollouts is promoting the new version. {{detail}}',
  'reason.rollout-aborted': 'Argo Rollouts aborted the rollout. {{detail}}',
  'reason.rollout-degraded':
    'Argo Rollouts calls the rollout degraded. {{detail}}',
  'reason.soaking': 'Healthy, watching for {{span}} until {{until}}',
  'reason.restart-budget-exceeded':
    'The new pods restarted {{restarts}}×; {{budget}} restarts are tolerated',
  'reason.health-deadline-exceeded': 'Not healthy within {{span}}: {{detail}}',
  'reason.no-progress': 'Nothing has moved for {{span}}: {{detail}}',
  'reason.never-stayed-healthy':
    'Never stayed healthy for {{span}}: {{detail}}',
  'reason.registry-refused-too-long':
    'The registry refused the image for {{span}}: {{detail}}',
  'reason.registry-scans': 'Waiting: {{registry}} is scanning',
  'reason.registry-holds-back':
    'Waiting: {{registry}} holds the image back for now',
  'reason.registry-throttles': 'Waiting: {{registry}} throttles',
  'reason.registry-fails': 'Waiting: {{registry}} fails to answer',
  'reason.returning': 'Returning to {{image}}',
  'reason.return-written': '{{image}} is written again',
  'reason.returned': 'Back on {{image}}',
  'reason.returned-not-started':
    'Back on {{image}}, which starts when the workload is started',
  'reason.nothing-to-return-to':
    'Not rolled back: no other image was healthy here and still exists',
  'reason.no-image-to-return-to':
    'No earlier image that was healthy here exists in its registry any more',
  'reason.return-failed':
    'The return to {{image}} failed too: {{detail}} The workload is set to {{set}}.',
  'reason.return-interrupted':
    'A person deployed something else during the return to {{image}}',
  'reason.held-after-return':
    '{{failed}} failed and was rolled back to {{image}}',
} as const;
