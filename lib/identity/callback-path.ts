/** Any origin will do to resolve a path against; it never leaves this file. */
const SOMEWHERE = 'http://own.invalid';

/**
 * The path inside our own pages that `wished` means; `/` when it leads elsewhere.
 *
 * Guarantees: begins with exactly one slash, so a browser can never read it as another host.
 */
export function ownPath(wished: string | null | undefined, ownOrigins: readonly string[] = []): string {
  if (!wished || wished.length > 600 || !URL.canParse(wished, SOMEWHERE)) return '/';
  const url = new URL(wished, SOMEWHERE);
  if (url.origin !== SOMEWHERE && !ownOrigins.includes(url.origin)) return '/';
  return `/${url.pathname.replace(/^\/+/, '')}${url.search}${url.hash}`;
}
