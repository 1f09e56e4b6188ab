import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createFakeApi } from '../__testUtils__/createFakeApi';
import {
  createEnvironment,
  createPolicy,
  createTarget,
  digestOf,
  entityRef,
  minutesAgo,
} from '../__testUtils__/fixtures';
import { renderTab } from '../__testUtils__/renderTab';

const target = createTarget();
const query = `?panel=auto-deploy&target=${encodeURIComponent(target.key)}`;

async function findDrawer() {
  return within(
    await screen.findByRole('dialog', { name: 'Auto deploy of web' }),
  );
}

async function chooseKind(
  drawer: Awaited<ReturnType<typeof findDrawer>>,
  name: string,
) {
  await userEvent.click(await drawer.findByRole('button', { name: /^Take/ }));
  await userEvent.click(await screen.findByRole('option', { name }));
}

/** Something that a test waits with. */
function createGate() {
  let open = () => {};
  const opened = new Promise<void>(resolve => {
    open = resolve;
  });
  return { opened, open };
}

describe('auto deploy', () => {
  it('previews every keystroke over the real tags and saves the rule', async () => {
    const createPolicyCall = jest.fn(async body =>
      createPolicy(target, { rule: body.rule }),
    );
    await renderTab(createFakeApi({ createPolicy: createPolicyCall }), {
      query,
    });
    const drawer = await findDrawer();
    await chooseKind(drawer, 'version range');
    await userEvent.type(drawer.getByRole('textbox', { name: 'Range' }), '^1');

    expect(
      await drawer.findByText('Would choose v1.3.0 (running v1.2.9)'),
    ).toBeInTheDocument();
    expect(drawer.getByText('2 of 4 tags accepted')).toBeInTheDocument();
    const verdicts = drawer
      .getAllByRole('listitem')
      .map(item => item.textContent);
    expect(verdicts).toEqual([
      'v1.3.0 accepted, place 1: Is in ^1',
      'v1.2.9 accepted, place 2: Is in ^1',
      expect.stringMatching(/^v2\.0\.0-rc\.1 rejected: /),
      expect.stringMatching(/^latest rejected: Is not a version/),
    ]);

    const sentence =
      'Deploy the highest version in ^1 to web in staging, never going back to a lower one.';
    expect(drawer.getByText(sentence)).toBeInTheDocument();
    await userEvent.click(drawer.getByRole('button', { name: 'Save' }));
    expect(createPolicyCall).toHaveBeenCalledWith({
      entityRef,
      target: target.ref,
      image: { registryId: 'company', repository: 'apps/web' },
      rule: { kind: 'semver', range: '^1' },
      enabled: true,
      mode: 'deploy',
      gates: {},
      whenStopped: 'block',
    });
    expect(await drawer.findByText(`Saved. ${sentence}`)).toBeInTheDocument();
  });

  it('takes over what another tool says, with what differs', async () => {
    const createPolicyCall = jest.fn(async body =>
      createPolicy(target, { rule: body.rule }),
    );
    await renderTab(createFakeApi({ createPolicy: createPolicyCall }), {
      query,
    });
    const drawer = await findDrawer();
    await userEvent.click(
      await drawer.findByRole('button', { name: 'Paste from another tool…' }),
    );
    const field = drawer.getByRole('textbox', {
      name: 'Settings of another tool',
    });
    await userEvent.click(field);
    await userEvent.paste('a: [');
    expect(field).toHaveAccessibleDescription(/cannot be read as YAML/);
    await userEvent.clear(field);
    await userEvent.paste('keel.sh/policy: minor\nkeel.sh/approvals: "2"\n');
    expect(drawer.getByText('the highest version in 1.x')).toBeInTheDocument();
    expect(
      drawer.getByText(/keel.sh\/approvals is not part of a rule/),
    ).toBeInTheDocument();
    await userEvent.click(drawer.getByRole('button', { name: 'Use' }));
    expect(drawer.getByRole('textbox', { name: 'Range' })).toHaveValue('1.x');
    await userEvent.type(
      drawer.getByRole('textbox', { name: 'Exclude' }),
      '*-rc*',
    );
    await userEvent.type(
      drawer.getByRole('textbox', { name: 'Platforms' }),
      'linux/amd64',
    );
    await userEvent.click(drawer.getByRole('button', { name: 'Save' }));
    expect(createPolicyCall).toHaveBeenCalledWith(
      expect.objectContaining({
        rule: {
          kind: 'semver',
          range: '1.x',
          partialVersions: true,
          exclude: [
            { kind: 'regex', pattern: '[^.]*' },
            { kind: 'glob', pattern: '*-rc*' },
          ],
          platforms: ['linux/amd64'],
        },
      }),
    );
  });

  it('names a tag that a loose expression takes', async () => {
    await renderTab(createFakeApi(), { query });
    const drawer = await findDrawer();
    await chooseKind(drawer, 'pattern (regex)');
    await userEvent.type(
      drawer.getByRole('textbox', { name: 'Pattern' }),
      'v5.*',
    );
    expect(
      drawer.getByText('v5.* also accepts v50; v5\\..* would not'),
    ).toBeInTheDocument();
  });

  it('underlines where a rule is wrong and does not save it', async () => {
    await renderTab(createFakeApi(), { query });
    const drawer = await findDrawer();
    await chooseKind(drawer, 'pattern (regex)');
    await userEvent.type(
      drawer.getByRole('textbox', { name: 'Pattern' }),
      'v1(',
    );
    const field = drawer.getByRole('textbox', { name: 'Pattern' });
    expect(field).toHaveAttribute('aria-invalid', 'true');
    expect(field).toHaveAccessibleDescription(/The pattern cannot be read/);
    expect(
      drawer.getByRole('img', { name: 'Wrong at character 3' }),
    ).toHaveTextContent('v1(');
    expect(
      drawer.getByRole('button', { name: 'Save' }),
    ).toHaveAccessibleDescription('Complete the rule first.');
  });

  it('asks the backend where there are too many tags', async () => {
    const previewPolicy = jest.fn(async () => ({
      selected: 'v1.9.0',
      candidates: [
        {
          tag: 'v1.9.0',
          accepted: true,
          rank: 1,
          reason: { code: 'x', message: 'because' },
        },
      ],
      totalItems: 48_120,
      complete: true,
    }));
    const listTags = jest.fn(async () => ({
      items: [{ tag: 't1' }],
      totalItems: 60_001,
      nextCursor: 'more',
      complete: true,
    }));
    await renderTab(
      createFakeApi({
        previewPolicy,
        listTags,
        listPolicies: async () => ({ items: [createPolicy(target)] }),
      }),
      { query },
    );
    const drawer = await findDrawer();
    expect(
      await drawer.findByText('Would choose v1.9.0 (running v1.2.9)'),
    ).toBeInTheDocument();
    expect(await drawer.findByText('and 48119 more')).toBeInTheDocument();
    expect(listTags).toHaveBeenCalledTimes(1);
  });

  it('answers among the tags that are read so far, and says so', async () => {
    const rest = createGate();
    const listTags = jest.fn(async (_, { cursor }) => {
      if (cursor) {
        await rest.opened;
        return { items: [{ tag: 'v1.9.0' }], totalItems: 2, complete: true };
      }
      return {
        items: [{ tag: 'v1.8.0' }],
        totalItems: 2,
        nextCursor: 'more',
        complete: true,
      };
    });
    await renderTab(
      createFakeApi({
        listTags,
        listPolicies: async () => ({
          items: [
            createPolicy(target, { rule: { kind: 'semver', range: '^1' } }),
          ],
        }),
      }),
      { query },
    );
    const drawer = await findDrawer();
    expect(
      await drawer.findByText('Would choose v1.8.0 (running v1.2.9)'),
    ).toBeInTheDocument();
    expect(
      drawer.getByRole('progressbar', { name: /^Reading the tags: 1 of 2/ }),
    ).toHaveAttribute('aria-valuenow', '50');
    rest.open();
    expect(
      await drawer.findByText('Would choose v1.9.0 (running v1.2.9)'),
    ).toBeInTheDocument();
    expect(drawer.queryByRole('progressbar')).not.toBeInTheDocument();
  });

  it('asks for approval and gates, and says what that means', async () => {
    const createPolicyCall = jest.fn(async body =>
      createPolicy(target, { ...body }),
    );
    await renderTab(
      createFakeApi({
        createPolicy: createPolicyCall,
        listEnvironments: async () => [
          {
            ...createEnvironment('staging', 1),
            protection: {
              windows: [
                {
                  effect: 'deny',
                  from: { day: 'friday', time: '16:00' },
                  to: { day: 'monday', time: '08:00' },
                  timeZone: 'Europe/Berlin',
                },
              ],
            },
          },
        ],
      }),
      { query },
    );
    const drawer = await findDrawer();
    const choose = async (field: RegExp, option: string) => {
      await userEvent.click(drawer.getByRole('button', { name: field }));
      await userEvent.click(
        await screen.findByRole('option', { name: option }),
      );
    };
    await choose(/^What a push does/, 'ask for approval, then deploy');
    await choose(/^Scan/, 'high');
    await userEvent.type(
      drawer.getByRole('spinbutton', { name: 'Pushed at least, hours ago' }),
      '1.5',
    );
    expect(
      drawer.getByText(/Each time an approval is asked for first/),
    ).toHaveTextContent(
      'Asked of every image: images at least 90 minutes old, a finished scan with nothing worse than high. staging asks of every deploy: no deploys from Friday 16:00 to Monday 08:00 (Europe/Berlin).',
    );
    await userEvent.click(drawer.getByRole('button', { name: 'Save' }));
    expect(createPolicyCall).toHaveBeenCalledWith(
      expect.objectContaining({
        mode: 'approve',
        gates: { minimumAgeMs: 5_400_000, scan: { worst: 'high' } },
      }),
    );
  });

  it('adds filters, and underlines where one is wrong', async () => {
    await renderTab(createFakeApi(), { query });
    const drawer = await findDrawer();
    await chooseKind(drawer, 'newest pushed');
    await userEvent.click(drawer.getByRole('button', { name: 'Add a filter' }));
    const filter = drawer.getByRole('textbox', { name: 'Filter 1' });
    await userEvent.type(filter, 'v1.*');
    expect(await drawer.findByText('2 of 4 tags accepted')).toBeInTheDocument();
    await userEvent.type(filter, '(');
    expect(filter).toHaveAttribute('aria-invalid', 'true');
    expect(
      drawer.getByRole('img', { name: 'Wrong at character 5' }),
    ).toBeInTheDocument();
    await userEvent.click(
      drawer.getByRole('button', { name: 'Remove filter 1' }),
    );
    expect(drawer.getByText('4 of 4 tags accepted')).toBeInTheDocument();
  });

  it('tells how often the rule would have deployed, with every keystroke', async () => {
    const pushed = (tag: string, digit: string, minutes: number) => ({
      at: minutesAgo(minutes),
      tag,
      digest: digestOf(digit),
    });
    await renderTab(
      createFakeApi({
        getTagHistory: async () => ({
          from: minutesAgo(30 * 24 * 60),
          to: minutesAgo(0),
          before: [],
          changes: [
            pushed('v1.2.8', 'b', 9000),
            pushed('nightly', 'f', 8000),
            pushed('v1.2.9', 'a', 60),
          ],
        }),
        listPolicies: async () => ({ items: [createPolicy(target)] }),
      }),
      { query },
    );
    const drawer = await findDrawer();
    expect(
      await drawer.findByText(
        'In the last 30 days it would have deployed 2×, of 3 changes heard of.',
      ),
    ).toBeInTheDocument();
    const range = drawer.getByRole('textbox', { name: 'Range' });
    await userEvent.clear(range);
    await userEvent.type(range, '^2');
    expect(
      drawer.getByText(
        'In the last 30 days it would have deployed nothing, of 3 changes heard of.',
      ),
    ).toBeInTheDocument();
  });

  it('pauses a saved policy at once', async () => {
    const updatePolicy = jest.fn(async () =>
      createPolicy(target, { enabled: false }),
    );
    await renderTab(
      createFakeApi({
        listPolicies: async () => ({ items: [createPolicy(target)] }),
        updatePolicy,
      }),
      { query },
    );
    const drawer = await findDrawer();
    await userEvent.click(await drawer.findByRole('button', { name: 'Pause' }));
    expect(updatePolicy).toHaveBeenCalledWith('policy-1', {
      version: 3,
      enabled: false,
    });
  });

  it('offers the consent that it needs, and gives it before saving', async () => {
    const order: string[] = [];
    const owned = createTarget({ owners: [{ manager: 'helm' }] });
    await renderTab(
      createFakeApi({
        targets: [owned],
        consentToTarget: async () => {
          order.push('consent');
        },
        createPolicy: async () => {
          order.push('policy');
          return createPolicy(owned);
        },
      }),
      { query },
    );
    const drawer = await findDrawer();
    const consent = await drawer.findByRole('checkbox', {
      name: 'Manage this image from the portal',
    });
    expect(
      drawer.getByRole('button', { name: 'Save' }),
    ).toHaveAccessibleDescription(/Somebody else manages this image/);
    await userEvent.click(consent);
    await userEvent.click(drawer.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(order).toEqual(['consent', 'policy']));
  });

  it('changes, explains and deletes a saved policy', async () => {
    const policy = createPolicy(target);
    const updatePolicy = jest.fn(async () =>
      createPolicy(target, { enabled: false }),
    );
    const deletePolicy = jest.fn(async () => {});
    await renderTab(
      createFakeApi({
        listPolicies: async () => ({ items: [policy] }),
        listDecisions: async () => ({
          items: [
            {
              id: 'decision-1',
              policyId: policy.id,
              policyVersion: 3,
              entityRef,
              repository: 'apps/web',
              tag: 'v0.9.0',
              digest: digestOf('e'),
              outcome: 'rejected',
              reason: {
                code: 'version-out-of-range',
                message: 'Is not in ^1',
                params: { range: '^1' },
              },
              decidedAt: minutesAgo(2),
            },
          ],
        }),
        updatePolicy,
        deletePolicy,
      }),
      { query },
    );
    const drawer = await findDrawer();
    expect(
      await drawer.findByText(/v0.9.0 not taken: Is not in \^1/),
    ).toBeInTheDocument();
    await userEvent.click(
      await drawer.findByRole('checkbox', { name: 'Auto deploy is on' }),
    );
    await userEvent.click(drawer.getByRole('button', { name: 'Save' }));
    expect(updatePolicy).toHaveBeenCalledWith('policy-1', {
      version: 3,
      image: policy.image,
      rule: policy.rule,
      enabled: false,
      mode: 'deploy',
      gates: {},
      whenStopped: 'block',
    });

    await userEvent.click(drawer.getByRole('button', { name: 'Delete…' }));
    const question = within(
      await screen.findByRole('dialog', {
        name: 'Delete this auto deploy rule?',
      }),
    );
    await userEvent.click(question.getByRole('button', { name: 'Delete' }));
    expect(deletePolicy).toHaveBeenCalledWith('policy-1');
  });

  it('makes a webhook for the own repository and shows its secret once', async () => {
    const createWebhookEndpoint = jest.fn(async () => ({
      endpoint: {
        id: 'endpoint-1',
        registryId: 'company',
        name: 'web',
        entityRef,
        repositories: ['apps/web'],
        url: 'https://portal.example.com/hook/1',
        authentication: 'header' as const,
        source: 'database' as const,
        secrets: [],
        createdAt: minutesAgo(0),
        refusals: { count: 0 },
      },
      secret: 's3cret',
      urlWithToken: 'https://portal.example.com/hook/1/s3cret',
    }));
    await renderTab(createFakeApi({ createWebhookEndpoint }), { query });
    const drawer = await findDrawer();
    await userEvent.click(
      await drawer.findByRole('button', { name: 'Make a webhook URL' }),
    );
    expect(createWebhookEndpoint).toHaveBeenCalledWith('company', {
      name: 'web',
      repositories: ['apps/web'],
      entityRef,
    });
    expect(await drawer.findByText('s3cret')).toBeInTheDocument();
    await userEvent.click(
      drawer.getByRole('button', { name: 'I have copied it' }),
    );
    expect(drawer.queryByText('s3cret')).not.toBeInTheDocument();
  });
});
