/**
 * Writes the page of the policy corpus:
 * scripts/run-ts plugins/image-registry-common/benchmarks/corpus.ts
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { policyCases } from '../src/rules/corpus/policyCases';
import { renderCorpus } from '../src/rules/corpus/renderCorpus';

writeFileSync(
  resolve(__dirname, '../../../docs/benchmarks/policy-corpus.md'),
  renderCorpus(policyCases),
);
