import { ContentStore } from '../../registry/content/ContentStore';
import { jsonAnswer, VendorAnswer } from '../VendorAnswer';
import { VendorRequest } from '../VendorRequest';
import { HarborAccount, HarborPermission } from './accounts';
import { HarborProject, HarborState } from './HarborState';

/** A call of the API, and what it is about. */
export interface HarborCall {
  state: HarborState;
  content: ContentStore;
  /** The minor version of Harbor 2. */
  version: number;
  request: VendorRequest;
  /** Decoded once by the server, and once more by some proxies. */
  path: string;
}

/** A call whose account was looked up. */
export interface SignedHarborCall extends HarborCall {
  account: HarborAccount | undefined;
  /** @throws HarborRefusal of 401 or 403 */
  need(permission: HarborPermission, project?: string): void;
}

/** An answer that is an error. */
export class HarborRefusal extends Error {
  constructor(readonly status: number, readonly code: string, message: string) {
    super(message);
  }
}

/** @throws HarborRefusal of 404 */
export function projectOf({ state }: HarborCall, name: string): HarborProject {
  const project = state.projects.find(each => each.name === name);
  if (!project) {
    throw new HarborRefusal(404, 'NOT_FOUND', `project ${name} not found`);
  }
  return project;
}

/** Cuts the page that was asked for; the total is a header. */
export function pageAnswer(
  { request }: HarborCall,
  entries: unknown[],
): VendorAnswer {
  const page = Number(request.query.get('page') ?? 1);
  const size = Number(request.query.get('page_size') ?? 10);
  if (size > 100) {
    throw new HarborRefusal(
      422,
      'UNPROCESSABLE_ENTITY',
      'page_size in query should be less than or equal to 100',
    );
  }
  const link = (number: number, rel: string) => {
    const url = new URL(request.url);
    url.searchParams.set('page', String(number));
    return `<${url.pathname}${url.search}>; rel="${rel}"`;
  };
  const links = [
    ...(page > 1 ? [link(page - 1, 'prev')] : []),
    ...(page * size < entries.length ? [link(page + 1, 'next')] : []),
  ];
  return jsonAnswer(entries.slice((page - 1) * size, page * size), {
    headers: {
      'X-Total-Count': String(entries.length),
      ...(links.length && { Link: links.join(' , ') }),
    },
  });
}
