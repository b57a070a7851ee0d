import { and, eq, sql } from 'drizzle-orm';
import type { ShopServices } from '@/db/schema';
import { merchants, merchantVatRegimes, shops } from '@/db/schema';
import type { Instant, MerchantId, Position, ShopId } from '@/lib/kernel';
import { invariant, slugOf } from '@/lib/kernel';
import type { Ids } from '@/lib/platform/ids';
import type { Reader, Tx } from '@/lib/platform/transaction';
import { forgetShopBook } from './shop-book';

/** What everybody will read over the door, and where the door is. */
export type ShopSign = {
  readonly name: string;
  readonly trade: string;
  readonly street: string;
  readonly postcode: string;
  readonly town: string;
  readonly at: Position;
  readonly phone: string;
  readonly keeper: string;
};

/** The legal person behind a shop, as its owner states it (ME-02, OP-50). */
export type MerchantStatement = {
  readonly legalName: string;
  readonly legalForm: string;
  readonly capital: string | undefined;
  readonly address: string;
  readonly registrationNumber: string;
  readonly register: string;
  readonly vatNumber: string | undefined;
  readonly email: string;
  readonly phone: string;
};

export type FoundedShop = { readonly shopId: ShopId; readonly merchantId: MerchantId; readonly slug: string };

/** Addresses of pages, not of shops (ux.md §2). */
const reserved = new Set(['start', 'network', 'worker']);
/** What the city takes from a shop nobody has agreed another rate with. */
const USUAL_COMMISSION_BPS = 800;
const AWNINGS = 12;

/** "Café de l’Étoile" → `cafe-de-l-etoile`, with a number behind it when another shop is called so. */
async function freeSlug(tx: Tx, name: string): Promise<string> {
  const bare = slugOf(name, 60) || 'boutique';
  const rows = await tx.select({ slug: shops.slug }).from(shops).where(sql`${shops.slug} like ${`${bare}%`}`); // prettier-ignore
  const taken = new Set([...reserved, ...rows.map(({ slug }) => slug)]);
  if (!taken.has(bare)) return bare;
  let number = 2;
  while (taken.has(`${bare}-${number}`)) number += 1;
  return `${bare}-${number}`;
}

const nothingYet: ShopServices = { pickup: true, courier: null, parcel: null, takesReturns: false, setAside: true };

export type Founding = {
  readonly sign: ShopSign;
  readonly email: string;
  readonly now: Instant;
  readonly ids: Ids;
  readonly timeZone: string;
  readonly country: string;
};

/** Makes a shop nobody sees yet (`draft`), of a merchant whose papers are still missing. Two foundings of one name get two addresses. */
export async function foundShop(tx: Tx, { sign, email, now, ids, timeZone, country }: Founding): Promise<FoundedShop> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('halles:slugs'))`);
  const slug = await freeSlug(tx, sign.name);
  const [merchantId, shopId] = [ids.make('merchant'), ids.make('shop')];
  const { at, ...words } = sign;
  await tx.insert(merchants).values({
    id: merchantId,
    legalName: '',
    legalForm: '',
    country,
    address: '',
    registrationNumber: '',
    register: '',
    email,
    phone: sign.phone,
    mediatorName: '',
    mediatorUrl: '',
    isProfessional: false,
    pspAccountState: 'none',
    commissionBps: USUAL_COMMISSION_BPS,
    createdAt: now,
  });
  await tx.insert(shops).values({
    id: shopId,
    merchantId,
    slug,
    ...words,
    ...at,
    story: { fr: '', en: '' },
    email,
    openingHours: '',
    timeZone,
    awning: [...slug].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % AWNINGS,
    level: 'draft',
    services: nothingYet,
    preparationMinutes: 30,
    capacityPerHour: 8,
    acceptanceMinutes: 30,
    createdAt: now,
    updatedAt: now,
  });
  return { shopId, merchantId, slug };
}

/** Whoever changes what is said of a shop from what was said does so one after the other. Until commit. */
export async function lockShop(tx: Tx, shopId: ShopId): Promise<void> {
  await tx.select({ id: shops.id }).from(shops).where(eq(shops.id, shopId)).for('no key update');
}

export type ShopPatch = {
  readonly sign?: ShopSign;
  readonly openingHours?: string;
  readonly services?: ShopServices;
  readonly preparationMinutes?: number;
  readonly level?: 'draft' | 'window' | 'sell';
};

/** Changes what is said of a shop; its address stays what it was. */
export async function describeShop(tx: Tx, shopId: ShopId, { sign, ...rest }: ShopPatch, now: Instant): Promise<void> {
  const { at, ...words } = sign ?? { at: undefined };
  await tx
    .update(shops)
    .set({ ...words, ...at, ...rest, updatedAt: now })
    .where(eq(shops.id, shopId));
  forgetShopBook();
}

export type MerchantPatch = Partial<MerchantStatement> & {
  readonly mediatorName?: string;
  readonly mediatorUrl?: string;
  /** The owner declares to be a professional and certifies to sell only what conforms (OP-03, OP-50). */
  readonly declaredAt?: Instant;
  /** When the city held them against the register; null: they changed since. */
  readonly verifiedAt?: Instant | null;
};

/** Writes down what the owner states; an empty capital or VAT number is none. */
export async function describeMerchant(tx: Tx, merchantId: MerchantId, { declaredAt, ...patch }: MerchantPatch): Promise<void> {
  const declared =
    declaredAt === undefined ? {} : { isProfessional: true, declaredProfessionalAt: declaredAt, selfCertifiedAt: declaredAt };
  await tx
    .update(merchants)
    .set({
      ...patch,
      ...declared,
      ...('capital' in patch && { capital: patch.capital ?? null }),
      ...('vatNumber' in patch && { vatNumber: patch.vatNumber ?? null }),
    }) // prettier-ignore
    .where(eq(merchants.id, merchantId));
}

/** The VAT regime from a day on (ME-16); said again on the same day it replaces what was said. */
export async function stateVatRegime(tx: Tx, merchantId: MerchantId, regime: 'normal' | 'exempt' | 'margin', day: string): Promise<void> {
  const [last] = await tx
    .select({ regime: merchantVatRegimes.regime })
    .from(merchantVatRegimes)
    .where(and(eq(merchantVatRegimes.merchantId, merchantId), sql`${merchantVatRegimes.validTo} is null`));
  if (last?.regime === regime) return;
  await tx
    .update(merchantVatRegimes)
    .set({ validTo: day })
    .where(and(eq(merchantVatRegimes.merchantId, merchantId), sql`${merchantVatRegimes.validTo} is null and ${merchantVatRegimes.validFrom} < ${day}::date`)); // prettier-ignore
  await tx
    .insert(merchantVatRegimes)
    .values({ merchantId, regime, validFrom: day })
    .onConflictDoUpdate({ target: [merchantVatRegimes.merchantId, merchantVatRegimes.validFrom], set: { regime } });
}

/** Whether the payment provider takes money for this merchant; its newest word. */
export async function notePspState(tx: Tx, merchantId: MerchantId, pspAccountState: 'none' | 'pending' | 'enabled'): Promise<void> {
  await tx.update(merchants).set({ pspAccountState }).where(eq(merchants.id, merchantId));
}

/** A shop and its merchant as their owner wrote them, for the pages on which they are written. */
export async function findFounded(from: Reader, shopId: ShopId) {
  const [row] = await from
    .select({ shop: shops, merchant: merchants })
    .from(shops)
    .innerJoin(merchants, eq(merchants.id, shops.merchantId))
    .where(eq(shops.id, shopId));
  invariant(row, 'a shop of a scope is there');
  const [regime] = await from
    .select({ regime: merchantVatRegimes.regime })
    .from(merchantVatRegimes)
    .where(and(eq(merchantVatRegimes.merchantId, row.merchant.id), sql`${merchantVatRegimes.validTo} is null`));
  return { ...row, regime: regime?.regime };
}
