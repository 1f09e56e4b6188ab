import { stringify } from 'yaml';
import type { TlsSettings } from '../api/registries';
import { parseRegistryAddress } from '../reference';

/** Container runtimes whose nodes can be told to trust a registry. */
export type NodeRuntime = 'containerd' | 'cri-o' | 'k3s';

/** A file that every node needs. */
export interface NodeFile {
  path: string;
  content: string;
}

/** What makes the nodes of one runtime pull from a registry. */
export interface NodeTrust {
  runtime: NodeRuntime;
  files: NodeFile[];
  /** To be run afterwards; absent where the next pull reads the files. */
  command?: string;
}

/** How the portal itself reaches the registry. */
export interface TrustedRegistry {
  /** What clusters pull from: an address or host, with scheme if it is http. */
  address: string;
  tls: Pick<TlsSettings, 'verify' | 'caCertificate'>;
}

/** What nodes have to be told. */
interface Trust {
  /** Host and port as image references name it. */
  registry: string;
  scheme: 'https' | 'http';
  /** PEM. */
  ca?: string;
  /** The certificate is not checked. */
  unverified: boolean;
}

/**
 * The files that let nodes pull from a registry that a fresh node refuses:
 * with a CA of its own, an unverified certificate, or plain http.
 *
 * @returns nothing for a registry whose certificate any node trusts
 * @throws InvalidRegistryAddressError
 */
export function nodeTrust({ address, tls }: TrustedRegistry): NodeTrust[] {
  const { scheme, registry } = parseRegistryAddress(address);
  const trust: Trust = {
    registry,
    scheme,
    ca: scheme === 'https' ? tls.caCertificate?.trim() : undefined,
    unverified: scheme === 'https' && !tls.verify,
  };
  return scheme === 'http' || trust.ca || trust.unverified
    ? [containerd(trust), crio(trust), k3s(trust)]
    : [];
}

/** Without `:`, which some file systems and tools do not take. */
function fileName(registry: string): string {
  return registry.replace(/[^a-z0-9.-]+/gi, '-');
}

/** Sources: containerd's docs/hosts.md. */
function containerd({ registry, scheme, ca, unverified }: Trust): NodeTrust {
  const folder = `/etc/containerd/certs.d/${registry}`;
  const url = `${scheme}://${registry}`;
  const lines = [
    `server = "${url}"`,
    '',
    `[host."${url}"]`,
    '  capabilities = ["pull", "resolve"]',
    ...(unverified ? ['  skip_verify = true'] : []),
    ...(ca && !unverified ? [`  ca = "${folder}/ca.crt"`] : []),
  ];
  return {
    runtime: 'containerd',
    files: [
      { path: `${folder}/hosts.toml`, content: `${lines.join('\n')}\n` },
      ...(ca && !unverified
        ? [{ path: `${folder}/ca.crt`, content: `${ca}\n` }]
        : []),
    ],
  };
}

/** Sources: containers-registries.conf(5), containers-certs.d(5). */
function crio({ registry, scheme, ca, unverified }: Trust): NodeTrust {
  const insecure = scheme === 'http' || unverified;
  return {
    runtime: 'cri-o',
    files: insecure
      ? [
          {
            path: `/etc/containers/registries.conf.d/${fileName(
              registry,
            )}.conf`,
            content: `[[registry]]\nlocation = "${registry}"\ninsecure = true\n`,
          },
        ]
      : [
          {
            path: `/etc/containers/certs.d/${registry}/ca.crt`,
            content: `${ca}\n`,
          },
        ],
    command: insecure ? 'systemctl reload crio' : undefined,
  };
}

/** Source: docs.k3s.io, Private Registry Configuration. */
function k3s({ registry, scheme, ca, unverified }: Trust): NodeTrust {
  const caFile = `/etc/rancher/k3s/${fileName(registry)}.crt`;
  const withFile = ca !== undefined && !unverified;
  const settings =
    scheme === 'http'
      ? { mirrors: { [registry]: { endpoint: [`http://${registry}`] } } }
      : {
          configs: {
            [registry]: {
              tls: withFile
                ? { ca_file: caFile }
                : { insecure_skip_verify: true },
            },
          },
        };
  return {
    runtime: 'k3s',
    files: [
      {
        path: '/etc/rancher/k3s/registries.yaml',
        content: stringify(settings),
      },
      ...(withFile ? [{ path: caFile, content: `${ca}\n` }] : []),
    ],
    command: 'systemctl restart k3s',
  };
}
