import {
  AccessReview,
  ChangedSettings,
  CreatedObject,
  kubernetesReason,
  manifestYaml,
  NodePlatforms,
  PullAccess,
  TargetRef,
  TestPullStep,
  workloadManifests,
  WorkloadSettings,
  WorkloadSettingsView,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  DeployDriver,
  DriverError,
  EnsuredPullSecret,
  PlaceOperations,
  PullSecretName,
  PullSecretRequest,
  SettingsChange,
  TestPullRequest,
  WorkloadCreation,
  WorkloadCreationResult,
} from '@slipway/backstage-plugin-image-registry-node';

/** What a test's cluster does in places beside deploying. */
export class FakePlaces implements PlaceOperations {
  /** Components that were made, not rehearsed. */
  readonly created: WorkloadCreation[] = [];
  /** Pull secrets by namespace and registry, with what is in them. */
  readonly secrets = new Map<string, PullSecretRequest>();
  readonly attached: unknown[] = [];
  /** Namespaces of every cluster. */
  namespaces = ['shop', 'shop-eu', 'bank'];
  /** Creations that were gone on with, not rehearsed. */
  resumed = 0;
  /** Of every workload. */
  settings: WorkloadSettings = {
    replicas: 1,
    ports: [],
    env: [],
    volumes: [],
    service: false,
  };
  /** Changes that were written, not rehearsed. */
  readonly changed: SettingsChange[] = [];
  /** Kind of the object that is refused. */
  failAt: string | undefined;
  failure: DriverError | undefined;

  /** Gives a driver these operations. */
  static give(driver: DeployDriver): FakePlaces {
    const places = new FakePlaces();
    const names = Object.getOwnPropertyNames(FakePlaces.prototype).filter(
      name => name !== 'constructor',
    ) as Array<keyof PlaceOperations>;
    for (const name of names) {
      Object.defineProperty(driver, name, { value: places[name].bind(places) });
    }
    return places;
  }

  async createWorkload(
    creation: WorkloadCreation,
    { dryRun, resume }: { dryRun?: boolean; resume?: boolean } = {},
  ): Promise<WorkloadCreationResult> {
    const manifests = workloadManifests(creation.plan, creation);
    const stop = manifests.findIndex(({ kind }) => kind === this.failAt);
    const reason = kubernetesReason('refused-by-server', { detail: 'No' });
    const objects = manifests.map((manifest, index): CreatedObject => {
      const done = dryRun || (stop >= 0 && index > stop) ? 'planned' : 'made';
      return {
        kind: manifest.kind,
        name: manifest.metadata.name,
        namespace: manifest.metadata.namespace,
        state: index === stop ? 'refused' : done,
        manifest: manifestYaml(manifest),
        warnings: [],
        ...(index === stop && { reason }),
      };
    });
    if (stop >= 0) {
      const outcome = stop === 0 || dryRun ? 'refused' : 'partial';
      return { outcome, objects, problems: [{ path: '', reason }] };
    }
    if (!dryRun) {
      this.created.push(creation);
      this.resumed += resume ? 1 : 0;
    }
    return { outcome: dryRun ? 'planned' : 'created', objects, problems: [] };
  }

  async readSettings(
    target: TargetRef,
    entityRef: string,
  ): Promise<WorkloadSettingsView> {
    return {
      version: `${target.name} of ${entityRef}`,
      settings: this.settings,
    };
  }

  async changeSettings(
    change: SettingsChange,
    { dryRun }: { dryRun?: boolean } = {},
  ): Promise<ChangedSettings> {
    const { target, entityRef, version, settings } = change;
    if (version !== (await this.readSettings(target, entityRef)).version) {
      throw new DriverError('stale', 'It was changed since it was read');
    }
    if (!dryRun) {
      this.changed.push(change);
      this.settings = settings;
    }
    const outcome = dryRun ? 'planned' : 'changed';
    return { outcome, changes: [], problems: [], warnings: [] };
  }

  async ensurePullSecret(
    request: PullSecretRequest,
  ): Promise<EnsuredPullSecret> {
    if (this.failure) {
      throw this.failure;
    }
    const { place, registryId, host, login, attach } = request;
    const key = `${place.namespace}/${registryId}`;
    const before = this.secrets.get(key);
    this.secrets.set(key, request);
    if (attach) {
      this.attached.push(attach);
    }
    const changed =
      before?.login.password === login.password ? 'unchanged' : 'updated';
    return {
      secret: { ...place, name: `pull-${registryId}`, registryId, host },
      change: before ? changed : 'created',
      attachment: attach ? 'attached' : 'none',
    };
  }

  async removePullSecret({
    namespace,
    registryId,
  }: PullSecretName): Promise<void> {
    this.secrets.delete(`${namespace}/${registryId}`);
  }

  async listNamespaces() {
    return { names: this.namespaces, complete: true };
  }

  async listPullSecrets() {
    return { items: [], clusters: [] };
  }

  async pullAccess({ host }: { host: string }): Promise<PullAccess> {
    return {
      known: true,
      ok: false,
      host,
      serviceAccount: 'runner',
      secrets: [],
      reason: { code: 'pull-secret-none', message: 'None' },
    };
  }

  async accessReview(place: {
    cluster: string;
    namespace: string;
  }): Promise<AccessReview> {
    return { ...place, purposes: [] };
  }

  async nodePlatforms(): Promise<NodePlatforms> {
    const platforms = [{ os: 'linux', architecture: 'arm64' }];
    return { known: true, platforms, fitting: 1, total: 1 };
  }

  async quotaCheck() {
    return { known: true, fits: true, amounts: [] };
  }

  async podQuotaCheck() {
    return { known: true, fits: true, amounts: [] };
  }

  async *testPull({ image }: TestPullRequest): AsyncGenerator<TestPullStep> {
    const at = new Date(0).toISOString();
    yield { at, phase: 'pulling' };
    yield { at, phase: 'pulled', words: image };
  }

  async sweepTestPulls(): Promise<number> {
    return 0;
  }
}
