import { kubernetesReasonCodes } from '@slipway/backstage-plugin-image-registry-common';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cloudRemedyMessages } from './cloudRemedyMessages';
import { failureMessages } from './failureMessages';
import { fieldMessages } from './fieldMessages';
import { listingMessages } from './listingMessages';
import { proofMessages } from './proofMessages';
import { reasonMessages } from './reasonMessages';
import { refusalMessages } from './refusalMessages';
import { remedyMessages } from './remedyMessages';
import { vendorRemedyMessages } from './vendorRemedyMessages';
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

/** Where refusals and failures are worded for those who called a route. */
const refusers = [
  'image-registry-node/src',
  'image-registry-backend/src',
  'image-registry-backend-module-aliyun/src',
  'image-registry-backend-module-tencent/src',
  'image-registry-backend-module-huawei/src',
  'image-registry-backend-module-aws/src',
  'image-registry-backend-module-google/src',
  'image-registry-backend-module-kubernetes/src',
];

/** Where registries' failures get their remedies. */
const advisers = [
  'image-registry-node/src',
  'image-registry-backend/src/providers',
  'image-registry-backend/src/registries',
  'image-registry-backend-module-aliyun/src',
  'image-registry-backend-module-tencent/src',
  'image-registry-backend-module-huawei/src',
  'image-registry-backend-module-aws/src',
  'image-registry-backend-module-google/src',
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

interface Worded {
  code: string;
  /** In English, if it is written as one text. */
  text?: string;
}

/** What is written as `advise('code', 'sentence'`, or by another maker. */
function worded(maker: 'advise' | 'because', file: string): Worded[] {
  const written = readFileSync(file, 'utf8').matchAll(
    new RegExp(
      `\\b${maker}\\(\\s*'([a-z]+(?:-[a-z]+)*)',\\s*(?:'([^'\\\\]*)'|"([^"\\\\]*)")?`,
      'g',
    ),
  );
  return [...written].map(([, code, single, double]) => ({
    code,
    text: single ?? double,
  }));
}

const remedies = advisers
  .flatMap(sourceFiles)
  .flatMap(file => worded('advise', file));

const refusals = refusers
  .flatMap(sourceFiles)
  .flatMap(file => worded('because', file));

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

describe('refusals and failures', () => {
  const catalog: Record<string, string> = {
    ...failureMessages,
    ...fieldMessages,
    ...listingMessages,
    ...proofMessages,
    ...refusalMessages,
  };

  it('are worded in both languages, each by one sentence', () => {
    expect(refusals.length).toBeGreaterThan(150);
    for (const { code, text } of refusals) {
      const key = `reason.${code}`;
      expect(reasonMessages).toHaveProperty([key]);
      expect(chinese).toHaveProperty([key]);
      expect(text ?? catalog[key]).toBe(catalog[key] ?? text);
    }
  });

  it('are all given by somebody', () => {
    const given = new Set(refusals.map(({ code }) => `reason.${code}`));
    expect(Object.keys(catalog).filter(key => !given.has(key))).toEqual([]);
  });
});

describe('remedies of registries', () => {
  const catalog = {
    ...remedyMessages,
    ...cloudRemedyMessages,
    ...vendorRemedyMessages,
  };

  it('are worded in both languages, each by one sentence', () => {
    expect(remedies.length).toBeGreaterThan(150);
    for (const { code, text } of remedies) {
      const key = `reason.${code}`;
      expect(catalog).toHaveProperty([key]);
      expect(chinese).toHaveProperty([key]);
      expect(text ?? catalog[key as keyof typeof catalog]).toBe(
        catalog[key as keyof typeof catalog],
      );
    }
  });

  it('are all given by somebody', () => {
    const given = new Set(remedies.map(({ code }) => `reason.${code}`));
    expect(Object.keys(catalog).filter(key => !given.has(key))).toEqual([]);
  });
});
