import { z } from 'zod';
import { jsonAnswer, VendorAnswer } from '../VendorAnswer';
import { jsonBodyOf, VendorRequest } from '../VendorRequest';
import { JFrogCaller, refusal } from './accounts';

const PATH = '/event/api/v1/subscriptions';

/** The form of jfrog.com/help/r/jfrog-rest-apis/create-a-new-webhook-subscription */
const subscriptionSchema = z.strictObject({
  key: z.string().regex(/^\S{2,200}$/),
  description: z.string(),
  enabled: z.boolean(),
  event_filter: z.strictObject({
    domain: z.literal('docker'),
    event_types: z.array(z.enum(['pushed', 'deleted', 'promoted'])).min(1),
    criteria: z.strictObject({
      anyLocal: z.boolean(),
      anyRemote: z.boolean(),
      anyFederated: z.boolean(),
      repoKeys: z.array(z.string()),
      includePatterns: z.array(z.string()),
      excludePatterns: z.array(z.string()),
    }),
  }),
  handlers: z
    .array(
      z.strictObject({
        handler_type: z.literal('webhook'),
        url: z.url(),
        secret: z.string(),
        use_secret_for_signing: z.boolean(),
      }),
    )
    .min(1),
});
/** A webhook as the platform keeps it. */
export type Subscription = z.infer<typeof subscriptionSchema>;

/** Answers what is below the platform's event service. */
export function answerEventApi(
  subscriptions: Map<string, Subscription>,
  caller: JFrogCaller | undefined,
  request: VendorRequest,
): VendorAnswer | undefined {
  if (!request.path.startsWith(PATH)) {
    return undefined;
  }
  if (!caller) {
    return refusal(401, 'Authentication is required');
  }
  if (!caller.mayManage) {
    return refusal(403, 'Forbidden: webhooks are for administrators');
  }
  const key = request.path.slice(PATH.length + 1);
  const parsed = subscriptionSchema.safeParse(jsonBodyOf(request));
  if (!parsed.success) {
    return refusal(400, `Invalid subscription: ${parsed.error.message}`);
  }
  const subscription = parsed.data;
  if (request.method === 'POST' && !key) {
    return subscriptions.has(subscription.key)
      ? refusal(409, `Subscription ${subscription.key} already exists`)
      : store(subscriptions, subscription, 201);
  }
  return request.method === 'PUT' && subscriptions.has(key)
    ? store(subscriptions, subscription, 200)
    : refusal(404, `Subscription ${key} not found`);
}

function store(
  subscriptions: Map<string, Subscription>,
  subscription: Subscription,
  status: number,
): VendorAnswer {
  subscriptions.set(subscription.key, subscription);
  return jsonAnswer(subscription, { status });
}
