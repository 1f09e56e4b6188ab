import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/**
 * What can be open above the lanes, each for one target; a freeze for the
 * component, an approval for a rollout.
 */
export const panels = [
  'deploy',
  'roll-back',
  'hold',
  'pods',
  'auto-deploy',
  'restart',
  'stop',
  'start',
  'pull-secret',
  'manifest',
  'kubectl',
  'freeze',
  'approval',
  'evidence',
] as const;

/** {@inheritDoc panels} */
export type Panel = (typeof panels)[number];

/** An image that a link names, for example from the images tab. */
export interface LinkedImage {
  registryId: string;
  repository: string;
  /** Tag or digest. */
  reference: string;
  /** What the tag meant where the link was made. */
  digest?: string;
}

/** What the URL says that the tab shows, so that a link shows the same. */
export interface TabLocation {
  panel?: Panel;
  /** Key of the target that the panel is about. */
  targetKey?: string;
  /**
   * Rollout that the panel "roll-back" undoes, else the last one; or that
   * the panels "approval" and "evidence" show.
   */
  rolloutId?: string;
  linkedImage?: LinkedImage;
  /** Pod whose log is shown. */
  pod?: string;
  /** History of this environment only. */
  environment?: string;
  /** Rollout whose steps are unfolded. */
  expanded?: string;
  open(
    panel: Panel,
    options?: {
      targetKey?: string;
      rolloutId?: string;
      /** With the panel "deploy": what it begins with. */
      image?: LinkedImage;
    },
  ): void;
  close(): void;
  showPod(pod: string | undefined): void;
  filterEnvironment(environment: string | undefined): void;
  expand(rolloutId: string | undefined): void;
}

const panelParameters = [
  'panel',
  'target',
  'rollout',
  'pod',
  'deploy',
  'repository',
  'reference',
  'digest',
];

/** Reads and changes what the URL says about the tab. */
export function useTabLocation(): TabLocation {
  const [parameters, setParameters] = useSearchParams();

  const change = useCallback(
    (changes: Record<string, string | undefined>, replace = false) =>
      setParameters(
        before => {
          const next = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changes)) {
            if (value) {
              next.set(name, value);
            } else {
              next.delete(name);
            }
          }
          return next;
        },
        { replace },
      ),
    [setParameters],
  );

  return useMemo(() => {
    const get = (name: string) => parameters.get(name) ?? undefined;
    const cleared = Object.fromEntries(
      panelParameters.map(name => [name, undefined]),
    );
    return {
      panel: readPanel(parameters),
      targetKey: get('target'),
      rolloutId: get('rollout'),
      linkedImage: readLinkedImage(parameters),
      pod: get('pod'),
      environment: get('environment'),
      expanded: get('steps'),
      open: (panel, options) =>
        change({
          ...cleared,
          panel,
          target: options?.targetKey,
          rollout: options?.rolloutId,
          deploy: options?.image?.registryId,
          repository: options?.image?.repository,
          reference: options?.image?.reference,
          digest: options?.image?.digest,
        }),
      close: () => change(cleared),
      showPod: pod => change({ pod }, true),
      filterEnvironment: environment => change({ environment }, true),
      expand: steps => change({ steps }, true),
    };
  }, [parameters, change]);
}

function readPanel(parameters: URLSearchParams): Panel | undefined {
  if (readLinkedImage(parameters)) {
    return 'deploy';
  }
  return panels.find(panel => panel === parameters.get('panel'));
}

function readLinkedImage(parameters: URLSearchParams): LinkedImage | undefined {
  const registryId = parameters.get('deploy');
  const repository = parameters.get('repository');
  const reference = parameters.get('reference');
  return registryId && repository && reference
    ? {
        registryId,
        repository,
        reference,
        digest: parameters.get('digest') ?? undefined,
      }
    : undefined;
}
