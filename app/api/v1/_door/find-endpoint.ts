import type { Result } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { endpoints } from '../_routes';
import type { Endpoint, Refusal } from './endpoint';

const ROOT = '/api/v1/';

type Known = { readonly endpoint: Endpoint; readonly segments: readonly string[] };

/** By number of segments: few are left to be compared. */
const bySize = Map.groupBy(
  endpoints.map((endpoint): Known => ({ endpoint, segments: endpoint.path.slice(1).split('/') })),
  ({ segments }) => segments.length,
);

type Found = { readonly endpoint: Endpoint; readonly params: Readonly<Record<string, string>> };

/** Which call an address and a method are. A segment that is written out goes before one that is a name. */
export function find(method: string, pathname: string): Result<Found, Refusal & { readonly allow?: string }> {
  const given = decoded(pathname.slice(ROOT.length).replace(/\/$/, ''));
  const here = (bySize.get(given.length) ?? []).flatMap(({ endpoint, segments }) => {
    const params = paramsOf(segments, given);
    return params ? [{ endpoint, params, exact: segments.filter((segment) => !segment.startsWith('{')).length }] : [];
  });
  if (here.length === 0) return err({ kind: 'no-such-address' });
  const [best] = here.filter(({ endpoint }) => endpoint.method === method).toSorted((a, b) => b.exact - a.exact);
  if (best) return ok(best);
  return err({ kind: 'method-not-allowed', allow: [...new Set(here.map(({ endpoint }) => endpoint.method))].join(', ') });
}

function paramsOf(segments: readonly string[], given: readonly string[]): Readonly<Record<string, string>> | undefined {
  const params: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const value = given[index] ?? '';
    if (segment.startsWith('{')) params[segment.slice(1, -1)] = value;
    else if (segment !== value) return undefined;
  }
  return params;
}

function decoded(path: string): readonly string[] {
  try {
    return path.split('/').map(decodeURIComponent);
  } catch {
    return [];
  }
}
