import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createFakeApi } from '../__testUtils__/createFakeApi';
import {
  component,
  createEnvironment,
  createPolicy,
  createProgress,
  createRollout,
  createTarget,
  digestOf,
  entityRef,
  minutesAgo,
} from '../__testUtils__/fixtures';
import { renderTab } from '../__testUtils__/renderTab';

describe('lanes', () => {
  it('show what runs in each environment, in their order', async () => {
    await renderTab(
      createFakeApi({
        targets: [
          createTarget({
            environment: 'production',
            ref: { namespace: 'shop-production' },
            health: 'Degraded',
            readyReplicas: 1,
            reason: 'web-7d9f crashed 4 times',
          }),
          createTarget(),
        ],
      }),
    );
    await screen.findByRole('region', { name: 'staging' });
    const titles = screen
      .getAllByRole('heading', { level: 2 })
      .map(heading => heading.textContent);
    expect(titles).toEqual(['staging', 'production', 'History']);

    const lane = within(screen.getByRole('region', { name: 'staging' }));
    expect(lane.getByText('Healthy')).toBeInTheDocument();
    expect(lane.getByText('3/3 ready')).toBeInTheDocument();
    expect(lane.getByText('v1.2.9')).toBeInTheDocument();
    expect(lane.getByText('sha256:aaaaaaaa…')).toBeInTheDocument();
    expect(lane.getByText('eu / shop-staging')).toBeInTheDocument();

    const production = within(
      screen.getByRole('region', { name: 'production' }),
    );
    expect(production.getByText('Degraded')).toBeInTheDocument();
    expect(
      production.getByText('web-7d9f crashed 4 times'),
    ).toBeInTheDocument();
  });

  it('show a cluster that is down beside the others', async () => {
    const target = createTarget();
    await renderTab(
      createFakeApi({
        rollouts: [
          createRollout(target, {
            environment: 'production',
            target: { ...target.ref, cluster: 'us' },
          }),
        ],
        listTargets: async () => ({
          items: [target],
          clusters: [
            { name: 'eu', reachable: true },
            {
              name: 'us',
              reachable: false,
              message: 'connect ECONNREFUSED',
              since: minutesAgo(10),
            },
          ],
          lostPlaces: [
            {
              cluster: 'us',
              namespace: 'shop-production',
              environment: 'production',
            },
          ],
        }),
        listEnvironments: async () => [
          createEnvironment('staging', 1),
          createEnvironment('production', 2, 'us'),
        ],
      }),
    );
    const lane = await screen.findByRole('region', { name: 'production' });
    expect(lane).toHaveTextContent('Unknown');
    expect(lane).toHaveTextContent(
      'Cluster us stopped answering 10 minutes ago.',
    );
    expect(lane).toHaveTextContent('connect ECONNREFUSED');
    expect(lane).toHaveTextContent('Last deployed there: apps/web : v1.2.9');
    expect(screen.getByRole('region', { name: 'staging' })).toHaveTextContent(
      'Healthy',
    );
  });

  it('make no lane of a cluster that nothing is known of', async () => {
    const listTargets = jest.fn(async () => ({
      items: [createTarget()],
      clusters: [
        { name: 'eu', reachable: true },
        { name: 'us', reachable: false, message: 'connect ECONNREFUSED' },
      ],
      lostPlaces: [],
    }));
    await renderTab(
      createFakeApi({
        listTargets,
        listEnvironments: async () => [
          createEnvironment('staging', 1),
          createEnvironment('production', 2, 'us'),
        ],
      }),
    );
    const line = await screen.findByText(
      /^Cluster us cannot be reached; whether this component runs there is not known\./,
    );
    expect(
      screen.queryByRole('region', { name: 'production' }),
    ).not.toBeInTheDocument();
    expect(line).not.toHaveTextContent('ECONNREFUSED');
    listTargets.mockClear();
    await userEvent.click(
      within(line).getByRole('button', { name: 'Try again' }),
    );
    await waitFor(() => expect(listTargets).toHaveBeenCalledTimes(1));
  });

  it('say who holds a target, and resume it', async () => {
    const deleteHold = jest.fn(async () => {});
    const target = createTarget({
      hold: {
        id: 'hold-7',
        targetKey: 'x',
        entityRef,
        reason: 'memory leak',
        author: 'user:default/olivia',
        createdAt: minutesAgo(3),
      },
    });
    await renderTab(
      createFakeApi({
        targets: [target],
        listPolicies: async () => ({
          items: [
            createPolicy(target, {
              head: { tag: 'v1.3.0', digest: digestOf('c') },
            }),
          ],
        }),
        deleteHold,
      }),
    );
    expect(await screen.findByText('Held: memory leak')).toBeInTheDocument();
    expect(screen.getByText('olivia')).toBeInTheDocument();
    expect(
      await screen.findByText(
        'Auto deploy: the highest version in ^1 · held; on resume: v1.3.0',
      ),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Resume' }));
    expect(deleteHold).toHaveBeenCalledWith('hold-7', entityRef);
  });

  it('say why a target cannot be written', async () => {
    await renderTab(
      createFakeApi({
        targets: [
          createTarget({
            writable: {
              ok: false,
              reason: {
                code: 'not-confirmed-by-cluster',
                message: 'The label is missing',
              },
            },
          }),
        ],
      }),
    );
    expect(
      await screen.findByText(
        'Cannot be changed from here: The label is missing',
      ),
    ).toBeInTheDocument();
    const deploy = screen.getByRole('button', { name: 'Deploy…' });
    expect(deploy).toHaveAttribute('aria-disabled', 'true');
    expect(deploy).toHaveAccessibleDescription('The label is missing');
    await userEvent.click(deploy);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('name the owner to those who may not deploy', async () => {
    // Answers about permissions are cached for each entity.
    const shop = { ...component, metadata: { name: 'shop' } };
    await renderTab(createFakeApi(), { denied: true, entity: shop });
    await screen.findByRole('button', { name: 'Deploy…' });
    await waitFor(() =>
      expect(
        screen.getByRole('button', { name: 'Deploy…' }),
      ).toHaveAccessibleDescription(
        /Only team-shop, who owns shop, may do this/,
      ),
    );
  });

  it('offer to take over a contested image', async () => {
    const consentToTarget = jest.fn(async () => {});
    const target = createTarget({
      owners: [{ manager: 'helm' }],
      consent: { author: 'user:default/owner', at: minutesAgo(60) },
      contested: { manager: 'helm' },
    });
    await renderTab(createFakeApi({ targets: [target], consentToTarget }));
    expect(
      await screen.findByText('Contested: helm took the image field again'),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Manage this image from the portal' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(
      dialog.getByText(/The image of this container is managed by helm now/),
    ).toBeInTheDocument();
    await userEvent.click(
      dialog.getByRole('button', { name: 'Manage from the portal' }),
    );
    expect(consentToTarget).toHaveBeenCalledWith(target.key, entityRef);
  });

  it('say where they searched when nothing runs', async () => {
    await renderTab(createFakeApi({ targets: [], rollouts: [] }));
    expect(
      await screen.findByText('No workload found for web'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Searched backstage.io/kubernetes-id=web in eu.'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Copy label' }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Create from an image' }),
    ).toBeEnabled();
  });

  it('offer to try again when nothing could be read', async () => {
    const listTargets = jest
      .fn()
      .mockRejectedValueOnce(new Error('The backend is down'))
      .mockResolvedValue({
        items: [createTarget()],
        clusters: [],
        lostPlaces: [],
      });
    await renderTab(createFakeApi({ listTargets }));
    expect(await screen.findByText('The backend is down')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('region', { name: 'staging' }),
    ).toBeInTheDocument();
  });
});

describe('live updates', () => {
  it('show a rollout that begins and ends, without a reload', async () => {
    let target = createTarget();
    let rollouts = [createRollout(target, { id: 'old' })];
    const { signal } = await renderTab(
      createFakeApi({
        listTargets: async () => ({
          items: [target],
          clusters: [],
          lostPlaces: [],
        }),
        listRollouts: async () => ({ items: rollouts }),
        getRollout: async id =>
          createProgress(rollouts.find(rollout => rollout.id === id)!),
      }),
    );
    await screen.findByText('3/3 ready');

    const next = createRollout(target, {
      id: 'next',
      sequence: 2,
      state: 'progressing',
      image: {
        repository: 'apps/web',
        tag: 'v1.3.0',
        digest: digestOf('c'),
        reference: 'x',
      },
    });
    target = createTarget({ health: 'Progressing', activeRolloutId: 'next' });
    rollouts = [next, ...rollouts];
    act(() => signal({ topic: 'rollout', id: 'next', entityRef }));
    expect(
      await screen.findByText('1/3 updated, 2/3 ready'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('1 of 3 pods are of the new version'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('web-7d9f-abcde: ContainerCreating'),
    ).toBeInTheDocument();

    target = createTarget({ tag: 'v1.3.0', digest: digestOf('c') });
    rollouts = [{ ...next, state: 'succeeded' }, ...rollouts.slice(1)];
    act(() => signal({ topic: 'rollout', id: 'next', entityRef }));
    const lane = screen.getByRole('region', { name: 'staging' });
    await waitFor(() => expect(lane).not.toHaveTextContent('1/3 updated'));
    expect(lane).toHaveTextContent('Healthy');
    expect(lane).toHaveTextContent('v1.3.0');
  });

  it('ignore what happens to other components', async () => {
    const listTargets = jest.fn(async () => ({
      items: [createTarget()],
      clusters: [],
      lostPlaces: [],
    }));
    const { signal } = await renderTab(createFakeApi({ listTargets }));
    await screen.findByText('3/3 ready');
    act(() => {
      signal({ topic: 'target', entityRef: 'component:default/other' });
    });
    await new Promise(resolve => setTimeout(resolve, 700));
    expect(listTargets).toHaveBeenCalledTimes(1);
  });
});
