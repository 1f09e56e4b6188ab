import { SimulatedVendor } from '../SimulatedVendor';
import {
  emptyAnswer,
  jsonAnswer,
  textAnswer,
  VendorAnswer,
} from '../VendorAnswer';
import { VendorRequest } from '../VendorRequest';

/** The host of somebody else, to which faults lead. */
export const STRANGER = 'stranger.example';

/** What a storage that has its own signature says to a second one. */
const ONE_MECHANISM =
  'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified';

/**
 * Gladly takes whatever is sent to it: tokens for any password, pages for any
 * listing. Answers that wait here for a redirect go to whoever comes without
 * credentials, as with storage behind a registry.
 */
export class Stranger implements SimulatedVendor {
  readonly id = 'stranger';
  readonly hosts = [STRANGER];
  private readonly waiting = new Map<string, VendorAnswer>();

  /** Keeps an answer. @returns the redirect to it */
  redirectTo(answer: VendorAnswer): VendorAnswer {
    const path = `/waiting/${this.waiting.size + 1}`;
    this.waiting.set(path, answer);
    return emptyAnswer({
      status: 307,
      headers: { Location: `https://${STRANGER}${path}?X-Amz-Signature=abc` },
    });
  }

  handle({ headers, path }: VendorRequest): VendorAnswer {
    if (path === '/token') {
      return jsonAnswer({ token: 'of-the-stranger', expires_in: 300 });
    }
    const answer = this.waiting.get(path);
    if (!answer) {
      return jsonAnswer({});
    }
    return headers.authorization === undefined
      ? answer
      : textAnswer(
          `<Error><Code>InvalidArgument</Code><Message>${ONE_MECHANISM}</Message></Error>`,
          { status: 400, headers: { 'Content-Type': 'application/xml' } },
        );
  }
}
