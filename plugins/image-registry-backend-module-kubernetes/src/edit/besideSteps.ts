import { Manifest } from '@slipway/backstage-plugin-image-registry-common';
import { SettingsChange } from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient } from '../clusters';
import { applyOwn } from './applyOwn';
import { isSame } from './isSame';
import { MadeWorkload, settingsPaths } from './readSettings';
import { manifestsBeside } from './settingsPlan';
import { creation, removal, SettingsStep } from './SettingsStep';
import { changesPorts, serviceWithPorts, SettingsEdit } from './withSettings';

/** What a change needs beside the Deployment. */
export interface BesideSteps {
  /** Claims, Service and Ingress that are made or changed, in this order. */
  first: SettingsStep[];
  /** Ingress and Service that are taken away, once nothing needs them. */
  last: SettingsStep[];
}

class Beside {
  private readonly manifests: Manifest[];

  constructor(
    private readonly client: ClusterClient,
    private readonly made: MadeWorkload,
    private readonly change: SettingsChange,
    private readonly signal: AbortSignal | undefined,
  ) {
    this.manifests = manifestsBeside(change, made.deployment);
  }

  claims(): SettingsStep[] {
    return this.manifestsOf('PersistentVolumeClaim').map(each =>
      this.creationOf(each),
    );
  }

  service(): SettingsStep[] {
    const { service } = this.made;
    const [manifest] = this.manifestsOf('Service');
    if (!manifest) {
      return [];
    }
    if (!service) {
      return [this.creationOf(manifest)];
    }
    const edit = this.edit;
    return changesPorts(edit)
      ? [this.changeOf(manifest, service, own => serviceWithPorts(own, edit))]
      : [];
  }

  ingress(): SettingsStep[] {
    const { ingress, view } = this.made;
    const [manifest] = this.manifestsOf('Ingress');
    if (!manifest || view.otherIngress) {
      return [];
    }
    if (!ingress) {
      return [this.creationOf(manifest)];
    }
    return isSame(view.settings.ingress, this.change.settings.ingress)
      ? []
      : [this.changeOf(manifest, ingress, () => ({ spec: manifest.spec }))];
  }

  removals(): SettingsStep[] {
    const { settings } = this.made.view;
    const { service, ingress } = this.change.settings;
    // What it would be if it were to stay names what goes.
    const all = manifestsBeside(
      { ...this.change, settings: { ...settings, volumes: [] } },
      this.made.deployment,
    );
    return all
      .filter(
        ({ kind }) =>
          (kind === 'Ingress' && !ingress) || (kind === 'Service' && !service),
      )
      .reverse()
      .map(manifest => removal(this.client, manifest, this.signal));
  }

  private get edit(): SettingsEdit {
    return {
      container: this.change.target.container,
      before: this.made.view.settings,
      wanted: this.change.settings,
    };
  }

  private manifestsOf(kind: Manifest['kind']): Manifest[] {
    return this.manifests.filter(each => each.kind === kind);
  }

  private creationOf(manifest: Manifest): SettingsStep {
    const { settings } = this.change;
    return creation(this.client, manifest, settings, this.signal);
  }

  private changeOf(
    { kind, apiVersion }: Manifest,
    object: NonNullable<MadeWorkload['service'] | MadeWorkload['ingress']>,
    edited: Parameters<typeof applyOwn>[1]['edited'],
  ): SettingsStep {
    const paths = settingsPaths(this.change.target);
    return {
      before: object,
      apply: ({ dryRun }) =>
        applyOwn(this.client, {
          kind,
          apiVersion,
          path: kind === 'Ingress' ? paths.Ingress : paths.Service,
          object,
          edited,
          settings: this.change.settings,
          dryRun,
          signal: this.signal,
        }),
    };
  }
}

/** Compares what was made beside a Deployment with what is wanted. */
export function besideSteps(
  client: ClusterClient,
  made: MadeWorkload,
  change: SettingsChange,
  signal?: AbortSignal,
): BesideSteps {
  const wanted = new Beside(client, made, change, signal);
  return {
    first: [...wanted.claims(), ...wanted.service(), ...wanted.ingress()],
    last: wanted.removals(),
  };
}
