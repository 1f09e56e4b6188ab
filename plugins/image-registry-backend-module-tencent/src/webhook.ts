import { InputError } from '@backstage/errors';
import {
  ImageEvent,
  Payload,
  resourceEvents,
  WebhookFormat,
} from '@slipway/backstage-plugin-image-registry-node';

/** By type in lower case. */
const kinds = new Map(
  Object.entries<ImageEvent['kind']>({
    pushimage: 'push',
    pullimage: 'pull',
    deleteimage: 'delete',
    uploadchart: 'chart',
    pushchart: 'chart',
    downloadchart: 'chart',
    deletechart: 'chart',
    scanningcompleted: 'scan',
    scanningfailed: 'scan',
    testendpoint: 'test',
  }),
);

/** Triggers of the Enterprise Edition, with a header of one's own. */
export const tencentWebhook: WebhookFormat = {
  authentication: [{ type: 'bearer' }, { type: 'url' }],
  contentTypes: ['application/json'],
  receive(request) {
    const payload = Payload.of(request);
    const type = payload.text('type');
    if (type === undefined || !payload.has('event_data')) {
      throw new InputError(
        'The body holds no type and event_data, as triggers of Tencent Container Registry do',
      );
    }
    return {
      format: 'tencent-tcr',
      events: resourceEvents({
        kind: kinds.get(type.toLowerCase().replace(/[^a-z]/g, '')) ?? 'other',
        data: payload.object('event_data'),
        pushedBy: payload.text('operator'),
        occurredAt: payload.time('occur_at'),
      }),
    };
  },
};
