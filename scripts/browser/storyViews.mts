import { setTimeout as sleep } from 'node:timers/promises';
import { type PortalCall, signInTo } from '../start/signInTo.mts';
import { Deployments, targetKey } from './Deployments.mts';
import {
  beginConflict,
  beginEdit,
  beginPromotion,
  beginReturn,
  beginTwoClusters,
  imageOf,
  type StoryBegin,
} from './deployStories.mts';
import { OtherManager } from './OtherManager.mts';
import { SandboxControl } from './SandboxControl.mts';
import type { PortalAddresses } from './startFreshPortal.mts';
import type { View } from './views.mts';

/** A view of something that has to happen first. */
export interface StoryView extends View {
  before(): Promise<void>;
}

/** A push is heard of, deployed, and returned when it fails. */
const RETURN_DEADLINE_MS = 60_000;
const LOOK_MS = 500;

/** What the browser tests of deploys go through, in an order that holds. */
export function storyViews(portal: PortalAddresses): StoryView[] {
  return [
    ...conflictViews(portal),
    returnView(portal),
    ...promotionViews(portal),
    editView(portal),
    // Last: the cluster stays down.
    clusterDownView(portal),
  ];
}

function conflictViews(portal: PortalAddresses): StoryView[] {
  const begin = once(() => beginConflict(portal));
  return [
    {
      name: 'field-conflict',
      person: 'owner',
      path: dialogOf('till', 'till-prod', 'v1.1.0'),
      shows: '[role="dialog"] [type="checkbox"]',
      scrollsTo: '[role="dialog"] [type="checkbox"]',
      before: async () => {
        await begin();
      },
    },
    {
      name: 'contested',
      person: 'owner',
      path: pageOf('till'),
      shows: 'main article',
      before: async () => {
        const story = await begin();
        const { target, repository } = story;
        const owner = await signInTo(portal.url, 'owner');
        const till = new Deployments(owner, 'till');
        await till.consent(target);
        await till.deploy(target, repository, 'v1.1.0');
        await new OtherManager(portal.kubeconfigFile, 'helm').setImage(
          target,
          imageOf(portal, story, 'v1.0.0'),
        );
      },
    },
  ];
}

function returnView(portal: PortalAddresses): StoryView {
  return {
    name: 'automatic-return',
    person: 'owner',
    path: pageOf('mailer'),
    shows: 'main article',
    before: async () => {
      const { target, repository } = await beginReturn(portal);
      const owner = await signInTo(portal.url, 'owner');
      const mailer = new Deployments(owner, 'mailer');
      await mailer.consent(target);
      await mailer.deploy(target, repository, 'v1.1.0');
      await owner('POST', '/api/image-registry/policies', {
        entityRef: 'component:default/mailer',
        target: { cluster: 'sandbox', ...target },
        image: { registryId: 'sandbox', repository },
        rule: { kind: 'regex', pattern: 'v1\\..*' },
      });
      const sandbox = new SandboxControl(portal.control);
      await sandbox.push(repository, 'v1.2.0-crash');
      await untilReturned(owner);
    },
  };
}

function editView(portal: PortalAddresses): StoryView {
  return {
    name: 'edit-settings',
    person: 'owner',
    path: `/create-from-image?${new URLSearchParams({
      edit: 'sandbox/shop-dev/Deployment/stall/stall',
      component: 'component:default/stall',
    })}`,
    shows: 'main form [id="plan-replicas"]',
    before: async () => {
      await beginEdit(portal);
    },
  };
}

async function untilReturned(owner: PortalCall): Promise<void> {
  const deadline = Date.now() + RETURN_DEADLINE_MS;
  for (;;) {
    const { items } = await owner<{ items: { state: string }[] }>(
      'GET',
      '/api/image-registry/rollouts?entityRef=component:default/mailer',
    );
    if (items[0]?.state === 'rolled-back') {
      return;
    }
    if (Date.now() > deadline) {
      throw new Error(`The broken push is ${items[0]?.state}, not returned`);
    }
    await sleep(200);
  }
}

function promotionViews(portal: PortalAddresses): StoryView[] {
  const begin = once(() => beginPromotion(portal));
  return [
    {
      name: 'promotion',
      person: 'owner',
      path: dialogOf('parcel', 'parcel-live', 'v1.2.0'),
      shows: '[role="dialog"] [type="checkbox"]',
      before: async () => {
        await begin();
      },
    },
    {
      name: 'promotion-approval',
      person: 'owner2',
      path: pageOf('parcel'),
      // Approve and Reject, once it is known that they are allowed.
      shows: `main article button.MuiButton-contained:not([aria-disabled]) + button:not([aria-disabled])`,
      before: async () => {
        const { target, repository } = await begin();
        const owner = await signInTo(portal.url, 'owner');
        await owner('POST', '/api/image-registry/rollouts', {
          entityRef: 'component:default/parcel',
          target: { cluster: 'sandbox', ...target },
          image: { registryId: 'sandbox', repository, tag: 'v1.2.0' },
          consent: true,
        });
      },
    },
  ];
}

function clusterDownView(portal: PortalAddresses): StoryView {
  return {
    name: 'cluster-down',
    person: 'owner',
    path: pageOf('ledger'),
    shows: 'main article',
    before: async () => {
      const { component } = await beginTwoClusters(portal);
      await seenInBoth(await signInTo(portal.url, 'owner'), component);
      await new SandboxControl(portal.controlOfEu).breakCluster({
        kind: 'outage',
      });
    },
  };
}

/** A lane says what is down where somebody has seen the component before. */
async function seenInBoth(owner: PortalCall, component: string): Promise<void> {
  const path = `/api/image-registry/targets?entityRef=component:default/${component}`;
  for (;;) {
    const { items } = await owner<{ items: object[] }>('GET', path);
    if (items.length > 1) {
      return;
    }
    await sleep(LOOK_MS);
  }
}

/** What is begun by the first view that needs it. */
function once(begin: () => Promise<StoryBegin>): () => Promise<StoryBegin> {
  let begun: Promise<StoryBegin> | undefined;
  return () => {
    begun ??= begin();
    return begun;
  };
}

function pageOf(component: string): string {
  return `/catalog/default/component/${component}/deploy`;
}

/** The deploy dialog of a story, with an image chosen. */
function dialogOf(component: string, namespace: string, reference: string) {
  const target = {
    namespace,
    kind: 'Deployment',
    name: component,
    container: component,
  };
  return `${pageOf(component)}?${new URLSearchParams({
    deploy: 'sandbox',
    repository: `demo/${component}`,
    reference,
    target: targetKey(target),
  })}`;
}
