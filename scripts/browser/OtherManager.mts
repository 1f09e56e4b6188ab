import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { parse } from 'yaml';
import type { TargetName } from './Deployments.mts';

/** Somebody who changes workloads of a cluster beside the portal. */
export class OtherManager {
  readonly #server: string;
  readonly #ca: Buffer;
  readonly #token: string;
  readonly #name: string;

  /**
   * @param kubeconfigFile - of the sandbox: one cluster, and an administrator
   * @param name - of the field manager, such as `helm`
   */
  constructor(kubeconfigFile: string, name: string) {
    const { clusters, users } = parse(readFileSync(kubeconfigFile, 'utf8'));
    const [{ cluster }] = clusters;
    this.#server = cluster.server;
    this.#ca = Buffer.from(cluster['certificate-authority-data'], 'base64');
    this.#token = users.find(
      (each: { name: string }) => each.name === 'sandbox-admin',
    ).user.token;
    this.#name = name;
  }

  /** Sets the image of a Deployment's container, as `helm upgrade` would. */
  setImage(target: TargetName, image: string): Promise<void> {
    const { namespace, name, container } = target;
    const path = `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`;
    const containers = [{ name: container, image }];
    return this.#patch(`${path}?fieldManager=${this.#name}`, {
      spec: { template: { spec: { containers } } },
    });
  }

  #patch(path: string, body: object): Promise<void> {
    return new Promise((resolve, reject) => {
      const sent = request(
        new URL(path, this.#server),
        {
          method: 'PATCH',
          ca: this.#ca,
          headers: {
            authorization: `Bearer ${this.#token}`,
            'content-type': 'application/strategic-merge-patch+json',
          },
        },
        answer => {
          answer.resume();
          answer.on('end', () =>
            answer.statusCode === 200
              ? resolve()
              : reject(new Error(`${path} answered ${answer.statusCode}`)),
          );
        },
      );
      sent.on('error', reject);
      sent.end(JSON.stringify(body));
    });
  }
}
