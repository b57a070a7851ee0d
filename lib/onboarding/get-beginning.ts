import { and, desc, eq, isNull, ne, sql } from 'drizzle-orm';
import { invoiceMandates, listings, offers, roleGrants, shopBeginnings, shops } from '@/db/schema';
import type { PersonId, ShopId, ShopScope } from '@/lib/kernel';
import type { Reader } from '@/lib/platform/transaction';
import { reader } from '@/lib/platform/transaction';
import { findFounded } from '@/lib/shops';
import { missingPapers } from './missing-papers';
import type { BeginningView } from './views';

async function countProducts(from: Reader, shopId: ShopId) {
  const [counts] = await from
    .select({
      ready: sql<number>`count(*) filter (where ${listings.isPublished})::int`,
      waiting: sql<number>`count(*) filter (where not ${listings.isPublished})::int`,
    })
    .from(offers)
    .innerJoin(listings, eq(listings.id, offers.listingId))
    .where(and(eq(offers.shopId, shopId), eq(offers.isActive, true)));
  return counts ?? { ready: 0, waiting: 0 };
}

/** A shop that is being opened, and what it still lacks; undefined for a shop that was not opened this way. */
export async function getBeginning(scope: ShopScope, from: Reader = reader()): Promise<BeginningView | undefined> {
  const [beginning] = await from.select().from(shopBeginnings).where(eq(shopBeginnings.shopId, scope.shopId));
  if (!beginning) return undefined;
  const { shop, merchant, regime } = await findFounded(from, scope.shopId);
  const counts = await countProducts(from, scope.shopId);
  const [mandate] = await from
    .select({ at: invoiceMandates.signedAt })
    .from(invoiceMandates)
    .where(and(eq(invoiceMandates.merchantId, merchant.id), isNull(invoiceMandates.revokedAt)))
    .limit(1);
  const { courier, parcel } = shop.services;
  const said = {
    company: {
      siren: merchant.registrationNumber,
      legalName: merchant.legalName,
      legalForm: merchant.legalForm,
      capital: merchant.capital ?? '',
      register: merchant.register,
      address: merchant.address,
      email: merchant.email,
      vatNumber: merchant.vatNumber ?? '',
      regime,
      hasDeclared: merchant.selfCertifiedAt !== null,
    },
    openingHours: shop.openingHours,
    money: {
      mediatorName: merchant.mediatorName,
      mediatorUrl: merchant.mediatorUrl,
      hasMandate: mandate !== undefined,
      account: merchant.pspAccountState,
    },
    productsReady: counts.ready,
  };
  return {
    ...said,
    shopId: shop.id,
    slug: shop.slug,
    state: beginning.state,
    reason: beginning.reason ?? undefined,
    askedAt: beginning.askedAt ?? undefined,
    source: beginning.source ?? undefined,
    missing: missingPapers({ ...said, hasReceiving: beginning.receivingAt !== null }),
    productsWaiting: counts.waiting,
    sign: {
      name: shop.name,
      trade: shop.trade,
      address: `${shop.street}, ${shop.postcode} ${shop.town}`,
      phone: shop.phone,
      keeper: shop.keeper,
    },
    receiving: {
      pickup: shop.services.pickup,
      setAside: shop.services.setAside ?? false,
      courierMinor: courier?.priceMinor,
      courierMetres: courier?.radiusMetres,
      parcelMinor: parcel?.priceMinor,
      preparationMinutes: shop.preparationMinutes,
    },
  };
}

/** The shops a person owns that are begun and not open yet, the newest first: where to go on. Whoever left the team does not. */
export async function listBegun(personId: PersonId): Promise<readonly { readonly slug: string; readonly name: string }[]> {
  return reader()
    .select({ slug: shops.slug, name: shops.name })
    .from(shopBeginnings)
    .innerJoin(shops, eq(shops.id, shopBeginnings.shopId))
    .innerJoin(roleGrants, and(eq(roleGrants.shopId, shops.id), eq(roleGrants.personId, personId), eq(roleGrants.role, 'owner')))
    .where(ne(shopBeginnings.state, 'approved'))
    .orderBy(desc(shopBeginnings.createdAt));
}
