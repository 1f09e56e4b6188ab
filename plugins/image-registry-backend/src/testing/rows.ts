import { targetKey } from '@slipway/backstage-plugin-image-registry-common';
import { randomUUID } from 'node:crypto';
import { NewDelivery } from '../inbox';
import { NewRollout } from '../rollouts';

/** A digest of 64 equal digits, told apart by one character. */
export function digestOf(character: string): string {
  return `sha256:${character.charCodeAt(0).toString(16).repeat(32)}`;
}

/** The key of a container of one deployment. */
export function keyOf(name: string): string {
  return targetKey({
    cluster: 'local',
    namespace: 'shop',
    kind: 'Deployment',
    name,
    container: name,
  });
}

/** A person's rollout of a digest to a deployment. */
export function newRollout(
  change: Partial<NewRollout> & { name?: string; digest?: string } = {},
): NewRollout {
  const { name = 'web', digest = digestOf('a'), ...rest } = change;
  return {
    id: randomUUID(),
    entityRef: `component:default/${name}`,
    targetKey: keyOf(name),
    image: {
      registryId: 'local',
      repository: `shop/${name}`,
      tag: 'main',
      digest,
      reference: `registry.test/shop/${name}:main@${digest}`,
    },
    cause: 'person',
    author: 'user:default/owner',
    ...rest,
  };
}

/** A delivery with one push of a tag that waits for its decision. */
export function newDelivery(
  change: Partial<NewDelivery> & { repository?: string; tag?: string } = {},
): NewDelivery {
  const { repository = 'shop/web', tag = 'main', ...rest } = change;
  return {
    id: randomUUID(),
    registryId: 'local',
    receivedAt: Date.now(),
    format: 'distribution',
    contentType: 'application/json',
    headers: {},
    body: '{}',
    bytes: 2,
    events: [
      {
        id: randomUUID(),
        event: { kind: 'push', repository, tag },
        outcome: 'pending',
      },
    ],
    ...rest,
  };
}
