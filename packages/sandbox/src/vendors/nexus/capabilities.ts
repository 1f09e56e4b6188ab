import { emptyAnswer, jsonAnswer, VendorAnswer } from '../VendorAnswer';
import { jsonBodyOf, VendorRequest } from '../VendorRequest';
import { NexusCaller } from './accounts';

/** A capability, as the API takes and tells it. */
export interface NexusCapability {
  id: string;
  type?: string;
  notes?: string;
  enabled?: boolean;
  properties?: Record<string, string>;
}

/**
 * Answers what is below `/capabilities`, as Nexus 3.91 does.
 *
 * @param below - what follows in the path
 */
export function answerCapabilities(
  capabilities: Map<string, NexusCapability>,
  { mayAdminister }: NexusCaller,
  below: string,
  request: VendorRequest,
): VendorAnswer {
  if (!mayAdminister) {
    return emptyAnswer({ status: 403 });
  }
  const id = decodeURIComponent(below.slice(1));
  const body = () => jsonBodyOf(request) as Omit<NexusCapability, 'id'>;
  switch (request.method) {
    case 'GET':
      return jsonAnswer([
        { id: '0000000000000001', type: 'healthcheck', properties: {} },
        ...capabilities.values(),
      ]);
    case 'POST': {
      const made = {
        ...body(),
        id: `${capabilities.size + 2}`.padStart(16, '0'),
      };
      capabilities.set(made.id, made);
      return jsonAnswer(made, { status: 201 });
    }
    default:
      if (!capabilities.has(id)) {
        return emptyAnswer({ status: 404 });
      }
      capabilities.set(id, { ...body(), id });
      return emptyAnswer({ status: 204 });
  }
}
