import { Reason } from '../reason';
import { kubernetesReason } from './reasons';

/** Where a volume may be mounted. */
export function mountPathProblem(value: string): Reason | undefined {
  if (value === '') {
    return kubernetesReason('value-required');
  }
  const steps = value.split('/');
  return value.startsWith('/') && !value.includes(':') && !steps.includes('..')
    ? undefined
    : kubernetesReason('mount-path-invalid', { value });
}

/** Paths of ingress rules of type Prefix, as networking/v1 checks them. */
export function ingressPathProblem(value: string): Reason | undefined {
  if (value === '') {
    return kubernetesReason('value-required');
  }
  const refused =
    !value.startsWith('/') ||
    /\/\/|\/\.\/|\/\.\.\/|%2f/i.test(value) ||
    /\/\.{1,2}$/.test(value);
  return refused ? kubernetesReason('path-invalid', { value }) : undefined;
}
