import { ResponseError } from '@backstage/errors';

/**
 * The sentence for a person: what the backend said, without the protocol
 * around it.
 *
 * @public
 */
export function errorSentence(error: Error): string {
  if (error.name === 'ResponseError') {
    return (error as ResponseError).cause.message || error.message;
  }
  return error.message;
}
