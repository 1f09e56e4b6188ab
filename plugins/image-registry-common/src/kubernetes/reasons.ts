import { Reason } from '../reason';

/** The sentences, by code; `{name}` stands for a value. */
const sentences = {
  'value-required': 'Required',
  'name-too-long': '“{value}” is too long: at most {most} characters',
  'name-no-label':
    '“{value}”: lower-case letters, digits and -, beginning and ending with a letter or digit',
  'name-no-subdomain':
    '“{value}”: lower-case letters, digits, - and ., beginning and ending with a letter or digit',
  'name-no-service':
    '“{value}”: lower-case letters, digits and -, beginning with a letter and ending with a letter or digit',
  'port-name-invalid':
    '“{value}”: lower-case letters, digits and single -, with at least one letter',
  'port-out-of-range': '{value} is no port: 1 to 65535',
  'number-out-of-range': '“{value}” is no whole number from {least} to {most}',
  'reference-incomplete':
    '“{value}”: a full reference such as group:default/team',
  'env-name-invalid': '“{value}”: printable characters of ASCII, without =',
  'secret-key-invalid': '“{value}”: letters, digits, -, _ and .',
  'label-value-invalid':
    '“{value}”: letters, digits, -, _ and ., beginning and ending with a letter or digit',
  'host-is-address': '“{value}”: a DNS name, no IP address and no port',
  'quantity-invalid':
    '“{value}” is no quantity: a number with a unit, such as 250m, 0.5, 128Mi or 1Gi',
  'quantity-negative': '{value} is less than 0',
  'quantity-not-positive': '{value} is not more than 0',
  'request-above-limit': 'The request {value} is more than the limit {limit}',
  'mount-path-invalid':
    '“{value}”: a path that begins with /, without : and without ..',
  'path-invalid': '“{value}”: a path that begins with /, without // and ..',
  'value-taken': '“{value}” is named twice',
  'env-value-and-secret': 'Either a value or a secret, not both',
  'port-unknown': '{value} is none of the ports of the component',
  'service-needs-port': 'A service needs at least one port',
  'ingress-needs-service': 'An ingress needs a service',
  'tls-needs-host': 'TLS needs a host',
  'restricted-needs-user':
    'The restricted profile does not let user 0 (root) run',
  'object-exists':
    '{kind} {name} exists already in {namespace}; choose another name',
  'refused-by-server': '{detail}',
  'not-made-here':
    '{name} was not made from an image here; change it where its manifests are',
  'kept-by-tool':
    '{tool} keeps {name} and would undo a change; change it in its source',
  'field-owned':
    '{field} belongs to {owner}, which may set it again; change it there',
  'field-stays':
    '{field} was also set by {owner}, so it stays; remove it there first',
} as const;

/** Codes of what the API server would refuse. */
export type KubernetesReasonCode = keyof typeof sentences;

/** All of them, for translations. */
export const kubernetesReasonCodes = Object.keys(
  sentences,
) as KubernetesReasonCode[];

/** The reason of a code, with its values put into the sentence. */
export function kubernetesReason(
  code: KubernetesReasonCode,
  params: Record<string, string> = {},
): Reason {
  return {
    code,
    message: sentences[code].replace(
      /\{(\w+)\}/g,
      (_, name: string) => params[name] ?? '',
    ),
    params,
  };
}
