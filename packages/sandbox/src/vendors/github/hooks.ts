import { jsonAnswer, VendorAnswer } from '../VendorAnswer';
import { jsonBodyOf, VendorRequest } from '../VendorRequest';
import { refusal } from './answers';

/** A webhook; the secret is never shown, but a test may look. */
export interface GithubHook {
  id: number;
  name: string;
  active: boolean;
  events: string[];
  config: Record<string, string>;
}

/**
 * Webhooks of organizations and repositories, as in
 * docs.github.com/rest/orgs/webhooks and docs.github.com/rest/repos/webhooks.
 */
export class GithubHooks {
  private readonly byPlace = new Map<string, GithubHook[]>();
  private nextId = 1;

  /** @param place - `/orgs/acme` or `/repos/acme/shop` */
  list(place: string): readonly GithubHook[] {
    return this.byPlace.get(place) ?? [];
  }

  /** @param id - of one hook; absent for all of the place */
  answer(
    place: string,
    id: string | undefined,
    request: VendorRequest,
  ): VendorAnswer {
    const body = (jsonBodyOf(request) ?? {}) as Partial<GithubHook>;
    if (id === undefined) {
      return request.method === 'POST'
        ? this.create(place, body)
        : jsonAnswer(this.list(place).map(shown));
    }
    const hook = this.list(place).find(each => String(each.id) === id);
    if (!hook || request.method !== 'PATCH') {
      return refusal(404, 'Not Found');
    }
    Object.assign(hook, body);
    return jsonAnswer(shown(hook));
  }

  private create(place: string, body: Partial<GithubHook>): VendorAnswer {
    const { config, events = ['push'], active = true, name } = body;
    if (name !== 'web' || !config?.url) {
      return refusal(422, 'Validation Failed');
    }
    if (this.list(place).some(each => each.config.url === config.url)) {
      return refusal(422, 'Hook already exists on this organization');
    }
    const hook = { id: this.nextId, name, active, events, config };
    this.nextId += 1;
    this.byPlace.set(place, [...this.list(place), hook]);
    return jsonAnswer(shown(hook), { status: 201 });
  }
}

function shown(hook: GithubHook) {
  return { ...hook, config: { ...hook.config, secret: '********' } };
}
