import { createContext, ReactNode, useContext } from 'react';
import { Entity } from '@backstage/catalog-model';
import {
  Policy,
  Rollout,
} from '@slipway/backstage-plugin-image-registry-common';
import { Rights } from './useRights';
import { Running } from './useDeployments';
import { TabLocation } from './useTabLocation';

/** What all parts of the tab share. */
export interface Deployments {
  entity: Entity;
  entityRef: string;
  running: Running;
  policies: Policy[];
  /** Newest first. */
  rollouts: Rollout[];
  registryNames: ReadonlyMap<string, string>;
  rights: Rights;
  location: TabLocation;
  /** Reads everything again; for after a change of one's own. */
  refetch(): void;
}

const DeploymentsContext = createContext<Deployments | undefined>(undefined);

/** Gives the parts of the tab what they share. */
export function DeploymentsProvider(props: {
  value: Deployments;
  children: ReactNode;
}) {
  return (
    <DeploymentsContext.Provider value={props.value}>
      {props.children}
    </DeploymentsContext.Provider>
  );
}

/** What all parts of the tab share. */
export function useDeploymentsContext(): Deployments {
  const value = useContext(DeploymentsContext);
  if (!value) {
    throw new Error('The parts of the deploy tab need its provider');
  }
  return value;
}
