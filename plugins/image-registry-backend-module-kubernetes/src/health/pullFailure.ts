import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import { REGISTRY_REFUSES_FOR_NOW } from '@slipway/backstage-plugin-image-registry-node';

/** A container that waits for its image. */
export interface PullFailure {
  reason: Reason;
  /** True when trying again cannot help. */
  definitive: boolean;
  /**
   * True when the registry said that it will let the image go later: while it
   * scans, limits the pulls or fails. Waiting helps, a rollback does not.
   */
  passing: boolean;
}

const imageReasons = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'ImageInspectError',
  'RegistryUnavailable',
  'SignatureValidationFailed',
]);

/** Of what no kind fits, or where trying again may help. */
const PULL_FAILED = 'image-pull-failed';
const PULL_FAILED_SENTENCE = 'The image cannot be pulled';

interface PullKind {
  code: string;
  /** Why it refuses for now. */
  cause?: string;
  words: RegExp;
  definitive: boolean;
  sentence: string;
}

/**
 * Kinds of refusals by the words of container runtimes and registries; the
 * first that fits counts, the ones that pass by themselves stand first.
 */
const kinds: readonly PullKind[] = [
  {
    // Harbor's 412 for what waiting does not change; without a finished scan it
    // says "without vulnerability scanning" instead.
    code: 'image-refused-by-policy',
    words:
      /current image with \d+ vulnerabilit|image is not signed|SignatureValidationFailed|signature was required/i,
    definitive: false,
    sentence: 'The registry refuses the image by its policy',
  },
  {
    code: REGISTRY_REFUSES_FOR_NOW,
    cause: 'limit',
    words: /\b429\b|toomanyrequests|too many requests/i,
    definitive: false,
    sentence: 'The registry limits the pulls',
  },
  {
    code: REGISTRY_REFUSES_FOR_NOW,
    cause: 'held-back',
    words: /\b412\b|precondition failed/i,
    definitive: false,
    sentence: 'The registry holds the image back for now',
  },
  {
    code: REGISTRY_REFUSES_FOR_NOW,
    cause: 'failure',
    words:
      /\b50[0234]\b|internal server error|bad gateway|service unavailable/i,
    definitive: false,
    sentence: 'The registry fails to answer',
  },
  {
    code: 'image-pull-denied',
    words:
      /\b40[13]\b|unauthorized|forbidden|authorization failed|access denied|insufficient_scope/i,
    definitive: false,
    sentence: 'The registry denies the pull',
  },
  {
    code: 'registry-unreachable',
    words:
      /no such host|connection refused|timeout|timed out|x509|certificate|connection reset|EOF/i,
    definitive: false,
    sentence: 'The registry cannot be reached from the node',
  },
  {
    code: 'image-platform-missing',
    words: /no match for platform|no matching manifest/i,
    definitive: true,
    sentence: 'The image has no platform that fits the node',
  },
  {
    // The node's own store lost a part of it; the registry has it.
    code: PULL_FAILED,
    words: /content digest \S+: not found|on snapshotter|extraction snapshot/i,
    definitive: false,
    sentence: PULL_FAILED_SENTENCE,
  },
  {
    code: 'image-not-found',
    words:
      /not found|manifest unknown|name unknown|manifest_unknown|name_unknown/i,
    definitive: true,
    sentence: 'The image does not exist in the registry',
  },
];

/**
 * What a waiting container says about its image.
 * @returns undefined when it waits for something else
 */
export function pullFailure(waiting: {
  reason?: string;
  message?: string;
}): PullFailure | undefined {
  const { reason = '', message = '' } = waiting;
  if (!imageReasons.has(reason)) {
    return undefined;
  }
  if (reason === 'InvalidImageName') {
    return failure(
      {
        code: 'image-name-invalid',
        definitive: true,
        sentence: 'The image name is invalid',
      },
      message,
    );
  }
  // Of an image the back-off names what it backs off from, or nothing.
  const kind = kinds.find(({ words }) => words.test(withoutImageName(message)));
  return failure(
    kind ?? {
      code: PULL_FAILED,
      definitive: false,
      sentence: PULL_FAILED_SENTENCE,
    },
    message,
  );
}

/** A tag such as `web:404` must not be taken for an answer. */
function withoutImageName(message: string): string {
  return message
    .replace(
      /(pull and unpack image|pulling image|resolve image:?|reference) "?[^\s",]+"?:?/gi,
      '$1 ',
    )
    .replace(/https?:\/\/[^\s"]+/gi, '');
}

function failure(
  { code, cause, sentence, definitive }: Omit<PullKind, 'words'>,
  detail: string,
): PullFailure {
  return {
    reason: {
      code,
      message: detail ? `${sentence}: ${detail}` : `${sentence}.`,
      params: { detail, ...(cause && { cause }) },
    },
    definitive,
    passing: code === REGISTRY_REFUSES_FOR_NOW,
  };
}
