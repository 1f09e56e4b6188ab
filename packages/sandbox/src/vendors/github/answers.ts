import { jsonAnswer, VendorAnswer } from '../VendorAnswer';
import { VendorRequest } from '../VendorRequest';

/** An error in the form of GitHub's API. */
export function refusal(status: number, message: string): VendorAnswer {
  return jsonAnswer(
    {
      message,
      documentation_url: 'https://docs.github.com/rest',
      status: String(status),
    },
    { status },
  );
}

/** A page, with `Link` as the API gives it: absolute, with first and last. */
export function pageOf(
  entries: readonly unknown[],
  { url, query }: VendorRequest,
): VendorAnswer {
  const size = Math.min(Number(query.get('per_page') ?? 30), 100);
  const page = Math.max(1, Number(query.get('page') ?? 1));
  const last = Math.max(1, Math.ceil(entries.length / size));
  const link = (number: number, relation: string) => {
    const other = new URL(url);
    other.searchParams.set('page', String(number));
    return `<${other.href}>; rel="${relation}"`;
  };
  const links = [
    ...(page > 1 ? [link(page - 1, 'prev')] : []),
    ...(page < last ? [link(page + 1, 'next'), link(last, 'last')] : []),
    ...(page > 1 ? [link(1, 'first')] : []),
  ];
  return jsonAnswer(entries.slice((page - 1) * size, page * size), {
    headers: links.length ? { Link: links.join(', ') } : {},
  });
}
