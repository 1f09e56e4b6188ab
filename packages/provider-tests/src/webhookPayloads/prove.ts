import { createHmac } from 'node:crypto';
import { Proof } from './VendorPayloads';

/** Where the endpoint's secret goes in a call, computed the vendor's way. */
export function prove(
  proof: Proof,
  secret: string,
  body: string,
): { path: string; headers: Record<string, string> } {
  switch (proof.in) {
    case 'url':
      return { path: `/${secret}`, headers: {} };
    case 'header':
      return {
        path: '',
        headers: { [proof.name]: `${proof.prefix ?? ''}${secret}` },
      };
    default: {
      const { algorithm, name, prefix = '' } = proof;
      const hmac = createHmac(algorithm, secret).update(body).digest('hex');
      return { path: '', headers: { [name]: `${prefix}${hmac}` } };
    }
  }
}
