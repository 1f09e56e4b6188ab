import { RegistryRoute } from '../routes/RegistryRoute';
import { AccessScope } from './AccessControl';

/** The rights that one request needs, as distribution asks for them. */
export function requiredScopes(
  route: RegistryRoute,
  method: string,
  url: URL,
): AccessScope[] {
  if (route.kind === 'base') {
    return [];
  }
  if (route.kind === 'catalog') {
    return [{ type: 'registry', name: 'catalog', actions: ['*'] }];
  }
  const { repository } = route;
  const own: AccessScope = {
    type: 'repository',
    name: repository,
    actions: actionsOf(method),
  };
  const from = url.searchParams.get('from');
  return route.kind === 'uploads' && url.searchParams.has('mount') && from
    ? [own, { type: 'repository', name: from, actions: ['pull'] }]
    : [own];
}

function actionsOf(method: string): string[] {
  if (method === 'GET' || method === 'HEAD') {
    return ['pull'];
  }
  return method === 'DELETE' ? ['delete'] : ['pull', 'push'];
}
