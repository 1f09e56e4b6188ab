import { NewWebhook } from '../provider/RegistryProvider';

/**
 * Where a webhook is made, at vendors that keep webhooks by namespace: the
 * place that was chosen, the registry's own, else those of the repositories.
 *
 * @returns none where nothing tells
 */
export function webhookPlaces(
  { place, repositories = [] }: Pick<NewWebhook, 'place' | 'repositories'>,
  namespace: string | undefined,
): string[] {
  const known = place ?? namespace;
  return known
    ? [known]
    : [...new Set(repositories.map(name => name.split('/', 1)[0]))];
}
