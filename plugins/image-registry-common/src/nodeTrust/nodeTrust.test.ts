import { nodeTrust, NodeRuntime, TrustedRegistry } from './nodeTrust';

const ca = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';

function filesOf(registry: TrustedRegistry, runtime: NodeRuntime) {
  const found = nodeTrust(registry).find(each => each.runtime === runtime);
  return Object.fromEntries(
    (found?.files ?? []).map(({ path, content }) => [path, content]),
  );
}

describe('nodeTrust', () => {
  it('asks for nothing where any node trusts the certificate', () => {
    expect(
      nodeTrust({ address: 'https://ghcr.io', tls: { verify: true } }),
    ).toEqual([]);
  });

  const own = {
    address: 'https://registry.example:5443',
    tls: { verify: true, caCertificate: ca },
  };
  const unverified = { ...own, tls: { verify: false } };
  const plain = { address: 'http://10.0.0.5:5000', tls: { verify: true } };

  it.each<[string, TrustedRegistry, NodeRuntime, Record<string, string>]>([
    [
      'a CA of its own',
      own,
      'containerd',
      {
        '/etc/containerd/certs.d/registry.example:5443/hosts.toml':
          'server = "https://registry.example:5443"\n\n[host."https://registry.example:5443"]\n  capabilities = ["pull", "resolve"]\n  ca = "/etc/containerd/certs.d/registry.example:5443/ca.crt"\n',
        '/etc/containerd/certs.d/registry.example:5443/ca.crt': `${ca}\n`,
      },
    ],
    [
      'a CA of its own',
      own,
      'cri-o',
      { '/etc/containers/certs.d/registry.example:5443/ca.crt': `${ca}\n` },
    ],
    [
      'a CA of its own',
      own,
      'k3s',
      {
        '/etc/rancher/k3s/registries.yaml':
          'configs:\n  registry.example:5443:\n    tls:\n      ca_file: /etc/rancher/k3s/registry.example-5443.crt\n',
        '/etc/rancher/k3s/registry.example-5443.crt': `${ca}\n`,
      },
    ],
    [
      'no verification',
      unverified,
      'containerd',
      {
        '/etc/containerd/certs.d/registry.example:5443/hosts.toml':
          'server = "https://registry.example:5443"\n\n[host."https://registry.example:5443"]\n  capabilities = ["pull", "resolve"]\n  skip_verify = true\n',
      },
    ],
    [
      'no verification',
      unverified,
      'cri-o',
      {
        '/etc/containers/registries.conf.d/registry.example-5443.conf':
          '[[registry]]\nlocation = "registry.example:5443"\ninsecure = true\n',
      },
    ],
    [
      'no verification',
      unverified,
      'k3s',
      {
        '/etc/rancher/k3s/registries.yaml':
          'configs:\n  registry.example:5443:\n    tls:\n      insecure_skip_verify: true\n',
      },
    ],
    [
      'plain http',
      plain,
      'containerd',
      {
        '/etc/containerd/certs.d/10.0.0.5:5000/hosts.toml':
          'server = "http://10.0.0.5:5000"\n\n[host."http://10.0.0.5:5000"]\n  capabilities = ["pull", "resolve"]\n',
      },
    ],
    [
      'plain http',
      plain,
      'k3s',
      {
        '/etc/rancher/k3s/registries.yaml':
          'mirrors:\n  10.0.0.5:5000:\n    endpoint:\n      - http://10.0.0.5:5000\n',
      },
    ],
  ])('%s: %o on %s', (_, registry, runtime, files) => {
    expect(filesOf(registry, runtime)).toEqual(files);
  });
});
