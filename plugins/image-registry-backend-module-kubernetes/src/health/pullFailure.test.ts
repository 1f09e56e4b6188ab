import { pullFailure } from './pullFailure';

const back = (message: string) =>
  pullFailure({ reason: 'ImagePullBackOff', message });

describe('pullFailure', () => {
  it.each([
    // Messages after the pattern of containerd 2 and of dockerd.
    [
      'failed to pull and unpack image "r.example/a:1": failed to resolve image: unexpected status from HEAD request to https://r.example/v2/a/manifests/1: 429 Too Many Requests',
      'registry-refuses-for-now',
      false,
    ],
    [
      'unexpected status from GET request to https://harbor.example/v2/a/manifests/1: 412 Precondition Failed',
      'registry-refuses-for-now',
      false,
    ],
    [
      "unknown: current image without vulnerability scanning cannot be pulled due to configured policy in 'Prevent images with vulnerability severity of Critical': 412 Precondition Failed",
      'registry-refuses-for-now',
      false,
    ],
    [
      "unknown: current image with 12 vulnerabilities cannot be pulled due to configured policy in 'Prevent images with vulnerability severity of Low': 412 Precondition Failed",
      'image-refused-by-policy',
      false,
    ],
    [
      'unknown: The image is not signed by cosign.: 412 Precondition Failed',
      'image-refused-by-policy',
      false,
    ],
    [
      'unexpected status from HEAD request to https://r.example/v2/a/manifests/1: 503 Service Unavailable',
      'registry-refuses-for-now',
      false,
    ],
    [
      'failed to do request: Head "https://r.example/v2/a/manifests/1": dial tcp: lookup r.example: no such host',
      'registry-unreachable',
      false,
    ],
    [
      'pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials',
      'image-pull-denied',
      false,
    ],
    [
      'failed to pull and unpack image "r.example/a:1": no match for platform in manifest: not found',
      'image-platform-missing',
      true,
    ],
    [
      'Error response from daemon: manifest for r.example/a:1 not found: manifest unknown',
      'image-not-found',
      true,
    ],
    [
      // Of containerd, when its garbage collector was faster.
      'failed to pull and unpack image "r.example/a:1": failed to unpack image on snapshotter overlayfs: apply layer error for "r.example/a:1": content digest sha256:0a1b: not found',
      'image-pull-failed',
      false,
    ],
    [
      // Of containerd, when the registry lost a layer.
      'failed to pull and unpack image "r.example/a:1": failed to copy: httpReadSeeker: failed open: could not fetch content descriptor sha256:0a1b (application/vnd.oci.image.layer.v1.tar+gzip) from remote: not found',
      'image-not-found',
      true,
    ],
    [
      // Of CRI-O.
      'SignatureValidationFailed: image pull failed for r.example/a:1 because the signature validation failed: Source image rejected: A signature was required, but no signature exists',
      'image-refused-by-policy',
      false,
    ],
    [
      'failed to resolve image: r.example/a:1.0-SNAPSHOT: not found',
      'image-not-found',
      true,
    ],
    ['Back-off pulling image "r.example/a:404"', 'image-pull-failed', false],
    [
      'Back-off pulling image "r.example/a:429": ErrImagePull: failed to pull and unpack image "r.example/a:429": failed to resolve image: r.example/a:1: not found',
      'image-not-found',
      true,
    ],
  ])('reads %s', (message, code, definitive) => {
    expect(back(message)).toMatchObject({
      reason: { code },
      definitive,
      passing: code === 'registry-refuses-for-now',
    });
  });

  it('has nothing to say of a container that waits for something else', () => {
    expect(
      pullFailure({
        reason: 'CreateContainerConfigError',
        message: 'secret "absent" not found',
      }),
    ).toBeUndefined();
  });
});
