import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { parse } from 'yaml';
import { writeDevelopmentConfig } from './developmentConfig.mts';
import { requireFree } from './ports.mts';
import { readSettings } from './settings.mts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'slipway-start-'));
  writeFileSync(join(root, 'app-config.yaml'), 'sandbox: true\n');
});

afterEach(() => rmSync(root, { recursive: true }));

function generated() {
  return parse(
    readFileSync(join(root, '.data', 'app-config.sandbox.yaml'), 'utf8'),
  );
}

test('portal and sandbox agree on address and secret', () => {
  const { configFiles, sandboxConfigFile } = writeDevelopmentConfig(
    readSettings(root),
  );

  deepEqual(configFiles, [
    join(root, 'app-config.yaml'),
    join(root, '.data', 'app-config.sandbox.yaml'),
  ]);
  const sandbox = JSON.parse(readFileSync(sandboxConfigFile!, 'utf8'));
  const { imageRegistry } = generated();
  const registry = imageRegistry.registries.sandbox;
  equal(registry.address, `http://127.0.0.1:${sandbox.registry.port}`);
  equal(
    imageRegistry.outgoing.allowedLoopback.includes(
      `127.0.0.1:${sandbox.vendors.port}`,
    ),
    true,
  );
  const [endpoint] = sandbox.registry.endpoints;
  equal(
    endpoint.headers.Authorization,
    `Bearer ${registry.webhookEndpoints.pushes.secret}`,
  );
  match(endpoint.url, /^http:\/\/localhost:7007\/api\//);
  equal(
    Buffer.from(imageRegistry.encryption.keys[0].secret, 'base64').length,
    32,
  );
});

test('what was generated once stays', () => {
  writeDevelopmentConfig(readSettings(root));
  const first = generated();
  writeDevelopmentConfig(readSettings(root));

  deepEqual(generated(), first);
});

test('a default registry of one’s own takes that from the sandbox', () => {
  const local = join(root, 'app-config.local.yaml');
  writeDevelopmentConfig(readSettings(root));
  equal(generated().imageRegistry.registries.sandbox.default, true);
  writeFileSync(
    local,
    'imageRegistry: { registries: { mine: { default: true } } }\n',
  );
  writeDevelopmentConfig(readSettings(root));
  equal(generated().imageRegistry.registries.sandbox.default, false);
});

test('the local file wins and can remove the sandbox', () => {
  const local = join(root, 'app-config.local.yaml');
  writeFileSync(local, 'sandbox: false\n');
  const { configFiles, sandboxConfigFile } = writeDevelopmentConfig(
    readSettings(root),
  );

  equal(configFiles.at(-1), local);
  equal(sandboxConfigFile, undefined);
  const { imageRegistry } = generated();
  deepEqual(Object.keys(imageRegistry).sort(), ['encryption', 'webhook']);
});

test('a port that somebody uses is named', async () => {
  const server = createServer().listen(0);
  const { port } = server.address() as AddressInfo;
  try {
    await rejects(
      requireFree({ registry: port }),
      new RegExp(`registry \\(SLIPWAY_REGISTRY_PORT\\): ${port}`),
    );
  } finally {
    server.close();
  }
});
