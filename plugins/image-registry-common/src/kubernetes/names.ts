import { Reason } from '../reason';
import { kubernetesReason } from './reasons';

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const labelPattern = new RegExp(`^${label}$`);
const subdomainPattern = new RegExp(`^${label}(\\.${label})*$`);
const serviceNamePattern = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const portNamePattern = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const secretKeyPattern = /^[-._a-zA-Z0-9]+$/;
const envNamePattern = /^[\x20-\x3c\x3e-\x7e]+$/;
const labelValuePattern = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;

const LABEL_LENGTH = 63;
const SUBDOMAIN_LENGTH = 253;
const PORT_NAME_LENGTH = 15;

function tooLong(value: string, most: number): Reason | undefined {
  return value.length > most
    ? kubernetesReason('name-too-long', { value, most: String(most) })
    : undefined;
}

function required(value: string): Reason | undefined {
  return value === '' ? kubernetesReason('value-required') : undefined;
}

/**
 * The rules of names, as the API server checks them
 * (https://kubernetes.io/docs/concepts/overview/working-with-objects/names/).
 * Each answers what is wrong, or undefined.
 */
export function dnsLabelProblem(value: string): Reason | undefined {
  return (
    required(value) ??
    tooLong(value, LABEL_LENGTH) ??
    (labelPattern.test(value)
      ? undefined
      : kubernetesReason('name-no-label', { value }))
  );
}

/** Names of most objects: Deployments, secrets, claims, ingress hosts. */
export function dnsSubdomainProblem(value: string): Reason | undefined {
  return (
    required(value) ??
    tooLong(value, SUBDOMAIN_LENGTH) ??
    (subdomainPattern.test(value)
      ? undefined
      : kubernetesReason('name-no-subdomain', { value }))
  );
}

/** Names of Services begin with a letter (RFC 1035). */
export function serviceNameProblem(value: string): Reason | undefined {
  return (
    required(value) ??
    tooLong(value, LABEL_LENGTH) ??
    (serviceNamePattern.test(value)
      ? undefined
      : kubernetesReason('name-no-service', { value }))
  );
}

/** Names of ports: IANA service names (RFC 6335). */
export function portNameProblem(value: string): Reason | undefined {
  return (
    required(value) ??
    tooLong(value, PORT_NAME_LENGTH) ??
    (portNamePattern.test(value) && /[a-z]/.test(value) && !/--/.test(value)
      ? undefined
      : kubernetesReason('port-name-invalid', { value }))
  );
}

/** Names of environment variables: printable ASCII without `=`. */
export function envNameProblem(value: string): Reason | undefined {
  return (
    required(value) ??
    (envNamePattern.test(value)
      ? undefined
      : kubernetesReason('env-name-invalid', { value }))
  );
}

/** Keys of secrets and config maps. */
export function secretKeyProblem(value: string): Reason | undefined {
  if (value === '.' || value === '..' || value.startsWith('..')) {
    return kubernetesReason('secret-key-invalid', { value });
  }
  return (
    required(value) ??
    tooLong(value, SUBDOMAIN_LENGTH) ??
    (secretKeyPattern.test(value)
      ? undefined
      : kubernetesReason('secret-key-invalid', { value }))
  );
}

/** Values of labels may be empty. */
export function labelValueProblem(value: string): Reason | undefined {
  return (
    tooLong(value, LABEL_LENGTH) ??
    (labelValuePattern.test(value)
      ? undefined
      : kubernetesReason('label-value-invalid', { value }))
  );
}

/** Hosts of ingress rules: a DNS name, or one with `*.` in front; no address. */
export function ingressHostProblem(value: string): Reason | undefined {
  if (/^[0-9.]+$/.test(value) || value.includes(':')) {
    return kubernetesReason('host-is-address', { value });
  }
  return dnsSubdomainProblem(
    value.startsWith('*.') ? value.slice('*.'.length) : value,
  );
}
