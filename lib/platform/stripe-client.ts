import Stripe from 'stripe';
import type { Env } from './env';

/** The version our reading and writing follow, and that of the description the tests hold requests against. */
export const STRIPE_API_VERSION = '2023-08-16';

/** A client of Stripe's API with this installation's key; the account's own default version does not matter. */
export function stripeClient({ secretKey, apiUrl }: NonNullable<Env['stripe']>): Stripe {
  const address = apiUrl === undefined ? undefined : new URL(apiUrl);
  return new Stripe(secretKey, {
    // The types of the package name its newest version only; the wire accepts every published one.
    apiVersion: STRIPE_API_VERSION as Stripe.LatestApiVersion,
    maxNetworkRetries: 2,
    telemetry: false,
    timeout: 20_000,
    ...(address && {
      host: address.hostname,
      port: address.port || (address.protocol === 'https:' ? 443 : 80),
      protocol: address.protocol === 'https:' ? ('https' as const) : ('http' as const),
    }),
  });
}
