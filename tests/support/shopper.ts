import type { Page } from '@playwright/test';
import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm';
import { categories, listings, offers, shops, stockLevels, stockLocations } from '@/db/schema';
import type { ListingId, OfferId, ShopId } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import { expect } from './browser';

/** Something a shop of the test city really sells, with enough on its shelf. */
export type OnSale = {
  readonly offerId: OfferId;
  readonly listingId: ListingId;
  readonly slug: string;
  readonly title: string;
  readonly priceMinor: number;
  readonly shopId: ShopId;
  readonly shopName: string;
};

/** Things of `count` different shops, always the same ones: nothing for adults, nothing weighed, each sold by pieces. */
export async function onSaleInShops(count: number): Promise<readonly OnSale[]> {
  const rows = await reader()
    .select({
      offerId: offers.id,
      listingId: listings.id,
      slug: listings.slug,
      title: listings.title,
      priceMinor: offers.priceMinor,
      shopId: shops.id,
      shopName: shops.name,
    })
    .from(offers)
    .innerJoin(listings, eq(listings.id, offers.listingId))
    .innerJoin(categories, eq(categories.id, listings.categoryId))
    .innerJoin(shops, eq(shops.id, offers.shopId))
    .innerJoin(stockLocations, and(eq(stockLocations.shopId, shops.id), eq(stockLocations.kind, 'shop')))
    .innerJoin(stockLevels, and(eq(stockLevels.offerId, offers.id), eq(stockLevels.locationId, stockLocations.id)))
    .where(
      and(
        eq(offers.isActive, true),
        eq(listings.isPublished, true),
        eq(offers.condition, 'new'),
        eq(offers.priceSteps, 1),
        isNull(categories.minimumAge),
        isNull(categories.withdrawalException),
        eq(shops.level, 'sell'),
        eq(shops.takesOrders, true),
        sql`(${shops.services} ->> 'pickup')::boolean`,
        gt(sql`${stockLevels.onHand} - ${stockLevels.reserved} - ${stockLevels.allocated} - ${stockLevels.safetyStock}`, 12),
      ),
    )
    .orderBy(asc(shops.slug), asc(offers.id))
    .limit(4000);
  const byShop = new Map<string, OnSale>();
  for (const row of rows) if (!byShop.has(row.shopId)) byShop.set(row.shopId, row);
  const found = [...byShop.values()].slice(0, count);
  expect(found, 'the test city sells in that many shops').toHaveLength(count);
  return found;
}

/** Chooses the shop on the product's page and adds it. */
export async function addFrom(page: Page, thing: OnSale): Promise<void> {
  await page.goto(`/p/${thing.slug}-${thing.listingId}`);
  await page.locator(`#o-${thing.offerId}`).check();
  await page
    .locator('form', { has: page.locator(`#o-${thing.offerId}`) })
    .locator('button[type=submit]')
    .first()
    .click();
  await expect(page.getByTestId('said')).toContainText(`Ajouté au panier\u00a0: ${thing.title}`);
}

/** From the basket to the pay step, as a guest. */
export async function orderAsGuest(page: Page, email: string): Promise<void> {
  await page.goto('/panier');
  await page.getByRole('button', { name: 'Commander' }).first().click();
  await expect(page).toHaveURL(/\/commande$/u);
  await fillContact(page, email);
  await page.getByRole('button', { name: 'Commande avec obligation de paiement' }).click();
  await expect(page).toHaveURL(/\/commande\/paiement\//u);
}

export async function fillContact(page: Page, email: string): Promise<void> {
  await page.getByLabel('Adresse e-mail').fill(email);
  await page.getByLabel('Nom et prénom').fill('Camille Roux');
}

/** Cards of the demonstration bank, as the pay page lists them. */
export const cards = {
  accepted: '4242 4242 4242 4242',
  declined: '4000 0000 0000 0002',
  challenged: '4000002760003184',
} as const;

export async function payWith(page: Page, number: string): Promise<void> {
  await page.getByLabel('Numéro de carte').fill(number);
  await page.getByLabel('Expiration').fill('08/34');
  await page.getByLabel('Cryptogramme').fill('123');
  await page.getByRole('button', { name: /^Payer/u }).click();
}

/** Amounts as people read them, in cents: `24,80 €` is 2480. */
export function centsOf(text: string): number {
  const digits = /(\d[\d\s\u00a0\u202f]*),(\d{2})/u.exec(text);
  return digits ? Number(`${(digits[1] ?? '').replaceAll(/\D/gu, '')}${digits[2]}`) : Number.NaN;
}
