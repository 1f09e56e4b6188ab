import { CheckStep } from '@slipway/backstage-plugin-image-registry-common';
import { advice, failureFinding } from '../provider/failureFinding';
import { advise } from '../provider/advise';
import { remedies } from '../provider/remedies';
import { RegistryError } from '../provider/RegistryError';
import { RegistryCallOptions } from '../provider/RegistryProvider';
import { Authorization } from './Authenticator';
import { listRepositories } from './listRepositories';
import { listTags } from './listTags';
import { manifestAccept } from './mediaTypes';
import { OciSession } from './OciSession';
import { ping, pingAnonymously } from './ping';
import { catalogScope, pullScope } from './scope';
import { mayPull } from './tokenClaims';
import { checkFindings } from '../vendor/checkFindings';

/** What a step found out besides that it went well. */
type StepOutcome = Pick<
  CheckStep,
  'message' | 'reason' | 'hint' | 'remedy' | 'code' | 'skipped'
>;
type StepName = 'ping' | 'authenticate' | 'list' | 'pull';

/** Answers to a listing that say something about the registry, not about a fault. */
const noListing: readonly string[] = [
  'unsupported',
  'forbidden',
  'unauthenticated',
];

/** Enough to find a repository inside the namespace, in one request. */
const sampleSize = 100;

/**
 * The steps of one check, each at most one request, because each may be
 * waited for by a person: ping, sign-in, list, pull.
 */
class ConnectionCheck {
  private readonly steps: CheckStep[] = [];
  private open = false;
  private repository?: string;

  constructor(
    private readonly session: OciSession,
    private readonly options: RegistryCallOptions,
    private readonly namespace: string | undefined,
  ) {}

  /** Ping and sign-in alone. */
  async signIn(): Promise<CheckStep[]> {
    let challenge: Awaited<ReturnType<typeof pingAnonymously>> | undefined;
    await this.step('ping', async () => {
      challenge = await pingAnonymously(this.session, this.options);
      this.open = challenge.status < 400;
      return {};
    });
    await this.step('authenticate', async () =>
      challenge ? this.authenticate(challenge) : {},
    );
    return this.steps;
  }

  async run(): Promise<CheckStep[]> {
    await this.signIn();
    await this.step('list', () => this.list());
    await this.step('pull', () => this.pull());
    return this.steps;
  }

  private async step(
    name: StepName,
    run: () => Promise<StepOutcome>,
  ): Promise<void> {
    if (this.steps.some(({ ok }) => !ok)) {
      this.steps.push({ name, ok: false, skipped: true, durationMs: 0 });
      return;
    }
    const startedAt = performance.now();
    const durationMs = () => Math.round(performance.now() - startedAt);
    try {
      const outcome = await run();
      this.steps.push({ name, ok: true, ...outcome, durationMs: durationMs() });
    } catch (error) {
      if (!(error instanceof RegistryError)) {
        throw error;
      }
      this.steps.push({
        name,
        ok: false,
        ...failureFinding(error),
        durationMs: durationMs(),
      });
    }
  }

  private async authenticate(
    challenge: Awaited<ReturnType<typeof pingAnonymously>>,
  ): Promise<StepOutcome> {
    const { authenticator } = this.session;
    if (this.open) {
      return authenticator.hasCredentials
        ? checkFindings.unaskedCredentials()
        : { skipped: true, ...checkFindings.noSignIn() };
    }
    const scopes = [catalogScope];
    const signedIn = await authenticator.answer(
      challenge,
      scopes,
      undefined,
      this.options,
    );
    if (signedIn?.scheme !== 'bearer') {
      // Only the registry itself can tell whether Basic is right.
      await ping(this.session, this.options);
    }
    return authenticator.hasCredentials ? {} : checkFindings.anonymous();
  }

  private async list(): Promise<StepOutcome> {
    try {
      const page = await listRepositories(this.session, {
        ...this.options,
        limit: sampleSize,
      });
      const inside = page.items.find(
        name => !this.namespace || name.startsWith(`${this.namespace}/`),
      );
      this.repository = inside ?? page.items[0];
      return page.reason
        ? { message: page.reason.message, reason: page.reason }
        : {};
    } catch (error) {
      if (error instanceof RegistryError && noListing.includes(error.code)) {
        return {
          skipped: true,
          code: error.code,
          message: error.message,
          ...advice(remedies.typeNames),
        };
      }
      throw error;
    }
  }

  private async pull(): Promise<StepOutcome> {
    const { repository, session } = this;
    if (!repository) {
      return {
        skipped: true,
        ...checkFindings.nothingToPull(),
      };
    }
    await assertMayPull(session, repository, this.options);
    return {};
  }
}

/**
 * Finds out, in one request, whether the account may pull a repository: by the
 * token that is given for it, or by its tags where no token is needed.
 *
 * @throws RegistryError `forbidden` when the token is given without the right
 */
export async function assertMayPull(
  session: OciSession,
  repository: string,
  options: RegistryCallOptions = {},
): Promise<void> {
  if (session.authenticator.schemeInUse !== 'bearer') {
    await listTags(session, repository, { ...options, limit: 1 });
    return;
  }
  const granted = await session.authenticator.authorize(
    [pullScope(repository)],
    options,
  );
  assertGranted(session, granted, repository);
}

/** An image that everybody may read, and whose answer tells of limits. */
export interface ProbeImage {
  repository: string;
  reference: string;
}

/**
 * Finds out the same with the HEAD of another image, from whose answer the
 * budget learns what is left: two requests, one token for both.
 *
 * @throws RegistryError `forbidden` when the token is given without the right
 */
export async function assertMayPullByProbe(
  session: OciSession,
  repository: string,
  probe: ProbeImage,
  options: RegistryCallOptions = {},
): Promise<void> {
  const scopes = [pullScope(probe.repository), pullScope(repository)];
  await session.send({
    ...options,
    method: 'HEAD',
    path: `${probe.repository}/manifests/${probe.reference}`,
    headers: { accept: manifestAccept },
    scopes,
    operation: `try whether ${repository} may be pulled`,
  });
  // The same token again.
  const granted = await session.authenticator.authorize(scopes, options);
  assertGranted(session, granted, repository);
}

function assertGranted(
  session: OciSession,
  granted: Authorization | undefined,
  repository: string,
): void {
  if (granted && mayPull(granted.header, repository) === false) {
    throw new RegistryError(
      'forbidden',
      `${session.title}: the account is signed in but may not pull ${repository}`,
      {
        hint: advise(
          'give-pull-right',
          'Give the account the right to pull at the registry',
        ),
      },
    );
  }
}

/**
 * Checks a registry step by step, in at most four requests when all is well.
 * A registry without a list of its repositories is not a broken one.
 *
 * @param namespace - where a repository to try is looked for first
 */
export function checkConnection(
  session: OciSession,
  options: RegistryCallOptions = {},
  namespace?: string,
): Promise<CheckStep[]> {
  return new ConnectionCheck(session, options, namespace).run();
}

/**
 * The first two of these steps, for vendors whose own API lists and tries
 * pulling: in at most two requests.
 */
export function checkSignIn(
  session: OciSession,
  options: RegistryCallOptions = {},
): Promise<CheckStep[]> {
  return new ConnectionCheck(session, options, undefined).signIn();
}

/**
 * Asks how to sign in, without doing so; the session knows it afterwards. One
 * request.
 *
 * @throws RegistryError when there is no registry, or its realm is refused
 */
export async function findSignIn(
  session: OciSession,
  options: RegistryCallOptions = {},
): Promise<void> {
  const answer = await pingAnonymously(session, options);
  if (answer.status === 401) {
    session.authenticator.noteScheme(answer);
  }
}
