import { jsonAnswer, VendorAnswer } from '../VendorAnswer';
import { VendorRequest } from '../VendorRequest';

/** An error in the form of GitLab's REST API. */
export function refusal(status: number, message: string): VendorAnswer {
  return jsonAnswer({ message: `${status} ${message}` }, { status });
}

/** A page as docs.gitlab.com/api/rest/#offset-based-pagination describes it. */
export function pageOf(
  entries: readonly unknown[],
  { url, query }: VendorRequest,
): VendorAnswer {
  const size = Math.min(Number(query.get('per_page') ?? 20), 100);
  const page = Math.max(1, Number(query.get('page') ?? 1));
  const last = Math.max(1, Math.ceil(entries.length / size));
  const link = (number: number, relation: string) => {
    const other = new URL(url);
    other.searchParams.set('page', String(number));
    return `<${other.href}>; rel="${relation}"`;
  };
  return jsonAnswer(entries.slice((page - 1) * size, page * size), {
    headers: {
      'X-Page': String(page),
      'X-Per-Page': String(size),
      'X-Total': String(entries.length),
      'X-Total-Pages': String(last),
      'X-Next-Page': page < last ? String(page + 1) : '',
      Link: [
        ...(page < last ? [link(page + 1, 'next')] : []),
        link(1, 'first'),
        link(last, 'last'),
      ].join(', '),
    },
  });
}
