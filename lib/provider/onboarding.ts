import { eq } from 'drizzle-orm';
import { shops } from '@/db/schema';
import type { MerchantId, Result, ShopScope } from '@/lib/kernel';
import { err, invariant, ok } from '@/lib/kernel';
import { env } from '@/lib/platform/env';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { findAccount, openAccount, refreshAccount } from './accounts';
import { merchantProvider } from './providers';

type OwnerOnly = { readonly kind: 'owner-only' };
type OpenedForm = Result<{ readonly clientSecret: string }, OwnerOnly | { readonly kind: 'no-form' }>;

/** With what the provider's form shows itself inside our page; undefined where the provider has no such form. A key everybody may see. */
export function onboardingFormKey(): string | undefined {
  return env().stripe?.publishableKey;
}

/** Where the owner tells the provider who it is, opening the account where there is none; the address is the provider's and lives for minutes. */
export async function startOnboarding(
  scope: ShopScope,
  pages: { readonly done: string; readonly again: string },
  ports: Ports = systemPorts,
): Promise<Result<{ readonly url: string }, OwnerOnly>> {
  return observed({ useCase: 'start-onboarding', actor: 'shop', ids: { shopId: scope.shopId } }, async () => {
    if (scope.role !== 'owner') return err({ kind: 'owner-only' });
    const account = await openAccount(await merchantOf(scope), ports);
    return ok({ url: await merchantProvider(account.provider, ports).onboardingLink(account.reference, pages) });
  });
}

/**
 * The secret with which the provider's form inside our page is this owner's own, opening the account where there is none. It serves once, lives
 * for minutes, and is neither kept nor logged.
 */
export async function openOnboardingForm(scope: ShopScope, ports: Ports = systemPorts): Promise<OpenedForm> {
  return observed({ useCase: 'open-onboarding-form', actor: 'shop', ids: { shopId: scope.shopId } }, async (): Promise<OpenedForm> => {
    if (scope.role !== 'owner') return err({ kind: 'owner-only' });
    if (onboardingFormKey() === undefined) return err({ kind: 'no-form' });
    const account = await openAccount(await merchantOf(scope), ports);
    const clientSecret = await merchantProvider(account.provider, ports).onboardingSession(account.reference);
    return clientSecret === undefined ? err({ kind: 'no-form' }) : ok({ clientSecret });
  });
}

/** The owner has left the provider's form: its account's state is asked anew, for the provider's message may still be on its way. */
export async function leaveOnboarding(
  scope: ShopScope,
  ports: Ports = systemPorts,
): Promise<Result<{ readonly isEnabled: boolean }, OwnerOnly>> {
  return observed({ useCase: 'leave-onboarding', actor: 'shop', ids: { shopId: scope.shopId } }, async () => {
    if (scope.role !== 'owner') return err({ kind: 'owner-only' });
    const account = await findAccount(reader(), await merchantOf(scope));
    if (!account) return ok({ isEnabled: false });
    const { chargesEnabled, payoutsEnabled } = await refreshAccount(account, ports);
    return ok({ isEnabled: chargesEnabled && payoutsEnabled });
  });
}

async function merchantOf({ shopId }: ShopScope): Promise<MerchantId> {
  const [shop] = await reader().select({ merchantId: shops.merchantId }).from(shops).where(eq(shops.id, shopId));
  invariant(shop, 'a shop has a merchant');
  return shop.merchantId;
}
