import { connectorOf } from '@/lib/sources';

/** Whether a kind has messages, and whether its key is exchanged for one that runs out: then their scenarios apply. */
export function appliesTo(kind: string): { readonly hasMessages: boolean; readonly renews: boolean } {
  const connector = connectorOf(kind);
  return { hasMessages: connector?.webhook !== undefined, renews: connector?.auth.renew !== undefined };
}
