import { collect } from '../testing/sandboxCluster';
import { BehaviourBench, last } from './BehaviourBench';
import { COMPONENT, manifestOf } from './manifests';

jest.setTimeout(240_000);

describe('whose image it is', () => {
  let bench: BehaviourBench;

  beforeAll(async () => {
    bench = await BehaviourBench.start();
  });

  afterAll(() => bench.stop());

  it('tells every container, who owns it and who manages the workload', async () => {
    await bench.create('Deployment', 'owners', { sidecar: true, init: true });
    const { targets } = await bench.driver.listTargets({
      kubernetesId: COMPONENT,
      namespace: bench.cluster.namespace,
    });
    const found = targets.filter(({ ref }) => ref.name === 'owners');
    expect(
      found.map(({ ref, init }) => [ref.container, init ?? false]),
    ).toEqual([
      ['web', false],
      ['proxy', false],
      ['migrate', true],
    ]);
    for (const one of found) {
      expect(one).toMatchObject({
        image: bench.cluster.images.first,
        owners: [{ manager: 'helm', operation: 'Apply' }],
        managedBy: { tool: 'helm', name: 'owners' },
      });
    }
  });

  it.each(['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob'] as const)(
    'finds one %s among others of its name and its kind',
    async kind => {
      const of = await bench.create(kind, 'sought');
      await bench.create(kind, 'sought-not');
      await bench.create(
        kind === 'CronJob' ? 'Deployment' : 'CronJob',
        'sought',
      );
      const listing = await bench.driver.listTargets({
        kubernetesId: COMPONENT,
        namespace: bench.cluster.namespace,
        workload: { kind, name: 'sought' },
      });
      expect(listing.targets.map(({ ref }) => ref)).toEqual([of]);
      expect(listing.clusters).toMatchObject([{ reachable: true }]);
    },
  );

  it('previews the change and names the owner in words', async () => {
    const of = await bench.create('Deployment', 'preview');
    const wanted = bench.change(of, { force: false });
    await expect(bench.driver.apply(wanted)).rejects.toMatchObject({
      code: 'field-conflict',
      owners: [{ manager: 'helm' }],
    });
    const path = 'spec.template.spec.containers[name=web].image';
    await expect(bench.driver.diff(wanted)).resolves.toMatchObject({
      changes: [
        {
          path,
          from: bench.cluster.images.first,
          to: bench.cluster.images.second,
        },
      ],
      conflicts: [{ manager: 'helm' }],
      fieldConflicts: [{ path, owner: { title: 'Helm', tool: 'helm' } }],
      managedBy: { tool: 'helm' },
      unchanged: false,
    });
    expect((await bench.driver.getTarget(of)).image).toBe(
      bench.cluster.images.first,
    );
  });

  it('takes the image alone, and needs no force afterwards', async () => {
    const of = await bench.create('Deployment', 'taken', { sidecar: true });
    await bench.driver.apply(bench.change(of));
    const { owners } = await bench.driver.getTarget(of);
    expect(owners).toMatchObject([{ manager: 'backstage-image-registry' }]);
    const proxy = await bench.driver.getTarget({ ...of, container: 'proxy' });
    expect(proxy.owners).toMatchObject([{ manager: 'helm' }]);
    await bench.driver.apply(
      bench.change(of, { image: bench.cluster.images.missing, force: false }),
    );
  });

  it('changes several containers in one write', async () => {
    const of = await bench.create('Deployment', 'several', {
      sidecar: true,
      init: true,
    });
    const { generation } = await bench.driver.getTarget(of);
    const { second, first } = bench.cluster.images;
    const applied = await bench.driver.apply(
      bench.change(of, {
        others: [
          { container: 'proxy', image: second },
          { container: 'migrate', image: second },
        ],
      }),
    );
    expect(applied).toMatchObject({
      generation: generation + 1,
      previousImage: first,
      previousOthers: [
        { container: 'proxy', image: first },
        { container: 'migrate', image: first },
      ],
    });
    for (const container of ['web', 'proxy', 'migrate']) {
      const found = await bench.driver.getTarget({ ...of, container });
      expect(found).toMatchObject({ image: second });
    }
  });

  it('ends as reverted when GitOps writes the image again', async () => {
    const of = await bench.create('Deployment', 'reverted', {
      spec: { paused: true },
      metadata: {
        labels: { 'argocd.argoproj.io/instance': 'shop' },
      },
    });
    const wanted = bench.change(of);
    const applied = await bench.driver.apply(wanted);
    await bench.cluster.apply(
      manifestOf('Deployment', 'reverted', bench.cluster.images, {
        spec: { paused: true },
      }),
      'argocd-controller',
    );
    const seen = await collect(
      bench.driver.observe(
        { ...wanted, ...applied },
        AbortSignal.timeout(bench.cluster.patienceMs),
      ),
    );
    expect(last(seen)).toMatchObject({
      phase: 'replaced',
      reason: { code: 'image-reverted', params: { tool: 'argo-cd' } },
      replacedBy: { manager: 'argocd-controller', title: 'Argo CD' },
    });
  });
});

describe('what guards a write', () => {
  let bench: BehaviourBench;

  beforeAll(async () => {
    bench = await BehaviourBench.start();
  });

  afterAll(() => bench.stop());

  it('does not write what a newer rollout wrote, nor twice', async () => {
    const of = await bench.create('Deployment', 'ordered');
    const older = bench.change(of);
    const newer = bench.change(of);
    const first = await bench.driver.apply(newer);
    expect((await bench.driver.apply(newer)).generation).toBe(first.generation);
    await expect(bench.driver.apply(older)).rejects.toMatchObject({
      code: 'superseded',
    });
  });

  it('does not make what is not there, nor write another of its name', async () => {
    const absent = bench.target('Deployment', 'absent');
    await expect(
      bench.driver.apply(bench.change(absent)),
    ).rejects.toMatchObject({
      code: 'not-found',
    });
    const of = await bench.create('Deployment', 'remade');
    await expect(
      bench.driver.apply(bench.change(of, { uid: 'another' })),
    ).rejects.toMatchObject({ code: 'not-found' });
    await expect(
      bench.driver.getTarget({ ...of, container: 'none' }),
    ).rejects.toMatchObject({ code: 'not-found' });
  });

  it("shows the API server's words for an image that is no image", async () => {
    const of = await bench.create('Deployment', 'refused');
    await expect(
      bench.driver.apply(bench.change(of, { image: '' })),
    ).rejects.toMatchObject({ code: 'invalid', transient: false });
  });
});
