import { emptyAnswer, jsonAnswer, VendorAnswer } from '../VendorAnswer';
import { jsonBodyOf } from '../VendorRequest';
import {
  HarborRefusal,
  pageAnswer,
  projectOf,
  SignedHarborCall,
} from './HarborCall';
import { HarborWebhookPolicy } from './HarborState';

/** Harbor 2.8 is the first to offer CloudEvents. */
const FORMATS_SINCE = 8;

const EVENT_TYPES = [
  'PUSH_ARTIFACT',
  'PULL_ARTIFACT',
  'DELETE_ARTIFACT',
  'QUOTA_EXCEED',
  'QUOTA_WARNING',
  'SCANNING_FAILED',
  'SCANNING_STOPPED',
  'SCANNING_COMPLETED',
  'REPLICATION',
  'TAG_RETENTION',
];

/** Answers `/projects/{project}/webhook/…`. */
export function answerWebhooks(
  call: SignedHarborCall,
  project: string,
  below: string,
): VendorAnswer {
  const { method } = call.request;
  const [, id] = /^policies\/(\d+)$/.exec(below) ?? [];
  if (below === 'events' && method === 'GET') {
    return supportedEvents(call, project);
  }
  if (below === 'policies' && method === 'GET') {
    return listPolicies(call, project);
  }
  if (below === 'policies' && method === 'POST') {
    return createPolicy(call, project);
  }
  if (id && method === 'PUT') {
    return updatePolicy(call, project, Number(id));
  }
  throw new HarborRefusal(404, 'NOT_FOUND', `path ${below} was not found`);
}

function supportedEvents(
  call: SignedHarborCall,
  project: string,
): VendorAnswer {
  call.need('notification-policy:read', project);
  return jsonAnswer({
    event_type: EVENT_TYPES,
    notify_type: ['http', 'slack'],
    ...(call.version >= FORMATS_SINCE && {
      payload_formats: [
        { notify_type: 'http', formats: ['Default', 'CloudEvents'] },
      ],
    }),
  });
}

function listPolicies(call: SignedHarborCall, project: string): VendorAnswer {
  call.need('notification-policy:list', project);
  const { id } = projectOf(call, project);
  return pageAnswer(
    call,
    call.state.webhooks.filter(policy => policy.project_id === id),
  );
}

function createPolicy(call: SignedHarborCall, project: string): VendorAnswer {
  call.need('notification-policy:create', project);
  const { id: projectId } = projectOf(call, project);
  const policy = policyOf(call);
  const { webhooks } = call.state;
  if (
    webhooks.some(
      each => each.project_id === projectId && each.name === policy.name,
    )
  ) {
    throw new HarborRefusal(
      409,
      'CONFLICT',
      `notification policy named ${policy.name} already exists`,
    );
  }
  const id = webhooks.length + 1;
  webhooks.push({ ...policy, id, project_id: projectId });
  return emptyAnswer({
    status: 201,
    headers: { Location: `${call.request.url.pathname}/${id}` },
  });
}

function updatePolicy(
  call: SignedHarborCall,
  project: string,
  id: number,
): VendorAnswer {
  call.need('notification-policy:update', project);
  const { id: projectId } = projectOf(call, project);
  const found = call.state.webhooks.findIndex(
    each => each.id === id && each.project_id === projectId,
  );
  if (found < 0) {
    throw new HarborRefusal(404, 'NOT_FOUND', `webhook policy ${id} not found`);
  }
  call.state.webhooks[found] = {
    ...policyOf(call),
    id,
    project_id: projectId,
  };
  return emptyAnswer({ status: 200 });
}

function policyOf(
  call: SignedHarborCall,
): Omit<HarborWebhookPolicy, 'id' | 'project_id'> {
  const body = (jsonBodyOf(call.request) ?? {}) as Partial<HarborWebhookPolicy>;
  const { targets = [], event_types: types = [] } = body;
  const unknown = types.find(type => !EVENT_TYPES.includes(type));
  if (!targets.length || !types.length || unknown) {
    throw new HarborRefusal(
      400,
      'BAD_REQUEST',
      unknown
        ? `unsupported event type ${unknown}`
        : 'empty notification target or event type',
    );
  }
  return {
    name: body.name ?? '',
    ...(body.description && { description: body.description }),
    enabled: body.enabled ?? false,
    event_types: types,
    targets: targets.map(target => ({
      ...target,
      ...(call.version >= FORMATS_SINCE && {
        payload_format: target.payload_format ?? 'Default',
      }),
    })),
  };
}
