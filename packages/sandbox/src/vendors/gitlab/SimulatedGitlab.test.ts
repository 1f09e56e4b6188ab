import { basic, WorldClient } from '../testing/worldClient';
import { startVendorWorld, VendorWorld } from '../VendorWorld';
import { gitlabAccounts } from './accounts';
import { SimulatedGitlab } from './SimulatedGitlab';

const { deployToken, token, weakToken } = gitlabAccounts;

describe('SimulatedGitlab', () => {
  let world: VendorWorld;
  let client: WorldClient;

  beforeAll(async () => {
    world = await startVendorWorld({ vendors: [SimulatedGitlab.create()] });
    client = new WorldClient(world);
  });

  afterAll(async () => {
    await client.close();
    await world.stop();
  });

  const api = (path: string, password?: string) =>
    client.call(`https://gitlab.com/api/v4${path}`, {
      ...(password && { headers: { authorization: `Bearer ${password}` } }),
    });

  it.each([
    ['nobody', undefined, 404],
    ['a deploy token', deployToken.password, 401],
    ['a token that was never given out', 'glpat-x', 401],
    ['a token without read_api', weakToken.password, 403],
    ['an access token', token.password, 200],
  ])('lists a group for %s as %s with %i', async (_name, password, status) => {
    const answer = await api('/groups/acme/registry/repositories', password);
    expect(answer.status).toBe(status);
  });

  it('lists groups, projects and users in their own places', async () => {
    const paths = async (place: string) => {
      const { json } = await api(
        `/${place}/registry/repositories`,
        token.password,
      );
      return (json as { path: string }[]).map(({ path }) => path);
    };
    expect(await paths('groups/acme%2Fteam')).toEqual(['acme/team/tool']);
    expect(await paths('projects/acme%2Fsolo')).toEqual(['acme/solo']);
    expect(await paths('projects/14')).toEqual(['octo/notes']);
    const owned = await api('/users/octo/projects', token.password);
    expect(owned.json).toEqual([{ id: 14, path_with_namespace: 'octo/notes' }]);
    const counted = await api(
      '/projects/11/registry/repositories?tags_count=true',
      token.password,
    );
    expect(counted.json).toContainEqual(
      expect.objectContaining({ path: 'acme/shop/web', tags_count: 5 }),
    );
  });

  it('counts pages and limits in headers', async () => {
    const { headers } = await api(
      '/groups/acme/registry/repositories?per_page=4',
      token.password,
    );
    expect(headers).toMatchObject({
      'x-next-page': '2',
      'x-total': '6',
      'ratelimit-limit': '2000',
    });
  });

  it('gives twenty tags at a time by GraphQL', async () => {
    const { json } = await api(
      '/projects/11/registry/repositories',
      token.password,
    );
    const nightly = (json as { id: number; path: string }[]).find(
      ({ path }) => path === 'acme/shop/nightly',
    );
    const answer = await client.call('https://gitlab.com/api/graphql', {
      method: 'POST',
      headers: { authorization: `Bearer ${token.password}` },
      body: JSON.stringify({
        query:
          'query($id: ContainerRepositoryID!) { containerRepository(id: $id) { tags { nodes { name publishedAt } } } }',
        variables: {
          id: `gid://gitlab/ContainerRepository/${nightly?.id}`,
          first: 100,
        },
      }),
    });
    expect(answer.json).toMatchObject({
      data: {
        containerRepository: {
          tags: { pageInfo: { hasNextPage: true } },
        },
      },
    });
    expect(JSON.stringify(answer.json).match(/"name"/g)).toHaveLength(20);
  });

  it('gives out tokens of both registries at their own GitLab', async () => {
    for (const [registry, gitlab] of [
      ['registry.gitlab.com', 'gitlab.com'],
      ['registry.git.example.com', 'git.example.com'],
    ]) {
      const refused = await client.call(`https://${registry}/v2/`);
      expect(refused.headers['www-authenticate']).toContain(
        `realm="https://${gitlab}/jwt/auth"`,
      );
      const granted = await client.call(
        `https://${gitlab}/jwt/auth?service=container_registry&scope=repository:acme/solo:pull`,
        { headers: basic(deployToken.username, deployToken.password) },
      );
      const bearer = (granted.json as { token: string }).token;
      const tags = await client.call(
        `https://${registry}/v2/acme/solo/tags/list`,
        { headers: { authorization: `Bearer ${bearer}` } },
      );
      expect(tags.json).toMatchObject({ tags: ['latest'] });
    }
  });
});
