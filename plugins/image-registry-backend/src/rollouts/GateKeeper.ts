import {
  GateState,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { lockPurpose } from '../database';
import {
  findingsOf,
  FreezeStore,
  HeldTo,
  ImageNews,
  NamedFinding,
  protectionReasons,
  Protections,
} from '../protection';
import { FoundTarget, TargetRecord } from '../targets';
import { backoffMs } from './backoff';
import { GateVerdict, NamedGate, RolloutGate } from './gates';
import { GateStore } from './GateStore';
import { broughtBy } from './others';
import { isAutomatic, StoredRollout } from './StoredRollout';

/** What {@link GateKeeper} is made of. */
export interface GateKeeperOptions {
  freezes: FreezeStore;
  gateStore: GateStore;
  imageNews: ImageNews;
  protections: Protections;
  /** Those that hold for everything, in their order. */
  gates: readonly NamedGate[];
  /** Those that only ordinary deploys have to wait for. */
  turnGates: readonly NamedGate[];
}

/** What the gates say to a rollout, all together. */
export interface GateDecision {
  /** What becomes of it; absent: nothing stands against it. */
  verdict?: GateVerdict;
  /** Each gate that was asked. */
  states: GateState[];
  /** What is worth a step of the history: what was gone past, and why. */
  note?: Reason;
}

/** Why a rollout goes past the gates of protection. */
type Exemption = 'emergency' | 'was-healthy';

/** Asks all gates of a rollout, in the transaction that may apply it. */
export class GateKeeper {
  /** Of rooms that enqueue; their gates have no name on the pages. */
  readonly #others: RolloutGate[] = [];

  constructor(private readonly options: GateKeeperOptions) {}

  addGate(gate: RolloutGate): void {
    this.#others.push(gate);
  }

  /**
   * Whether a rollout of a locked target may go on now. All gates are asked,
   * so that a person sees at once all that stands against it.
   *
   * @param found - the target as its cluster tells it, when that was asked
   */
  async decide(
    trx: Knex.Transaction,
    rollout: StoredRollout,
    target: TargetRecord,
    found?: FoundTarget,
  ): Promise<GateDecision> {
    await lockPurpose(trx, 'environments', 'shared');
    const exemption = await this.exemptionOf(rollout, trx);
    const heldTo = await this.options.protections.of(rollout, trx);
    const asked = await this.#askAll(trx, rollout, target, {
      heldTo,
      exemption,
      found,
    });
    const verdicts = asked.flatMap(({ verdict }) => verdict ?? []);
    const skipped = asked
      .filter(({ state }) => state?.state === 'skipped')
      .map(({ state }) => state!.name);
    return {
      verdict: firstOf(verdicts, rollout.attempts),
      states: statesOf(asked),
      note: noteOf(rollout, exemption, skipped),
    };
  }

  /** Why the gates of protection do not stop a rollout; undefined: they may. */
  async exemptionOf(
    rollout: StoredRollout,
    trx?: Knex.Transaction,
  ): Promise<Exemption | undefined> {
    if (rollout.emergency) {
      return 'emergency';
    }
    return rollout.cause === 'rollback' &&
      (await this.#wereHealthy(rollout, trx))
      ? 'was-healthy'
      : undefined;
  }

  /** Of several containers, all of them. */
  async #wereHealthy(
    rollout: StoredRollout,
    trx?: Knex.Transaction,
  ): Promise<boolean> {
    for (const brought of broughtBy(rollout)) {
      if (!(await this.options.gateStore.wasHealthy(brought, trx))) {
        return false;
      }
    }
    return true;
  }

  async #askAll(
    trx: Knex.Transaction,
    rollout: StoredRollout,
    target: TargetRecord,
    about: { heldTo: HeldTo; exemption?: Exemption; found?: FoundTarget },
  ): Promise<Asked[]> {
    const asked: Asked[] = [];
    const { gates, turnGates } = this.options;
    for (const { name, ask } of [
      ...gates,
      ...(about.exemption ? [] : turnGates),
    ]) {
      asked.push(askedOf(name, await ask(trx, rollout, target)));
    }
    for (const gate of this.#others) {
      asked.push({ verdict: await gate(trx, rollout, target) });
    }
    asked.push(automationOnly(rollout, about));
    const findings = await this.#findings(trx, rollout, about.heldTo);
    return [
      ...asked,
      ...findings.map(finding => protectionOf(finding, about.exemption)),
    ];
  }

  async #findings(
    trx: Knex.Transaction,
    rollout: StoredRollout,
    { demands, environment }: HeldTo,
  ): Promise<NamedFinding[]> {
    const { freezes, gateStore } = this.options;
    const { approval, evidence, target, createdAt } = rollout;
    const askedSince = Date.parse(createdAt);
    return findingsOf({
      demands,
      environment: environment?.name ?? `${target.cluster}/${target.namespace}`,
      freezes: await freezes.ofApplying(trx, rollout.entityRef),
      approval,
      approvers: approval?.approvers ?? [],
      evidence,
      isOutdated: await this.#isOutdated(trx, rollout),
      knownSince:
        (demands.minimumAgeMs > 0 &&
          (await gateStore.knownSince(broughtBy(rollout), trx))) ||
        askedSince,
      askedSince,
      now: Date.now(),
    });
  }

  /** Whether the registry has told something since the evidence was read. */
  async #isOutdated(
    trx: Knex.Transaction,
    { image, evidence }: StoredRollout,
  ): Promise<boolean> {
    const { registryId, repository } = image;
    if (!registryId || evidence?.news === undefined) {
      return false;
    }
    const of = { registryId, repository };
    const news = await this.options.imageNews.countDeciding(trx, of);
    return news !== evidence.news;
  }
}

interface Asked {
  verdict?: GateVerdict;
  state?: GateState;
}

/** A name that two gates share is told once, with what stands against it. */
function statesOf(asked: Asked[]): GateState[] {
  const states = new Map<string, GateState>();
  for (const { state } of asked) {
    if (state && (state.state !== 'passed' || !states.has(state.name))) {
      states.set(state.name, state);
    }
  }
  return [...states.values()];
}

function askedOf(
  name: GateState['name'],
  verdict: GateVerdict | undefined,
): Asked {
  return {
    verdict,
    state: {
      name,
      state: stateOf(verdict),
      reason: verdict?.reason,
      checkedAt: new Date().toISOString(),
    },
  };
}

function stateOf(verdict: GateVerdict | undefined): GateState['state'] {
  if (!verdict) {
    return 'passed';
  }
  return verdict.verdict === 'waiting' ? 'waiting' : 'refused';
}

/** What a policy's rollout may not do although a person's may. */
function automationOnly(
  rollout: StoredRollout,
  { heldTo: { demands }, found }: { heldTo: HeldTo; found?: FoundTarget },
): Asked {
  if (!isAutomatic(rollout)) {
    return {};
  }
  if (demands.notifyOnly) {
    const reason = protectionReasons.notifyOnly();
    return { verdict: { verdict: 'cancelled', reason } };
  }
  // What is paused takes up no change until somebody resumes it.
  const stopped =
    found?.workload.health === 'Stopped' || found?.workload.paused;
  const { kind, namespace, name } = rollout.target;
  return askedOf(
    'stopped',
    stopped && demands.whenStopped === 'block'
      ? {
          verdict: 'cancelled',
          reason: protectionReasons.stopped(`${kind} ${namespace}/${name}`),
        }
      : undefined,
  );
}

function protectionOf(
  { name, state, reason, until }: NamedFinding,
  exemption: Exemption | undefined,
): Asked {
  const checkedAt = new Date().toISOString();
  if (state === 'passed') {
    return { state: { name, state, reason, checkedAt } };
  }
  if (exemption) {
    return { state: { name, state: 'skipped', reason, checkedAt } };
  }
  return {
    state: { name, state, reason, checkedAt },
    verdict: reason && {
      verdict: state === 'waiting' ? 'waiting' : 'rejected',
      reason,
      until,
    },
  };
}

/**
 * What ends a rollout comes before what lets it wait; of several waits the
 * first is told, and the soonest is when it is looked at again.
 */
function firstOf(
  verdicts: GateVerdict[],
  attempts: number,
): GateVerdict | undefined {
  const ending = verdicts.find(({ verdict }) => verdict !== 'waiting');
  if (ending || verdicts.length === 0) {
    return ending;
  }
  const soon = Date.now() + backoffMs(attempts);
  return {
    ...verdicts[0],
    until: Math.min(...verdicts.map(({ until }) => until ?? soon)),
  };
}

function noteOf(
  { author, emergency }: StoredRollout,
  exemption: Exemption | undefined,
  skipped: string[],
): Reason | undefined {
  if (emergency) {
    return protectionReasons.emergency(author, emergency.reason, skipped);
  }
  return exemption && skipped.length > 0
    ? protectionReasons.wasHealthyHere()
    : undefined;
}
