import type { Story } from './tellStory.mts';

/** Something that a person sees at one address of the portal. */
export interface View {
  /** For the name of a picture or a test. */
  name: string;
  /** Nobody: the page before sign-in. */
  person?: 'admin' | 'owner' | 'owner2' | 'outsider';
  /** From the root of the portal. */
  path: string;
  /** Selector of what is there when the view is complete. */
  shows: string;
  /** Selector of what is scrolled to, where a form is long. */
  scrollsTo?: string;
}

const DIALOG = '[role="dialog"]';
const DIALOG_WITH_ROWS = `${DIALOG} tbody [role="rowheader"]`;
const CARD = 'main article';
const TABLE = 'main tbody td, main tbody [role="rowheader"]';

function query(values: Record<string, string>): string {
  return `?${new URLSearchParams(values)}`;
}

/** Every page, dialog and drawer that has an address, in reading order. */
export function views(story: Story): View[] {
  const { targets } = story;
  const component = (name: string) => `/catalog/default/component/${name}`;
  const deploy = (name: string, values: Record<string, string> = {}) =>
    `${component(name)}/deploy${query(values)}`;
  const registry = (values: Record<string, string>) =>
    `/image-registry/registries/${story.registryId}${query(values)}`;
  const sandbox = (values: Record<string, string>) =>
    `/image-registry/registries/sandbox${query(values)}`;
  return [
    { name: 'sign-in', path: '/', shows: 'main ul' },
    {
      name: 'component-overview',
      person: 'owner',
      path: component('web'),
      shows: 'main [class*="Card"]',
    },
    {
      name: 'images',
      person: 'owner',
      path: `${component('web')}/images`,
      shows: TABLE,
    },
    {
      name: 'image-details',
      person: 'owner',
      path: `${component('web')}/images${query({ image: 'v1.3.0' })}`,
      shows: '[role="dialog"] table',
    },
    {
      name: 'image-source',
      person: 'owner',
      path: `${component('web')}/images${query({ change: 'source' })}`,
      shows: DIALOG_WITH_ROWS,
    },
    { name: 'deploy', person: 'owner', path: deploy('web'), shows: CARD },
    {
      name: 'deploy-picker',
      person: 'owner',
      path: deploy('web', {
        panel: 'deploy',
        target: targets.webInStaging,
      }),
      shows: DIALOG_WITH_ROWS,
    },
    {
      name: 'deploy-diff',
      person: 'owner',
      path: deploy('web', {
        deploy: 'sandbox',
        repository: 'demo/web',
        reference: 'v1.3.0',
        target: targets.webInProduction,
      }),
      shows: '[role="dialog"] li',
    },
    {
      name: 'roll-back',
      person: 'owner',
      path: deploy('web', {
        panel: 'roll-back',
        target: targets.webInStaging,
      }),
      shows: DIALOG,
    },
    {
      name: 'rollout-steps',
      person: 'owner',
      path: deploy('web', { steps: story.rolloutId }),
      shows: 'main ol',
    },
    {
      name: 'deploy-failed',
      person: 'owner',
      path: deploy('worker'),
      shows: CARD,
    },
    {
      name: 'pods',
      person: 'owner',
      path: deploy('worker', {
        panel: 'pods',
        target: targets.workerInStaging,
      }),
      shows: '[role="dialog"] dl',
    },
    {
      name: 'auto-deploy',
      person: 'owner',
      path: deploy('api', {
        panel: 'auto-deploy',
        target: targets.apiInStaging,
      }),
      shows: '[role="dialog"] li',
    },
    {
      name: 'auto-deploy-approve',
      person: 'owner',
      path: deploy('api', {
        panel: 'auto-deploy',
        target: targets.apiInProduction,
      }),
      shows: '[role="dialog"] li',
      scrollsTo: '#image-deploy-mode-value',
    },
    {
      name: 'approval',
      person: 'owner2',
      path: deploy('api', { panel: 'approval', rollout: story.approvalId }),
      shows: '[role="dialog"] pre, [role="dialog"] code',
    },
    {
      name: 'approval-refused',
      person: 'owner',
      path: deploy('api', { panel: 'approval', rollout: story.approvalId }),
      shows: '[role="dialog"] pre, [role="dialog"] code',
    },
    {
      name: 'freeze',
      person: 'owner',
      path: deploy('api', { panel: 'freeze' }),
      shows: DIALOG,
    },
    {
      name: 'hold',
      person: 'owner',
      path: deploy('api', { panel: 'hold', target: targets.apiInStaging }),
      shows: DIALOG,
    },
    {
      name: 'deploy-outsider',
      person: 'outsider',
      path: deploy('web'),
      shows: CARD,
    },
    {
      name: 'registries',
      person: 'admin',
      path: '/image-registry',
      shows: TABLE,
    },
    {
      name: 'registry-add',
      person: 'admin',
      path: `/image-registry${query({ add: 'registry' })}`,
      shows: DIALOG,
    },
    { name: 'registry', person: 'admin', path: registry({}), shows: 'main dl' },
    {
      name: 'registry-edit',
      person: 'admin',
      path: registry({ edit: 'registry' }),
      shows: DIALOG,
    },
    {
      name: 'registry-browse',
      person: 'admin',
      path: sandbox({ section: 'browse' }),
      shows: TABLE,
    },
    {
      name: 'registry-browse-tags',
      person: 'admin',
      path: sandbox({ section: 'browse', repository: 'demo/nightly' }),
      shows: TABLE,
    },
    {
      name: 'registry-deploy',
      person: 'owner',
      path: sandbox({
        section: 'browse',
        repository: 'demo/web',
        image: 'v1.3.0',
        deploy: 'choose',
      }),
      shows: '[role="dialog"] input[aria-autocomplete="list"]',
    },
    {
      name: 'registry-webhooks',
      person: 'admin',
      path: registry({ section: 'webhooks' }),
      shows: 'main pre, main code',
    },
    {
      name: 'registry-settings',
      person: 'admin',
      path: registry({ section: 'settings' }),
      shows: 'main dl',
    },
    {
      name: 'create-from-image',
      person: 'owner',
      path: `/create-from-image${query({
        registry: 'sandbox',
        repository: 'demo/web',
        tag: 'v1.3.0',
        name: 'basket',
        system: 'system:default/shop',
      })}`,
      shows: 'main form [id="plan-ports-0-port"]',
    },
    {
      name: 'registry-test-pull',
      person: 'admin',
      path: sandbox({ section: 'settings', test: 'pull' }),
      shows: '#test-pull-target',
    },
    {
      name: 'environments',
      person: 'admin',
      path: '/image-registry/environments',
      shows: TABLE,
    },
    {
      name: 'environment-access',
      person: 'admin',
      path: `/image-registry/environments${query({
        grant: 'sandbox/shop-prod',
      })}`,
      shows: '[role="dialog"] li',
    },
    {
      name: 'environment-edit',
      person: 'admin',
      path: `/image-registry/environments${query({
        environment: story.environmentId,
      })}`,
      shows: DIALOG,
    },
    {
      name: 'environment-protection',
      person: 'admin',
      path: `/image-registry/environments${query({
        environment: story.protectedEnvironmentId,
      })}`,
      shows: '[role="dialog"] fieldset',
      scrollsTo: '#environment-emergency',
    },
    {
      name: 'activity',
      person: 'owner2',
      path: '/image-registry/activity',
      shows: TABLE,
    },
    {
      name: 'freeze-all',
      person: 'admin',
      path: `/image-registry/activity${query({ freeze: 'all' })}`,
      shows: DIALOG,
    },
    {
      name: 'webhook-log',
      person: 'admin',
      path: '/image-registry/webhook-log',
      shows: TABLE,
    },
    {
      name: 'delivery',
      person: 'admin',
      path: `/image-registry/webhook-log${query({
        delivery: story.deliveryId,
      })}`,
      shows: '[role="dialog"] pre',
    },
  ];
}
