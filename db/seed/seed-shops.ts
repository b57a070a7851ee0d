import type postgres from 'postgres';
import { chanceOf } from './city/chance';
import type { City } from './city/index';
import type { SeedMerchant, SeedShop } from './city/shops';
import { seedNetworks } from './city/shops';
import { slugOf } from '@/lib/kernel';
import type { CopiedRow } from '../copy-rows';
import { at, copyRows } from '../copy-rows';

const MONTH = 30 * 86_400_000;

function merchantRow(merchant: SeedMerchant, since: string): CopiedRow {
  return {
    id: merchant.id,
    legalName: merchant.legalName,
    legalForm: merchant.legalForm,
    capital: merchant.capital,
    country: 'FR',
    address: merchant.address,
    registrationNumber: merchant.siren,
    register: merchant.legalForm.startsWith('Association') ? 'RNA Isère' : 'RCS Grenoble',
    vatNumber: merchant.vatNumber,
    email: merchant.email,
    phone: merchant.phone,
    mediatorName: 'Médiation des commerces alpins (fictive)',
    mediatorUrl: 'https://mediation-commerces.example',
    isProfessional: true,
    declaredProfessionalAt: since,
    selfCertifiedAt: since,
    verifiedAt: since,
    pspAccountState: 'enabled',
    commissionBps: merchant.commissionBps,
    createdAt: since,
  };
}

function shopRow(shop: SeedShop, seed: string, since: string): CopiedRow {
  const chance = chanceOf(seed, 'pace', shop.key);
  const facts = shop.tradeFacts;
  return {
    id: shop.id,
    merchantId: shop.merchant.id,
    networkId: shop.networkId,
    slug: slugOf(shop.name),
    name: shop.name,
    trade: shop.trade,
    story: shop.story,
    ...shop.address,
    phone: shop.phone,
    email: shop.email,
    keeper: shop.keeper,
    openingHours: shop.openingHours,
    timeZone: 'Europe/Paris',
    awning: shop.awning,
    level: shop.level,
    services: shop.services,
    preparationMinutes: facts.preparationMinutes + chance.pick([-5, 0, 0, 10, 15]),
    capacityPerHour: Math.max(2, facts.capacityPerHour + chance.between(-2, 2)),
    acceptanceMinutes: shop.acceptanceMinutes,
    takesOrders: true,
    returnDays: shop.returnDays,
    createdAt: since,
    updatedAt: since,
  };
}

/** The shops' own shelves, two warehouses and two suppliers. Lead times are for getting goods from there to the shop's customer. */
function locationRows(city: City): readonly CopiedRow[] {
  const networkOf = (kind: string): string | undefined => city.shops.find((shop) => shop.network === kind)?.networkId;
  const shopOf = (key: string): string | undefined => city.shops.find((shop) => shop.key === key)?.id;
  const beyond = (key: string, kind: 'warehouse' | 'supplier', name: string, place: CopiedRow): CopiedRow => ({
    id: city.ids('stockLocation', key),
    shopId: null,
    networkId: null,
    kind,
    name,
    ...place,
  });
  return [
    ...city.shops.map((shop) => ({
      id: shop.locationId,
      shopId: shop.id,
      networkId: shop.networkId,
      kind: 'shop',
      name: shop.name,
      latitude: shop.address.latitude,
      longitude: shop.address.longitude,
      leadTimeMinutes: 0,
    })),
    beyond('warehouse-paniers', 'warehouse', 'Réserve des Paniers du Drac', {
      networkId: networkOf('branch'),
      latitude: 45.1505,
      longitude: 5.7009,
      leadTimeMinutes: 240,
    }),
    beyond('warehouse-libraires', 'warehouse', 'Dépôt des libraires', {
      networkId: networkOf('affiliate'),
      latitude: 45.2025,
      longitude: 5.7039,
      leadTimeMinutes: 1_440,
    }),
    beyond('supplier-outillage', 'supplier', 'Outillage Rochemaure', {
      shopId: shopOf('quincaillerie-morel'),
      latitude: 45.2234,
      longitude: 5.6783,
      leadTimeMinutes: 2_880,
    }),
    beyond('supplier-table', 'supplier', 'Manufacture Bellerive', {
      shopId: shopOf('maison-ferrand'),
      latitude: 45.1393,
      longitude: 5.7151,
      leadTimeMinutes: 4_320,
    }),
  ];
}

/** Merchants, networks, shops and stock locations, opened a month before the history begins. */
export async function seedShops(sql: postgres.TransactionSql, city: City, seed: string, openedAt: number): Promise<void> {
  const since = at(openedAt - MONTH);
  const merchants = [...new Map(city.shops.map((shop) => [shop.merchant.id, shop.merchant])).values()];
  await copyRows(
    sql,
    'merchants',
    merchants.map((merchant) => merchantRow(merchant, since)),
  );
  await copyRows(
    sql,
    'merchant_vat_regimes',
    merchants.map(({ id, isExempt }) => ({
      merchantId: id,
      regime: isExempt ? 'exempt' : 'normal',
      validFrom: since.slice(0, 10),
      validTo: null,
    })),
  );
  await copyRows(
    sql,
    'invoice_mandates',
    merchants.map(({ id, legalName }) => ({
      merchantId: id,
      version: '2026-1',
      signer: legalName,
      objectionDays: 15,
      signedAt: since,
      revokedAt: null,
    })),
  );
  await copyRows(
    sql,
    'networks',
    seedNetworks.map(({ kind, name, slug }) => ({ id: city.ids('network', slug), name, slug, kind })),
  );
  await copyRows(
    sql,
    'shops',
    city.shops.map((shop) => shopRow(shop, seed, since)),
  );
  await copyRows(sql, 'stock_locations', locationRows(city));
}
