import fc from 'fast-check';
import { mutated, mutations } from '../mutations';
import { Proof, VendorPayloads } from './VendorPayloads';

/** A call that no vendor makes, made of one that it does make. */
export interface MutantCall {
  /** The call that it was made of. */
  of: string;
  body: string;
  contentType: string;
  headers: Record<string, string>;
  proof: Proof;
}

/** Calls of a vendor with fields missing, renamed, of other types, or more of them. */
export function mutants({
  payloads,
  proof: usual,
}: VendorPayloads): fc.Arbitrary<MutantCall> {
  return fc
    .record({
      name: fc.constantFrom(...Object.keys(payloads)),
      changes: mutations,
      keepsHeaders: fc.boolean(),
    })
    .map(({ changes, keepsHeaders, name }) => {
      const { body, contentType, headers, proof } = payloads[name];
      return {
        of: name,
        body: mutated(
          typeof body === 'string' ? JSON.parse(body) : body,
          changes,
        ),
        contentType: contentType ?? 'application/json',
        headers: keepsHeaders ? { ...headers } : {},
        proof: proof ?? usual,
      };
    });
}
