import { InputError } from '@backstage/errors';
import {
  isDigest,
  isRepository,
  isTag,
} from '@slipway/backstage-plugin-image-registry-common';

/** @throws InputError when the text cannot be part of a URL as a repository */
export function assertRepository(repository: string): void {
  if (!isRepository(repository)) {
    throw new InputError(
      `'${repository}' is not a repository: lower-case letters, digits and . _ - in parts separated by /`,
    );
  }
}

/** @throws InputError when the text is neither a tag nor a digest */
export function assertReference(reference: string): void {
  if (!isTag(reference) && !isDigest(reference)) {
    throw new InputError(
      `'${reference}' is neither a tag (letters, digits, . _ -) nor a digest (sha256:<64 hex digits>)`,
    );
  }
}

/** @throws InputError when the text is not a digest that we can verify */
export function assertDigestText(digest: string): void {
  if (!isDigest(digest)) {
    throw new InputError(
      `'${digest}' is not a digest such as sha256:<64 hex digits>`,
    );
  }
}
