import {
  Decision,
  DeliveryDetails,
  finalRolloutStates,
  Policy,
  Rollout,
  RolloutDetails,
  RolloutEvent,
  runningRolloutStates,
} from '@slipway/backstage-plugin-image-registry-common';
import { Acknowledged } from './WebhookSender';
import { eventually } from './eventually';
import { RestClient } from './RestClient';
import { World } from './World';

const PARALLEL_READS = 10;
/** Until nothing is left to do, in ms: at least, and more for each delivery. */
const PATIENCE_MS = 120_000;
const PATIENCE_FOR_DELIVERY_MS = 100;

/** Everything that the portal recorded, read over REST. */
export interface Ledger {
  deliveries: DeliveryDetails[];
  /** By policy id. */
  decisions: Map<string, Decision[]>;
  /** Steps of those that ran; of the others it is enough that they did not. */
  rollouts: (Rollout & { events: RolloutEvent[] })[];
}

/** Waits until the portal has nothing more to do, and reads its records. */
export async function readLedger(
  { portal }: World,
  policies: Pick<Policy, 'id'>[],
  acknowledged: Acknowledged[],
): Promise<Ledger> {
  const admin = portal.as('admin');
  await eventually(() => nothingOpen(admin), {
    timeoutMs: PATIENCE_MS + acknowledged.length * PATIENCE_FOR_DELIVERY_MS,
    intervalMs: 250,
  });
  const rollouts = await admin.all<Rollout>('/rollouts');
  const decisions = new Map<string, Decision[]>();
  for (const { id } of policies) {
    decisions.set(id, await admin.all(`/decisions?policyId=${id}`));
  }
  return {
    deliveries: await eachOf(acknowledged, ({ deliveryId }) =>
      admin.get<DeliveryDetails>(`/deliveries/${deliveryId}`),
    ),
    decisions,
    rollouts: await eachOf(rollouts, async rollout =>
      rollout.startedAt === undefined
        ? { ...rollout, events: [] }
        : admin.get<RolloutDetails>(`/rollouts/${rollout.id}`),
    ),
  };
}

async function nothingOpen(admin: RestClient): Promise<void> {
  for (const outcome of ['pending', 'waiting']) {
    const { items } = await admin.get<{ items: { reason?: unknown }[] }>(
      `/deliveries?outcome=${outcome}&limit=1`,
    );
    if (items.length > 0) {
      throw new Error(
        `A delivery is still ${outcome}: ${JSON.stringify(items)}`,
      );
    }
  }
  for (const state of ['queued', 'waiting', ...runningRolloutStates]) {
    const { items } = await admin.get<{ items: Rollout[] }>(
      `/rollouts?state=${state}&limit=1`,
    );
    if (items.length > 0) {
      throw new Error(`A rollout is still ${state}: ${JSON.stringify(items)}`);
    }
  }
}

async function eachOf<A, B>(
  items: A[],
  read: (item: A) => Promise<B>,
): Promise<B[]> {
  const results: B[] = [];
  for (let start = 0; start < items.length; start += PARALLEL_READS) {
    const group = items.slice(start, start + PARALLEL_READS);
    results.push(
      ...(await Promise.all(
        // A replica may close a connection just as it is used again.
        group.map(item => eventually(() => read(item), { timeoutMs: 10_000 })),
      )),
    );
  }
  return results;
}

/**
 * What the records say that must not be, one sentence each: every policy has
 * one decision on each change, every accepted one has one rollout, all of them
 * ended, and no target ever had two under way.
 *
 * @param options - `mayBlock`: that a policy is blocked is no fault
 */
export function faultsOf(
  ledger: Ledger,
  { mayBlock = false }: { mayBlock?: boolean } = {},
): string[] {
  const decisions = [...ledger.decisions.values()].flat();
  const decided = mayBlock
    ? decisions.filter(({ outcome }) => outcome !== 'blocked')
    : decisions;
  return [
    ...ledger.deliveries.flatMap(faultsOfDelivery),
    ...faultsOfDecisions(decided, ledger),
    ...ledger.rollouts
      .filter(({ state }) => !finalRolloutStates.includes(state))
      .map(({ id, state }) => `rollout ${id} is ${state}`),
    ...overlaps(ledger.rollouts),
  ];
}

function faultsOfDelivery({ id, events }: DeliveryDetails): string[] {
  return events
    .filter(({ outcome }) => ['pending', 'waiting', 'failed'].includes(outcome))
    .map(
      ({ outcome, reason }) =>
        `delivery ${id} came to ${outcome}: ${reason?.message}`,
    );
}

function faultsOfDecisions(
  decisions: Decision[],
  { rollouts }: Ledger,
): string[] {
  const count = new Map<string | undefined, number>();
  for (const { decisionId } of rollouts) {
    count.set(decisionId, (count.get(decisionId) ?? 0) + 1);
  }
  return decisions.flatMap(({ id, outcome, tag, reason }) => {
    const own = count.get(id) ?? 0;
    const expected = outcome === 'accepted' ? 1 : 0;
    return [
      ...(outcome === 'blocked'
        ? [`${tag} is blocked: ${reason.message}`]
        : []),
      ...(own === expected
        ? []
        : [`decision ${id} (${outcome}, ${tag}) has ${own} rollouts`]),
    ];
  });
}

/** Replays the steps of all rollouts in the order in which they were written. */
function overlaps(rollouts: Ledger['rollouts']): string[] {
  const steps = rollouts
    .flatMap(({ id, targetKey, events }) =>
      events.map(event => ({ ...event, id, targetKey })),
    )
    .sort((a, b) => a.sequence - b.sequence);
  const running = new Map<string, string>();
  const faults: string[] = [];
  for (const { id, targetKey, state } of steps) {
    const other = running.get(targetKey);
    if (runningRolloutStates.includes(state)) {
      if (other && other !== id) {
        faults.push(`rollout ${id} ran beside ${other} on ${targetKey}`);
      }
      running.set(targetKey, id);
    } else if (other === id) {
      running.delete(targetKey);
    }
  }
  return faults;
}
