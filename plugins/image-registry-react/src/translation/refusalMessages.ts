/** What the portal refuses, and what it does not find. */
export const refusalMessages = {
  'reason.not-allowed': '{{permission}} is not allowed for you',
  'reason.not-allowed-on':
    '{{permission}} is not allowed for you on {{entityRef}}',
  'reason.not-allowed-on-registry':
    '{{permission}} is not allowed for you on registry {{id}}',
  'reason.only-owners-may':
    'Only owners of {{entityRef}} may do this; it is owned by {{owners}}',
  'reason.no-such-registry': 'No registry {{id}}',
  'reason.no-such-component': 'No component {{entityRef}}',
  'reason.no-such-environment': 'No environment {{id}}',
  'reason.no-such-endpoint': 'No webhook endpoint {{id}}',
  'reason.no-such-delivery': 'No delivery {{id}}',
  'reason.no-such-policy': 'No policy {{id}}',
  'reason.no-such-rollout': 'No rollout {{id}}',
  'reason.no-such-hold': 'No hold {{id}}',
  'reason.no-such-kind': 'No provider "{{id}}"; installed are {{known}}',
  'reason.no-such-pull-secret': 'The portal keeps no such pull secret',
  'reason.no-repository-for-you':
    'No repository {{repository}} in {{registry}} for you',
  'reason.registry-from-config':
    '{{registry}} is defined in app-config (imageRegistry.registries.{{id}}); change it there',
  'reason.registry-in-use': '{{registry}} is in use by {{users}} ({{count}})',
  'reason.registry-is-default':
    '{{registry}} is the default; make another registry the default first',
  'reason.registry-changed':
    'The registry was changed or deleted meanwhile; read it again and repeat the change',
  'reason.registry-name-taken': 'There is a registry named "{{name}}" already',
  'reason.default-taken':
    'Another registry became the default at the same moment; try again',
  'reason.default-from-config':
    'app-config makes {{registry}} the default; change imageRegistry.registries there',
  'reason.no-encryption-key':
    'Credentials cannot be stored: no encryption key is configured. Set imageRegistry.encryption.keys in app-config',
  'reason.source-from-catalog':
    'catalog-info.yaml says where the images come from; change its annotation',
  'reason.no-webhooks': '{{registry}} has no webhooks',
  'reason.no-webhook-api':
    '{{vendor}} offers no API to make webhooks; follow the steps of the recipe',
  'reason.secrets-in-use':
    'Both secrets of this endpoint are in use, and one of them would end; make an endpoint of its own for this webhook',
  'reason.endpoint-from-config':
    'This endpoint comes from app-config; change its secret there',
  'reason.repository-not-granted':
    '{{entityRef}} may not use {{repository}} of {{registry}}',
  'reason.image-not-granted-to':
    '{{repository}} of {{registry}} is not granted to {{owner}}',
  'reason.image-not-served':
    'No connected registry serves {{image}}, so there is no login for it',
  'reason.pull-login-unneeded':
    '{{registry}} is pulled from without a login, so there is nothing to put into a namespace',
  'reason.pull-secret-removed': 'The pull secret was removed meanwhile',
  'reason.registry-needs-no-login': 'The registry needs no login any more',
  'reason.policy-needs-consent':
    'The image field is managed by {{owners}}; choose "Manage this image from the portal" first',
  'reason.agree-on-lane':
    'Somebody has to agree on the lane first that the portal deploys here all the same',
  'reason.policy-exists':
    'This container has an auto deploy policy already; change that one',
  'reason.policy-changed-meanwhile':
    'Somebody changed this policy meanwhile; load it again',
  'reason.policy-off': 'This policy is switched off',
  'reason.no-listing-waits': 'No listing of this repository lost its tags',
  'reason.approval-of-other-digest':
    'You saw {{seen}}, and {{asked}} is to be deployed',
  'reason.no-approval-asked': 'This rollout asks for no approval',
  'reason.only-waiting-approved':
    'Only what waits can be approved or rejected; this rollout has gone on',
  'reason.approval-time-passed': 'The time for approving it has passed',
  'reason.rejected-already': 'You have rejected it already',
  'reason.image-not-there': '{{image}} is not in its registry any more',
  'reason.image-not-there-but':
    '{{image}} is not in its registry any more; the newest earlier image that was healthy here and still exists is {{version}} ({{digest}})',
  'reason.return-not-healthy':
    '{{digest}} was not healthy here before this rollout',
  'reason.return-unknown':
    'It is not known which image ran before this rollout, so it cannot be returned to',
  'reason.nothing-left':
    'Nothing is left of this rollout: it left nothing, or it is no longer kept',
  'reason.held-by-other-component':
    'Another component, whose target this still is, holds it',
  'reason.tag-was-moved':
    'The tag {{tag}} was moved: you saw {{seen}}, it means {{now}} now',
  'reason.no-emergency-group':
    '{{place}} names no group that may deploy past its gates',
  'reason.not-in-emergency-group':
    'Only members of {{group}} may deploy past the gates of {{environment}}',
  'reason.component-not-frozen': 'Deploys of {{entityRef}} are not frozen',
  'reason.not-frozen': 'Deploys are not frozen',
  'reason.being-made': 'The same component is being made just now',
  'reason.resume-other-component':
    'What stopped half-way is {{entityRef}}; go on with that, or begin anew',
  'reason.place-in-no-environment':
    '{{place}} is in no environment; an environment with this namespace has to list the owner or the system',
  'reason.place-not-listed':
    'Environment {{environment}} lists none of {{wanted}}, so nothing of it is made in {{place}}',
  'reason.places-overlap': 'Places must not overlap: {{detail}}',
  'reason.environment-changed-meanwhile':
    'Somebody changed this environment meanwhile; load it again',
  'reason.environment-name-taken': 'There is an environment {{name}} already',
  'reason.target-not-of-component':
    '{{kind}} {{namespace}}/{{name}} in {{cluster}} has no container {{container}} that belongs to {{entityRef}}',
  'reason.target-not-yours': 'This target is not the component’s',
  'reason.rollout-never-began':
    'This rollout never began, so there is nothing to return from',
  'reason.only-unwritten-cancelled':
    'Only what is queued or waiting, or was not written yet, can be cancelled; this rollout has gone on',
  'reason.deploy-with-consent': 'Deploy it with consent if that is meant',
  'reason.key-of-other-deploy':
    'This Idempotency-Key was used for another deploy; use a new one',
  'reason.key-of-other-component':
    'This Idempotency-Key was used for another component; use a new one',
  'reason.no-such-target': 'No target {{target}}',
  'reason.held-already': 'Held already by {{author}}: {{reason}}',
  'reason.not-writable': 'Not writable',
  'reason.nothing-begun': 'Nothing was begun under {{id}}',
  'reason.alibaba-trigger-made':
    'Container Registry console › Repositories › {{repositories}} › Trigger › {{name}}',
  'reason.tencent-trigger-made':
    'Container Registry console › Triggers › {{namespaces}} › {{name}}',
  'reason.huawei-trigger-made':
    'SWR console › Triggers › {{namespaces}} › {{name}}',
  'reason.quay-notifications-made':
    '{{location}} (and in {{count}} more repositories)',
} as const;
