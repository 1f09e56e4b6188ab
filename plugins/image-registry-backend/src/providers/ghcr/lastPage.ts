/**
 * Number of the last page, from the `Link` that GitHub gives with each page
 * but the last one.
 *
 * https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api
 */
export function lastPage(link: string | undefined): number | undefined {
  for (const part of link?.split(/,(?=\s*<)/) ?? []) {
    const [, page] =
      /<[^>]*[?&]page=(\d+)[^>]*>\s*;.*\brel="?last"?/i.exec(part) ?? [];
    if (page) {
      return Number(page);
    }
  }
  return undefined;
}
