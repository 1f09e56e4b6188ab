import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import {
  RegistryClient,
  RegistryError,
  RegistryErrorCode,
  RegistryPage,
} from '@slipway/backstage-plugin-image-registry-node';
import { BadInputSpec, ListingOperation, OperationName } from './BadInputSpec';

/** Pages that a test follows; a listing that never ends fails it. */
const MOST_PAGES = 60;

/** What a whole listing came to. */
export interface WholeListing {
  items: unknown[];
  complete: boolean;
  /** Why it is not whole, for translation. */
  reason?: Reason;
}

/** Does what a person would have done. */
export async function perform(
  operation: OperationName,
  client: RegistryClient,
  spec: BadInputSpec,
  repository = spec.repository,
): Promise<unknown> {
  switch (operation) {
    case 'check':
      return failWithStep(client);
    case 'resolve':
      return client.resolve(repository, spec.tag);
    default:
      return listWhole(operation, client, spec, repository);
  }
}

/** Reads a listing to its end, page by page. */
export async function listWhole(
  operation: ListingOperation,
  client: RegistryClient,
  spec: BadInputSpec,
  repository = spec.repository,
): Promise<WholeListing> {
  const whole: WholeListing = { items: [], complete: true };
  let cursor: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page = await listPage(operation, client, spec, repository, cursor);
    whole.items.push(...page.items);
    if (!page.complete) {
      return { ...whole, complete: false, reason: page.reason };
    }
    cursor = page.nextCursor;
    if (cursor === undefined) {
      return whole;
    }
  }
  throw new Error(`${operation} has not ended after ${MOST_PAGES} pages`);
}

function listPage(
  operation: ListingOperation,
  client: RegistryClient,
  { namespace }: BadInputSpec,
  repository: string,
  cursor: string | undefined,
): Promise<RegistryPage<unknown>> {
  switch (operation) {
    case 'listNamespaces':
      if (!client.listNamespaces) {
        throw new Error('The client has no listNamespaces; leave it out');
      }
      return client.listNamespaces({ cursor });
    case 'listRepositories':
      return client.listRepositories({ namespace, cursor });
    default:
      return client.listTags(repository, { cursor });
  }
}

/** A check does not throw what a step found: this does. */
async function failWithStep(client: RegistryClient): Promise<void> {
  const steps = await client.check();
  const failed = steps.find(step => !step.ok && !step.skipped);
  if (failed) {
    const { code, message = '', remedy } = failed;
    throw new RegistryError(code as RegistryErrorCode, message, {
      hint: remedy,
    });
  }
}
