import {
  checkStepSchema,
  isDigest,
  reasonSchema,
  repositoryItemSchema,
  tagItemSchema,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  RegistryClient,
  RegistryError,
} from '@slipway/backstage-plugin-image-registry-node';
import fc from 'fast-check';
import { z } from 'zod';
import { mutated, mutations } from '../mutations';
import { Bench } from './Bench';
import { OperationName } from './BadInputSpec';
import { RecordedAnswers } from './RecordedHttp';

/** Answers that are tried for one operation. */
const RUNS = 60;
/**
 * The same distortions each time, unless others are asked for: what fails on one
 * machine fails on all.
 */
const SEED = Number(process.env.SLIPWAY_SEED ?? 1);

const page = (item: z.ZodType) =>
  z.union([
    z.object({ items: z.array(item), complete: z.literal(true) }),
    z.object({
      items: z.array(item),
      complete: z.literal(false),
      reason: reasonSchema,
    }),
  ]);

/** What an operation gives when it gives anything. */
const results: Record<OperationName, z.ZodType> = {
  check: z.array(checkStepSchema),
  listNamespaces: page(z.string().min(1)),
  listRepositories: page(repositoryItemSchema),
  listTags: page(tagItemSchema),
  resolve: z.object({ digest: z.string().refine(isDigest) }),
};

/**
 * Answers of the vendor with fields dropped, renamed and of other types: an
 * operation gives what it promises, or fails with a sentence; it never breaks,
 * and never hands on what is no name.
 */
export function describeDistorted(bench: Bench): void {
  const operations = Object.keys(bench.spec.requests) as OperationName[];
  it.each(operations)('%s bears answers that are nearly right', async name => {
    const recorded = new RecordedAnswers();
    const first = await run(
      name,
      bench,
      bench.client({}, http => recorded.recording(http)),
    );
    expect(results[name].safeParse(first).error).toBeUndefined();
    const answers = recorded.inJson();
    if (answers.length === 0) {
      // A HEAD that needs no token.
      return;
    }
    const distorted = fc
      .record({ answer: fc.constantFrom(...answers), wrongs: mutations })
      .map(({ answer, wrongs }) => ({
        url: answer.url,
        body: mutated(JSON.parse(answer.body.toString('utf8')), wrongs),
      }));
    await fc.assert(
      fc.asyncProperty(distorted, async answer => {
        const client = bench.client({}, () => recorded.replaying(answer));
        const outcome = await run(name, bench, client).catch(
          (error: unknown) => {
            if (error instanceof RegistryError) {
              return undefined;
            }
            throw error;
          },
        );
        const { error } = results[name].optional().safeParse(outcome);
        expect(error).toBeUndefined();
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });
}

function run(
  operation: OperationName,
  { spec: { namespace, repository, tag } }: Bench,
  client: RegistryClient,
): Promise<unknown> {
  switch (operation) {
    case 'check':
      return client.check();
    case 'resolve':
      return client.resolve(repository, tag);
    case 'listNamespaces':
      return client.listNamespaces!({});
    case 'listRepositories':
      return client.listRepositories({ namespace });
    default:
      return client.listTags(repository, {});
  }
}
