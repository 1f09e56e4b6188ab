import { Content, ImageBundle } from '../images/ImageBundle';
import { PushAnswer, PushConnection, PushTarget } from './PushConnection';

/**
 * Pushes an image over HTTP in the order of a client: blobs, children by
 * digest, then the manifest by each tag (by digest when there is none).
 *
 * @throws Error with the registry's answer when it refuses a step.
 */
export async function pushBundle(
  target: PushTarget,
  repository: string,
  bundle: ImageBundle,
  tags: string[],
): Promise<void> {
  const connection = new PushConnection(target);
  await pushManifest(connection, repository, bundle, tags);
}

async function pushManifest(
  connection: PushConnection,
  repository: string,
  bundle: ImageBundle,
  tags: string[],
): Promise<void> {
  for (const blob of bundle.blobs) {
    await pushBlob(connection, repository, blob);
  }
  for (const child of bundle.children) {
    await pushManifest(connection, repository, child, []);
  }
  const { descriptor, bytes } = bundle.manifest;
  for (const reference of tags.length > 0 ? tags : [descriptor.digest]) {
    const answer = await connection.send(
      `/v2/${repository}/manifests/${reference}`,
      {
        method: 'PUT',
        headers: { 'Content-Type': descriptor.mediaType },
        body: bytes,
      },
    );
    expectStatus(answer, 201, `manifest ${repository}:${reference}`);
  }
}

async function pushBlob(
  connection: PushConnection,
  repository: string,
  { descriptor, bytes }: Content,
): Promise<void> {
  const { digest } = descriptor;
  const path = `/v2/${repository}/blobs`;
  const known = await connection.send(`${path}/${digest}`, { method: 'HEAD' });
  if (known.status === 200) {
    return;
  }
  const opened = await connection.send(`${path}/uploads/`, { method: 'POST' });
  expectStatus(opened, 202, `upload to ${repository}`);
  const location = opened.headers.location ?? '';
  const separator = location.includes('?') ? '&' : '?';
  const query = new URLSearchParams({ digest });
  const stored = await connection.send(`${location}${separator}${query}`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/octet-stream' },
    body: bytes,
  });
  expectStatus(stored, 201, `blob ${digest} of ${repository}`);
}

function expectStatus(answer: PushAnswer, status: number, what: string): void {
  if (answer.status !== status) {
    throw new Error(
      `push of ${what}: expected ${status}, got ${answer.status} ${answer.body}`,
    );
  }
}
