import {
  FieldProblem,
  TargetRef,
} from '@slipway/backstage-plugin-image-registry-common';
import { ownersOf } from '../access';
import {
  approversOf,
  asksRegistry,
  EvidenceReader,
  findingsOf,
  FreezeStore,
  NamedFinding,
  Protections,
} from '../protection';
import { Prepared } from './prepareWorkload';

/** What {@link CreationGate} is made of. */
export interface CreationGateOptions {
  evidenceReader: EvidenceReader;
  freezes: FreezeStore;
  protections: Protections;
}

/**
 * Holds a creation to what its environment asks of every deploy. It cannot wait
 * in a queue as a deploy does, so what stands against it refuses it.
 */
export class CreationGate {
  constructor(private readonly options: CreationGateOptions) {}

  async problems(prepared: Prepared): Promise<FieldProblem[]> {
    const { environment, findings } = await this.#findings(prepared);
    const open = findings.flatMap(({ state, reason }) =>
      state !== 'passed' && reason ? [reason] : [],
    );
    return open.length === 0
      ? []
      : [
          {
            path: 'place.namespace',
            reason: {
              code: 'creation-cannot-wait',
              message: `${environment} protects what runs there, and what is made new cannot wait for that. Make it in another environment, and promote its image from there.`,
              params: { environment },
            },
          },
          ...open.map(reason => ({ path: 'place.namespace', reason })),
        ];
  }

  async #findings({
    digest,
    entity,
    entityRef,
    image: reference,
    plan,
  }: Prepared): Promise<{ environment: string; findings: NamedFinding[] }> {
    const { evidenceReader, freezes, protections } = this.options;
    const { name, place } = plan;
    const target: TargetRef = {
      ...place,
      kind: 'Deployment',
      name,
      container: name,
    };
    const { demands, environment } = await protections.of({ target });
    const where = environment?.name ?? `${place.cluster}/${place.namespace}`;
    const image = { ...plan.image, digest, reference };
    const now = Date.now();
    const findings = findingsOf({
      demands,
      environment: where,
      freezes: await freezes.of(entityRef),
      approvers: demands.approval
        ? approversOf(demands.approval, ownersOf(entity))
        : [],
      evidence: asksRegistry(demands)
        ? await evidenceReader.read(image, demands, 'interactive')
        : undefined,
      knownSince: now,
      askedSince: now,
      now,
    });
    return { environment: where, findings };
  }
}
