import { kubernetesReasonCodes } from '@slipway/backstage-plugin-image-registry-common';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { reasonMessages } from './reasonMessages';
import chinese from './zh';

const plugins = resolve(__dirname, '../../..');

/** Where the backend words its reasons. */
const places = [
  'image-registry-backend/src/images',
  'image-registry-backend/src/rollouts',
  'image-registry-backend/src/protection',
  'image-registry-backend/src/policies',
  'image-registry-backend/src/targets',
  'image-registry-backend/src/inbox',
  'image-registry-backend/src/workloads',
  'image-registry-backend/src/pullSecrets',
  'image-registry-node/src/vendor',
  'image-registry-backend-module-kubernetes/src/workloads',
  'image-registry-backend-module-kubernetes/src/health',
  'image-registry-backend-module-kubernetes/src/observe',
  'image-registry-backend-module-kubernetes/src/platforms',
  'image-registry-backend-module-kubernetes/src/pullAccess',
  'image-registry-backend-module-kubernetes/src/quota',
  'image-registry-backend-module-kubernetes/src/testPull',
];

function sourceFiles(place: string): string[] {
  return readdirSync(join(plugins, place), { recursive: true })
    .map(name => join(plugins, place, String(name)))
    .filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts'));
}

/** Codes written as `because('code'`, `code: 'code'`, `failure('code'` or `told('code'`. */
function reasonCodes(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const written = text.matchAll(
    /(?:\bbecause\(|\bfailure\(|\btold\(|\bcode:)\s*'([a-z]+(?:-[a-z]+)*)'/g,
  );
  return [...written].map(([, code]) => code);
}

const codes = [
  ...new Set([
    ...places.flatMap(sourceFiles).flatMap(reasonCodes),
    ...kubernetesReasonCodes,
  ]),
];

describe('reasons of the backend', () => {
  it('are found in its sources', () => {
    expect(codes.length).toBeGreaterThan(40);
    expect(codes).toEqual(
      expect.arrayContaining([
        'needs-consent',
        'author-may-not',
        'not-confirmed-by-cluster',
        'tag-moved',
      ]),
    );
  });

  it.each(codes)('%s is worded in both languages', code => {
    const key = `reason.${code}`;
    expect(reasonMessages).toHaveProperty([key]);
    expect(chinese).toHaveProperty([key]);
  });
});
