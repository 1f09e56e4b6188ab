import { stringify } from 'yaml';
import { SandboxTokens } from './access/tokens';

/** A kubeconfig with a context for each token, `deploy` being the current. */
export function kubeconfigOf(options: {
  url: string;
  caCertificate: string;
  tokens: SandboxTokens;
}): string {
  const { url, caCertificate, tokens } = options;
  const names = Object.keys(tokens);
  const current = names.includes('deploy') ? 'deploy' : names[0];
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'sandbox',
        cluster: {
          server: url,
          'certificate-authority-data':
            Buffer.from(caCertificate).toString('base64'),
        },
      },
    ],
    users: names.map(name => ({
      name: `sandbox-${name}`,
      user: { token: tokens[name].token },
    })),
    contexts: names.map(name => ({
      name: contextName(name, current),
      context: { cluster: 'sandbox', user: `sandbox-${name}` },
    })),
    'current-context': contextName(current, current),
  });
}

function contextName(name: string, current: string): string {
  return name === current ? 'sandbox' : `sandbox-${name}`;
}
