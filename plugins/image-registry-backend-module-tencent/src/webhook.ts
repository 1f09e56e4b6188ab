import { InputError } from '@backstage/errors';
import {
  kindOfResourceCall,
  Payload,
  resourceEvents,
  WebhookFormat,
} from '@slipway/backstage-plugin-image-registry-node';

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
        kind: kindOfResourceCall(type),
        data: payload.object('event_data'),
        pushedBy: payload.text('operator'),
        occurredAt: payload.time('occur_at'),
      }),
    };
  },
};
