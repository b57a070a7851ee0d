import { invariant } from '@/lib/kernel';
import type { Clock } from '@/lib/platform/clock';
import { env } from '@/lib/platform/env';
import type { DemoProvider } from './demo-provider';
import { demoProvider, demoWebhookSecret } from './demo-provider';
import type { PaymentProvider } from './port';
import { stripeProvider } from './stripe-provider';
import { voucherOnly } from './voucher-only';

let stripe: PaymentProvider | undefined;

export type ProviderName = PaymentProvider['name'];

/** Who takes money for new orders: Stripe when its keys are set, else the demo. */
export function currentProviderName(): 'demo' | 'stripe' {
  return env().stripe ? 'stripe' : 'demo';
}

/** Replayed history keeps the demo's books without sending a single message. */
export type ProviderUse = { readonly clock: Clock; readonly isReplayed: boolean };

/** The provider of an existing payment, which may not be the one of new orders. */
export function providerNamed(name: ProviderName, use: ProviderUse): PaymentProvider {
  if (name === 'demo') return demoFor(use);
  if (name === 'none') return voucherOnly();
  const settings = env().stripe;
  invariant(settings, 'a payment of Stripe needs the keys of Stripe: set STRIPE_SECRET_KEY');
  stripe ??= stripeProvider(settings);
  return stripe;
}

export function demoFor({ clock, isReplayed }: ProviderUse): DemoProvider {
  return demoProvider({ clock, isSilent: isReplayed });
}

/** With what the current provider signs its messages: its own, and those about merchants' accounts. */
export function webhookSecrets(): readonly string[] {
  const { stripe: settings } = env();
  if (!settings) return [demoWebhookSecret()];
  return [settings.webhookSecret, ...(settings.connectWebhookSecret === undefined ? [] : [settings.connectWebhookSecret])];
}
