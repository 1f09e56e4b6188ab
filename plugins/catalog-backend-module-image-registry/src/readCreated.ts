import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import {
  CreatedComponent,
  createdComponentSchema,
} from '@slipway/backstage-plugin-image-registry-common';
import { z } from 'zod';
import { ReadCreated } from './CreatedComponentsProvider';

const PLUGIN = 'image-registry';

const answerSchema = z.object({ items: z.array(createdComponentSchema) });

/** Asks the image registry backend, as the catalog itself. */
export function readCreatedFrom(options: {
  auth: AuthService;
  discovery: DiscoveryService;
}): ReadCreated {
  const { auth, discovery } = options;
  return async (): Promise<CreatedComponent[]> => {
    const [baseUrl, { token }] = await Promise.all([
      discovery.getBaseUrl(PLUGIN),
      auth.getPluginRequestToken({
        onBehalfOf: await auth.getOwnServiceCredentials(),
        targetPluginId: PLUGIN,
      }),
    ]);
    const response = await fetch(`${baseUrl}/components/created`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return answerSchema.parse(await response.json()).items;
  };
}
