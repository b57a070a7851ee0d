import type { ProviderName } from '@/db/schema';
import { invariant } from '@/lib/kernel';
import type { Clock } from '@/lib/platform/clock';
import { env } from '@/lib/platform/env';
import { demoMerchants } from './demo-merchants';
import type { MerchantProvider } from './port';
import { stripeMerchants } from './stripe-merchants';

let stripe: MerchantProvider | undefined;

/** Who holds merchants' accounts: Stripe when its keys are set, else the demo. */
export function currentMerchantProvider(): ProviderName {
  return env().stripe ? 'stripe' : 'demo';
}

/** The provider of an account. `isSilent`: replayed history, nothing is sent anywhere. */
export function merchantProvider(name: ProviderName, use: { readonly clock: Clock; readonly isSilent?: boolean }): MerchantProvider {
  if (name === 'demo') return demoMerchants({ clock: use.clock, isSilent: use.isSilent ?? false });
  const settings = env().stripe;
  invariant(settings, 'an account at Stripe needs the keys of Stripe: set STRIPE_SECRET_KEY');
  stripe ??= stripeMerchants(settings);
  return stripe;
}
