import { deployReasonMessages } from './deployReasonMessages';
import { failureMessages } from './failureMessages';
import { fieldMessages } from './fieldMessages';
import { listingMessages } from './listingMessages';
import { proofMessages } from './proofMessages';
import { protectionReasonMessages } from './protectionReasonMessages';
import { refusalMessages } from './refusalMessages';
import { remedyMessages } from './remedyMessages';
import { cloudRemedyMessages } from './cloudRemedyMessages';
import { vendorRemedyMessages } from './vendorRemedyMessages';
import { placeReasonMessages } from './placeReasonMessages';
import { rolloutReasonMessages } from './rolloutReasonMessages';
import { ruleReasonMessages } from './ruleReasonMessages';

/**
 * Sentences by reason code, with the values they name. A code without an entry
 * is shown by the English sentence that comes with it.
 */
export const reasonMessages = {
  'reason.reference-empty': 'The image reference is empty',
  'reason.reference-is-image-id':
    'This is an image id, not an image reference; write repository@sha256:… for a digest',
  'reason.reference-invalid-host': '“{{host}}” is not the host of a registry',
  'reason.reference-invalid-repository':
    '“{{repository}}” is not a repository; each part consists of lower-case letters and digits, joined by ".", "_" or "-"',
  'reason.reference-upper-case-repository':
    'The repository “{{repository}}” must be lower case',
  'reason.reference-long-repository':
    'The repository has {{length}} characters; at most {{limit}} are allowed',
  'reason.reference-invalid-tag':
    '“{{tag}}” is not a tag; allowed are at most 128 letters, digits, ".", "_" and "-", not beginning with "." or "-"',
  'reason.reference-invalid-digest':
    '“{{digest}}” is not a digest; expected sha256: and 64 lower-case hex digits, or sha512: and 128',
  'reason.address-empty': 'The address is empty',
  'reason.address-has-space': 'The address contains a space',
  'reason.address-has-scheme':
    'An address begins with https:// or http://, not with {{scheme}}:',
  'reason.address-has-credentials':
    'The address contains a user name or password; enter them in their own fields',
  'reason.address-has-query': 'The address contains a query after "?"',
  'reason.address-has-fragment': 'The address contains a fragment after "#"',
  'reason.address-is-image':
    'This names an image; the address of a registry has no tag and no digest',
  'reason.address-invalid-host':
    'The address names no host, or one that is neither a name nor an IP address',
  'reason.address-invalid-port':
    '“{{port}}” is not a port; expected a number from 1 to 65535',
  'reason.address-invalid-path': '“{{path}}” is not a path prefix',
  'reason.address-upgraded-to-https':
    '{{host}} is only used by https, so http was changed to https',
  'reason.address-plain-http':
    'What is sent to {{host}} by http can be read and changed on the way',
  'reason.address-assumed-http':
    'Without a scheme http is assumed for {{host}}; write https:// if it serves TLS',
  'reason.address-api-path-removed':
    'The path of the API at the end was removed; it is added to every request',
  'reason.address-web-page-removed': 'The path of a web page was removed',
  'reason.address-path-is-namespace':
    '{{host}} has no path prefix, so “{{namespace}}” was taken for the namespace',
  'reason.address-path-is-prefix':
    '“{{path}}” is taken for a prefix in front of /v2/; a project or namespace belongs into its own field',
  'reason.tag-invalid': 'Not a valid tag, so nothing can be pulled by it',
  'reason.tag-is-artifact':
    'Belongs to a signature, attestation or SBOM, not to an image',
  'reason.tag-is-followed': 'Is the tag {{tag}}',
  'reason.tag-is-other': 'Is not the tag {{tag}}',
  'reason.pattern-matches': 'Matches {{pattern}} as a whole',
  'reason.pattern-differs': 'Does not match {{pattern}} as a whole',
  'reason.version-in-range': 'Is in {{range}}',
  'reason.version-out-of-range': 'Is not in {{range}}',
  'reason.version-is-prerelease':
    'Is a prerelease, and {{range}} names none of the same version',
  'reason.version-unreadable': 'Is not a version such as 1.2.3',
  'reason.version-partial':
    'Has fewer than three numbers, so it may move from version to version',
  'reason.version-leading-zero':
    'Has a number with a leading zero, which no version has',
  'reason.listing-incomplete':
    'The list of tags is not complete, so nothing is chosen from it',
  'reason.push-first': '{{tag}} is the first candidate',
  'reason.push-digest-changed': '{{tag}} has a new digest',
  'reason.push-digest-unchanged': '{{tag}} still has the same digest',
  'reason.push-version-higher': '{{tag}} is a higher version than {{head}}',
  'reason.push-version-lower': '{{tag}} is a lower version than {{head}}',
  'reason.push-version-equal':
    '{{tag}} is the same version as {{head}}, which is spelt in the preferred way',
  'reason.push-later': '{{tag}} was pushed later than {{head}}',
  'reason.push-earlier': '{{tag}} was pushed earlier than {{head}}',
  'reason.push-time-unknown':
    'Nobody knows when {{tag}} was pushed, so it is not newer than {{head}}',
  'reason.push-tie-won': '{{tag}} equals {{head}} and wins by its spelling',
  'reason.push-tie-lost': '{{tag}} equals {{head}} and loses by its spelling',
  'reason.push-head-not-candidate':
    'The rule does not take {{head}}, so {{tag}} cannot be compared with it',
  'reason.rule-invalid-tag': '“{{tag}}” is not a tag',
  'reason.rule-invalid-pattern': 'The pattern cannot be read: {{problem}}',
  'reason.rule-invalid-range': 'The range cannot be read: {{problem}}',
  'reason.not-a-push': 'An event of kind {{kind}} deploys nothing',
  'reason.not-this-endpoint': 'This endpoint may not speak for {{repository}}',
  'reason.no-tag':
    'A push without a tag, such as one platform of an index, deploys nothing',
  'reason.check-anonymous': 'Signed in anonymously',
  'reason.check-no-sign-in': 'The registry asks for no sign-in',
  'reason.check-unasked-credentials':
    'The registry did not ask for the credentials',
  'reason.check-nothing-to-pull': 'There is no repository to try it with',
  'reason.check-listed': '{{count}} repositories',
  'reason.check-listed-in': '{{count}} repositories in {{place}}',
  'reason.check-image-repositories': '{{count}} repositories for images',
  'reason.check-images': '{{count}} images in {{place}}',
  'reason.check-packages': '{{count}} packages of {{place}}',
  'reason.check-groups': '{{count}} groups',
  'reason.check-repository': 'The repository {{place}}',
  'reason.check-repository-empty': 'The repository {{place}} has no images',
  'reason.check-user': '{{name}} is a user',
  'reason.check-organization': '{{name}} is an organization',
  'reason.check-names-alone-artifactory':
    'By the Docker protocol alone; fill in the Artifactory URL to see when tags were pushed',
  'reason.check-names-alone-nexus':
    'By the Docker protocol alone; fill in the API address to see when tags were pushed',
  'reason.check-names-alone-nexus-name':
    'Fill in the Repository Name of the connector to see when tags were pushed',
  'reason.check-names-alone-quay':
    'Listed by the registry, without times and sizes; add an OAuth application token to have them',
  'reason.check-resolved': '{{host}} is {{address}}',
  'reason.check-certificate': '{{authority}}, valid {{days}} days',
  'reason.check-certificate-day': '{{authority}}, valid 1 day',
  'reason.check-certificate-undated': '{{authority}}',
  'reason.check-certificate-unverified': '{{authority}}; not verified',
  'reason.check-through-proxy': 'Through the proxy {{proxy}}',
  'reason.check-plain-http': 'Plain http: nothing is encrypted',
  'reason.pull-login-is-manage':
    "{{registry}} has no login for clusters, and its settings keep the portal's own out of them; give it a login of its own for clusters",
  'reason.pull-login-missing':
    '{{registry}} is signed in to with something that clusters cannot use; give it a login of its own for clusters',
  'reason.webhook-url-localhost':
    '{{host}} is only reachable on the machine of the portal itself; set imageRegistry.webhook.baseUrl to an address that the registry can reach',
  'reason.webhook-url-private':
    '{{host}} is a private address; a registry outside of this network cannot reach it',
  'reason.webhook-url-short-name':
    '{{host}} is a name without a domain; a registry outside of this network cannot reach it',
  'reason.webhook-url-plain-http':
    'The secret travels unencrypted to {{host}}; use https',
  'reason.rule-chooses': '{{tag}} is what the rule chooses',
  'reason.policy-deploys': 'Deploys {{tag}}: {{why}}',
  'reason.policy-would-deploy': 'Would deploy {{tag}}, but only tells: {{why}}',
  'reason.would-deploy-held':
    'Would have deployed {{tag}}; held by {{author}}: {{reason}}',
  'reason.changed-outside-by':
    '{{manager}} changed the image outside the portal to {{image}}',
  'reason.image-changed-outside':
    'Somebody changed the image outside the portal to {{image}}',
  'reason.already-desired':
    '{{tag}} is {{digest}}, which already runs here or is on its way',
  'reason.held': 'Held by {{author}}: {{reason}}',
  'reason.digest-failed-before':
    '{{digest}} failed here before; a person has to deploy it',
  'reason.author-may-not':
    '{{author}}, who saved this policy, may not deploy {{entityRef}} any more; somebody who may has to save it again',
  'reason.component-gone': '{{entityRef}} is not in the catalog any more',
  'reason.not-granted':
    'This component may not use {{repository}} of {{registry}}',
  'reason.policy-gone': 'The policy was deleted or switched off meanwhile',
  'reason.running-not-ordered':
    'What runs ({{tag}}) cannot be compared by the rule “{{rule}}”; deploy an image that the rule takes once by hand',
  'reason.no-policy': 'No policy listens to {{repository}}',
  'reason.no-policy-took-it':
    'Taken by none of the policies ({{count}}): {{why}}',
  'reason.deployed-by-policies': 'Policies that deploy it: {{count}}',
  'reason.tag-unchanged': '{{tag}} is {{digest}}, as before',
  'reason.registry-gone': 'The registry {{registryId}} was removed',
  'reason.tag-not-found': 'The registry does not know {{tag}}',
  'reason.manual-deploy': 'Deployed by hand, not what the policy would choose',
  'reason.tag-moved-back':
    '{{tag}} was moved to {{digest}}, which runs here or is on its way',
  'reason.superseded': 'Superseded by rollout #{{sequence}}',
  'reason.interrupted': 'A person deployed something else meanwhile',
  'reason.needs-consent':
    'The image field is managed by {{owners}}; somebody has to choose “Manage this image from the portal” first',
  'reason.contested':
    '{{owner}} took the image field again after the portal had written it',
  'reason.cancelled': 'Cancelled by {{author}}',
  'reason.cancelled-unwritten':
    'Cancelled by {{author}}; nothing was written to the cluster',
  'reason.cancelled-unanswered':
    'Cancelled by {{author}}; the answer to the last write is not known, so what runs says whether it took effect',
  'reason.unwritten':
    'Nothing was written: the image of the last attempt is not on the workload',
  'reason.workload-deleted':
    'The workload was deleted during the rollout; try again once it is there again',
  'reason.internal-error':
    'The portal failed repeatedly while working on this; its log says why',
  'reason.not-taken-up': 'The cluster has not taken up the change yet',
  'reason.settling':
    'All pods run the new version; making sure that they stay up',
  'reason.suspended':
    'The CronJob is suspended; it will run with the new image',
  'reason.next-run':
    'The image is written; the next run ({{schedule}}) uses it',
  'reason.no-nodes':
    'No node fits this DaemonSet; it will start with the new image',
  'reason.scaled-to-zero':
    'It is scaled to zero; it will start with the new image',
  'reason.on-delete':
    'The image is written; with the update strategy OnDelete each pod takes it when it is deleted by hand ({{updated}} of {{desired}} have)',
  'reason.partition':
    'Its partition keeps the first {{partition}} of {{desired}} pods on the old version',
  'reason.image-replaced': 'Somebody else set the image to {{image}}',
  'reason.pods-refused': 'The cluster refuses to make pods: {{detail}}',
  'reason.progress-deadline-exceeded':
    'The Deployment made no progress within its deadline: {{detail}}',
  'reason.not-confirmed-by-cluster':
    '{{kind}} {{namespace}}/{{name}} does not carry the label {{label}}, and its environment does not list the owner or system of {{component}}',
  'reason.target-confirmed': 'The cluster says this is the component’s',
  ...deployReasonMessages,
  ...failureMessages,
  ...fieldMessages,
  ...listingMessages,
  ...refusalMessages,
  ...proofMessages,
  ...protectionReasonMessages,
  ...placeReasonMessages,
  ...rolloutReasonMessages,
  ...ruleReasonMessages,
  ...vendorRemedyMessages,
  ...cloudRemedyMessages,
  ...remedyMessages,
  'reason.catalog-unavailable': 'The catalog could not be asked',
  'reason.tag-first-seen':
    '{{tag}} was there before auto deploy was; it is {{digest}} from now on, and its next change counts',
  'reason.running-newer':
    'What runs ({{tag}}) is newer than the best that the rule takes ({{best}}), and auto deploy never goes back; deploy an image that the rule takes once by hand',
  'reason.requester-may-not':
    '{{author}} may not deploy {{entityRef}} any more',
  'reason.push-times-unknown':
    'The registry does not tell when its tags were pushed; what runs stays until the next push',
  'reason.policy-changed': 'The policy was changed and decides anew',
  'reason.rule-invalid': 'The rule cannot be read',
} as const;
