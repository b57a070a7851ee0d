/** The address of the next page in a `Link` header (RFC 8288), as a path on the same host; undefined when there is none. */
export function nextLink(header: string | undefined, base: string): string | undefined {
  const link = /<([^>]+)>\s*;[^,]*\brel="?next"?/i.exec(header ?? '')?.[1];
  if (link === undefined || !URL.canParse(link, base)) return undefined;
  const url = new URL(link, base);
  return `${url.pathname}${url.search}`;
}
