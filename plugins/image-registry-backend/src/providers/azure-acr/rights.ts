import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import {
  advise,
  RegistryError,
} from '@slipway/backstage-plugin-image-registry-node';

/** A right as scope maps and roles of a registry name it. */
export interface AcrRight {
  scope: string;
  /** As a sentence names it. */
  name: string;
  hint: Reason;
}

/** To see which repositories there are. */
export const CATALOG: AcrRight = {
  scope: 'registry:catalog:*',
  name: 'the right to list all repositories',
  hint: advise(
    'azure-list-role',
    'Give the role Container Registry Repository Catalog Lister, or AcrPull where the registry has no attribute-based permissions. A repository-scoped token needs the scope map _repositories_admin; without it enter repositories by hand',
  ),
};

/** To see the tags of a repository. */
export function metadataOf(repository: string): AcrRight {
  return {
    scope: `repository:${repository}:metadata_read`,
    name: `the right metadata/read on ${repository}`,
    hint: advise(
      'azure-metadata-right',
      `Add metadata/read on ${repository} to the scope map of the token, or give the role AcrPull`,
      { repository },
    ),
  };
}

/** What a refusal means, by the name of the right. */
export function lacking(right: AcrRight, cause: RegistryError): RegistryError {
  return new RegistryError(
    'forbidden',
    `${cause.message}. The account lacks ${right.name}`,
    { cause, status: cause.status, hint: right.hint },
  );
}
