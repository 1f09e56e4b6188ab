import { WorkloadIngress } from '@slipway/backstage-plugin-image-registry-common';
import { IngressObject } from './DeploymentObject';

/** What an Ingress says, as far as the form can say it too. */
export interface ReadIngress {
  ingress?: WorkloadIngress;
  /** It says more than that, and stays. */
  otherIngress?: { port?: number };
}

/** Reads an Ingress that was made with a workload. */
export function ingressOf({ metadata, spec }: IngressObject): ReadIngress {
  const { ingressClassName: className, rules = [], tls = [] } = spec ?? {};
  const paths = rules.flatMap(({ http }) => http?.paths ?? []);
  const [path] = paths;
  const port = path?.backend?.service?.port?.number;
  const host = rules[0]?.host;
  const [certificate] = tls;
  const isPlain =
    rules.length === 1 &&
    paths.length === 1 &&
    path.pathType === 'Prefix' &&
    path.backend?.service?.name === metadata.name &&
    tls.length <= 1 &&
    (!certificate ||
      (certificate.hosts?.length === 1 && certificate.hosts[0] === host));
  if (!isPlain || port === undefined) {
    const known = paths
      .map(({ backend }) => backend?.service?.port?.number)
      .find(each => each !== undefined);
    return { otherIngress: { port: known } };
  }
  return {
    ingress: {
      path: path.path ?? '/',
      port,
      ...(host && { host }),
      ...(className && { className }),
      ...(certificate?.secretName && { tlsSecret: certificate.secretName }),
    },
  };
}
