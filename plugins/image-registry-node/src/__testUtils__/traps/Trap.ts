import { RegistryError, RegistryErrorCode } from '../../provider/RegistryError';
import { TestAnswer, TestHandler, TestServer } from '../TestServer';
import { makeImage } from '../images';
import { testOciClient, testRegistryClient } from '../testConnection';

/** Numbers are those of the reference on registries: its parts A and E. */
export interface Trap {
  number: string;
  what: string;
  run: () => Promise<void>;
}

const servers: TestServer[] = [];

export async function serve(handler: TestHandler): Promise<TestServer> {
  const server = await TestServer.start(handler);
  servers.push(server);
  return server;
}

/** Ends what a row has started. */
export async function stopServers(): Promise<void> {
  await Promise.all(servers.splice(0).map(server => server.stop()));
}

export const client = (
  server: TestServer,
  options?: Parameters<typeof testOciClient>[1],
) => testOciClient(server.urlOf('registry.test'), options);

export const registryClient = (server: TestServer) =>
  testRegistryClient(server.urlOf('registry.test'));

export const credentials = {
  username: 'robot$shop+deploy',
  password: 's3cret:pass',
};
export const basic = `Basic ${Buffer.from(
  'robot$shop+deploy:s3cret:pass',
).toString('base64')}`;

export async function expectFailure(
  promise: Promise<unknown>,
  code: RegistryErrorCode,
  message = /./,
): Promise<void> {
  const error = await promise.then(
    () => undefined,
    reason => reason,
  );
  expect(error).toBeInstanceOf(RegistryError);
  expect(`${error.code}: ${error.message}`).toMatch(`${code}: `);
  expect(error.message).toMatch(message);
}

export const tagsAnswer = (...tags: unknown[]): TestAnswer => ({
  body: { name: 'demo/web', tags },
});

export const nextLink = (target: string) => ({
  link: `<${target}>; rel="next"`,
});

export const { config, manifest } = makeImage();
