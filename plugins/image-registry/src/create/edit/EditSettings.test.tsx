import { screen, waitFor, within } from '@testing-library/react';
import { Route, Routes } from 'react-router-dom';
import {
  ChangedSettings,
  targetKey,
  WorkloadSettingsView,
} from '@slipway/backstage-plugin-image-registry-common';
import { renderPage } from '../../__testUtils__/renderPage';
import { CreateFromImagePage } from '../CreateFromImagePage';

const page = (
  <Routes>
    <Route path="/create-from-image" element={<CreateFromImagePage />} />
    <Route path="*" element={<p>The deploy tab</p>} />
  </Routes>
);

const key = targetKey({
  cluster: 'eu',
  namespace: 'shop',
  kind: 'Deployment',
  name: 'basket',
  container: 'basket',
});
const entityRef = 'component:default/basket';

const view: WorkloadSettingsView = {
  version: 'uid:1',
  settings: {
    replicas: 1,
    ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
    env: [
      { name: 'MODE', kept: true },
      { name: 'TOKEN', secret: { name: 'basket', key: 'token' } },
    ],
    readiness: { check: { type: 'tcp', port: 8080 }, period: 10 },
    volumes: [{ name: 'data', mountPath: '/data', claim: 'basket-data' }],
    service: true,
  },
};

const answer = (change: Partial<ChangedSettings> = {}): ChangedSettings => ({
  outcome: 'changed',
  changes: [],
  problems: [],
  warnings: [],
  ...change,
});

const render = (
  change: jest.Mock,
  options: {
    allowed?: boolean;
    view?: Partial<WorkloadSettingsView>;
    read?: jest.Mock;
  } = {},
) =>
  renderPage(page, {
    path: `/create-from-image?${new URLSearchParams({
      edit: key,
      component: entityRef,
    })}`,
    allowed: options.allowed,
    api: {
      getTargetSettings:
        options.read ?? (async () => ({ ...view, ...options.view })),
      changeTargetSettings: change,
    },
  });

/** A section has the name of its first field, too. */
const fieldOf = (label: string) =>
  screen.findByRole('textbox', { name: new RegExp(`^${label}`) });

const type = async (
  { user }: Awaited<ReturnType<typeof render>>,
  label: string,
  text: string,
) => {
  const field = await fieldOf(label);
  await user.clear(field);
  await user.type(field, text);
};

describe('Edit of what was made from an image', () => {
  it('shows what would change, saves, and lands on the deploy tab', async () => {
    const change = jest
      .fn()
      .mockResolvedValueOnce(
        answer({
          outcome: 'planned',
          changes: [
            { kind: 'Deployment', path: 'spec.replicas', from: '1', to: '3' },
          ],
          warnings: ['be careful'],
        }),
      )
      .mockResolvedValueOnce(answer());
    const rendered = await render(change);
    await type(rendered, 'Replicas', '3');
    await rendered.user.click(screen.getByRole('button', { name: 'Preview' }));
    expect(
      await screen.findByText('Deployment: spec.replicas'),
    ).toBeInTheDocument();
    expect(screen.getByText(/be careful/)).toBeInTheDocument();
    await rendered.user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('The deploy tab')).toBeInTheDocument();
    expect(rendered.url()).toBe('/catalog/default/component/basket/deploy');
    const body = {
      entityRef,
      version: 'uid:1',
      settings: {
        ...view.settings,
        replicas: 3,
        requests: undefined,
        limits: undefined,
        liveness: undefined,
        startup: undefined,
        volumes: [{ ...view.settings.volumes[0], create: undefined }],
      },
    };
    expect(change.mock.calls).toEqual([
      [key, { ...body, dryRun: true }],
      [key, body],
    ]);
  });

  it('keeps values that it does not know, and takes new ones', async () => {
    const change = jest.fn().mockResolvedValue(answer({ outcome: 'planned' }));
    const rendered = await render(change);
    const { user } = rendered;
    const mode = await screen.findByRole('listitem', { name: 'Variable 1' });
    expect(within(mode).getByText('As it is now')).toBeInTheDocument();
    expect(within(mode).queryByLabelText('Value')).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Add variable' }));
    const added = screen.getByRole('listitem', { name: 'Variable 3' });
    await user.type(within(added).getByLabelText(/^Variable/), 'LEVEL');
    await user.type(within(added).getByLabelText('Value'), 'debug');
    await user.click(screen.getByRole('button', { name: 'Preview' }));
    await waitFor(() => expect(change).toHaveBeenCalled());
    expect(change.mock.calls[0][1].settings.env).toEqual([
      ...view.settings.env,
      { name: 'LEVEL', value: 'debug' },
    ]);
  });

  it('takes an address, and keeps volumes and a script of several lines', async () => {
    const change = jest.fn().mockResolvedValue(answer({ outcome: 'planned' }));
    const command = ['sh', '-c', 'one\ntwo'];
    const { user } = await render(change, {
      view: { settings: { ...view.settings, command } },
    });
    await user.click(
      await screen.findByRole('button', { name: /^Service and ingress/ }),
    );
    await user.click(screen.getByRole('checkbox', { name: 'An ingress' }));
    await user.type(await screen.findByLabelText('Host'), 'a.example.com');
    await user.click(screen.getByRole('button', { name: 'Preview' }));
    await waitFor(() => expect(change).toHaveBeenCalled());
    expect(change.mock.calls[0][1].settings).toMatchObject({
      command,
      volumes: view.settings.volumes,
      service: true,
      ingress: { host: 'a.example.com', path: '/', port: 8080 },
    });
  });

  it('leaves an Ingress alone that says more than the form', async () => {
    const { user } = await render(jest.fn(), {
      view: { otherIngress: { port: 8080 } },
    });
    await user.click(
      await screen.findByRole('button', { name: /^Service and ingress/ }),
    );
    expect(
      await screen.findByText(/Ingress says more by now/),
    ).toBeInTheDocument();
    expect(screen.getAllByRole('checkbox')).toHaveLength(1);
  });

  it('refuses what Kubernetes would, before anything is sent', async () => {
    const change = jest.fn();
    const rendered = await render(change);
    await type(rendered, 'CPU request', 'much');
    expect(screen.getByText(/is no quantity/)).toBeInTheDocument();
    await rendered.user.click(screen.getByRole('button', { name: 'Save' }));
    expect(change).not.toHaveBeenCalled();
  });

  it('names the owner of a field at the field', async () => {
    const rendered = await render(
      jest.fn().mockResolvedValue(
        answer({
          outcome: 'refused',
          problems: [
            {
              path: 'replicas',
              reason: {
                code: 'field-owned',
                message: '',
                params: { field: 'spec.replicas', owner: 'kubectl edit' },
              },
            },
          ],
        }),
      ),
    );
    await type(rendered, 'Replicas', '3');
    await rendered.user.click(screen.getByRole('button', { name: 'Save' }));
    expect(
      await screen.findByText('Refused, and nothing was changed'),
    ).toBeInTheDocument();
    expect(await fieldOf('Replicas')).toHaveAccessibleDescription(
      /belongs to kubectl edit/,
    );
  });

  it('loads anew what was changed meanwhile', async () => {
    const read = jest
      .fn()
      .mockResolvedValueOnce(view)
      .mockResolvedValue({
        ...view,
        version: 'uid:2',
        settings: { ...view.settings, replicas: 7 },
      });
    const rendered = await render(
      jest.fn().mockRejectedValue(new Error('It was changed since')),
      { read },
    );
    await type(rendered, 'Replicas', '3');
    await rendered.user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('It was changed since')).toBeInTheDocument();
    await rendered.user.click(
      screen.getByRole('button', { name: 'Load anew' }),
    );
    expect(await screen.findByDisplayValue('7')).toBe(
      await fieldOf('Replicas'),
    );
  });

  it('says why something is not changed here', async () => {
    await render(jest.fn(), {
      view: {
        obstacle: {
          code: 'kept-by-tool',
          message: '',
          params: { tool: 'Argo CD web', name: 'basket' },
        },
      },
    });
    expect(
      await screen.findByText(/Argo CD web keeps basket/),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Save' }),
    ).not.toBeInTheDocument();
  });

  it('lets nobody press what they may not', async () => {
    const change = jest.fn();
    const { user } = await render(change, { allowed: false });
    const save = await screen.findByRole('button', { name: 'Save' });
    await waitFor(() => expect(save).toHaveAttribute('aria-disabled', 'true'));
    await user.click(save);
    expect(change).not.toHaveBeenCalled();
  });
});
