import { categories, citySettings, invoiceMandates, merchants, shops, stockLocations, vatRates } from '@/db/schema';
import type { ShopServices } from '@/db/schema';
import type { Instant, PersonId, ShopId, ShopScope, StockLocationId } from '@/lib/kernel';
import { instant } from '@/lib/kernel';
import { systemIds } from '@/lib/platform/ids';
import { reader } from '@/lib/platform/transaction';

/** A Wednesday at ten in the morning, in Grenoble and in winter: every shop of the tests is open. */
export const wednesdayMorning: Instant = instant(Date.UTC(2026, 10, 25, 9, 0));

/** Whose clocks, sun and holidays the shops of the tests follow. */
export const grenoble = {
  timeZone: 'Europe/Paris',
  country: 'FR',
  region: 'Auvergne-Rhône-Alpes',
  latitude: 45.1885,
  longitude: 5.7245,
} as const;

const longAgo = instant(Date.UTC(2026, 0, 1));

/** The rates and departments the tests sell by. */
const rates = [
  ['bread_pastry', 550],
  ['food_general', 550],
  ['book_print', 550],
  ['standard', 2_000],
] as const;

/** The one city of a test database, set up as the demo's is. */
export async function city(): Promise<void> {
  const database = reader();
  await database
    .insert(citySettings)
    .values({
      name: 'Grenoble',
      slug: 'grenoble',
      latitude: 45.1885,
      longitude: 5.7245,
      defaultLocale: 'fr',
      timeZone: 'Europe/Paris',
      country: 'FR',
      region: 'Auvergne-Rhône-Alpes',
      operator: {
        legalName: 'Halles',
        legalForm: 'SCIC',
        capital: '1 000 €',
        address: '1 place de la Ville',
        phone: '+33400000000',
        email: 'ville@example.org',
        register: 'Grenoble 000 000 000',
        vatNumber: 'FR00000000000',
        publicationDirector: 'Une Personne',
        host: { name: 'Hôte', address: '2 rue du Serveur', phone: '+33400000001' },
        contactForAuthorities: 'ville@example.org',
        productSafetyContact: 'ville@example.org',
        safetyGateRegistrationId: 'none',
      },
      updatedAt: longAgo,
    })
    .onConflictDoNothing();
  await database
    .insert(vatRates)
    .values(
      rates.map(([category, rateBps]) => ({
        territory: 'FR-mainland',
        category,
        rateBps,
        validFrom: '2014-01-01',
        legalReference: 'CGI 278 s.',
      })),
    )
    .onConflictDoNothing();
}

export type GivenShop = { readonly shopId: ShopId; readonly locationId: StockLocationId; readonly scope: ShopScope };

export type ShopWish = {
  readonly name?: string;
  readonly openingHours?: string;
  readonly services?: Partial<ShopServices>;
  readonly latitude?: number;
  readonly longitude?: number;
  readonly preparationMinutes?: number;
  readonly commissionBps?: number;
  readonly level?: 'window' | 'reserve' | 'sell';
};

let made = 0;

/** A shop of a merchant of its own, with one shelf; open on working days unless said otherwise. */
export async function shop(wish: ShopWish = {}): Promise<GivenShop> {
  await city();
  const number = (made += 1); // shops may be made beside each other
  const name = wish.name ?? `Boutique ${number}`;
  const at = { latitude: wish.latitude ?? 45.1885, longitude: wish.longitude ?? 5.7245 };
  const merchantId = systemIds.make('merchant');
  const shopId = systemIds.make('shop');
  const locationId = systemIds.make('stockLocation');
  const database = reader();
  await database.insert(merchants).values({
    id: merchantId,
    legalName: `${name} SARL`,
    legalForm: 'SARL',
    address: '4 rue des Étameurs, 38000 Grenoble',
    registrationNumber: String(100_000_000 + number),
    register: 'Grenoble',
    email: `boutique${number}@example.org`,
    phone: '+33400000002',
    mediatorName: 'Médiateur',
    mediatorUrl: 'https://mediateur.example.org',
    isProfessional: true,
    pspAccountState: 'enabled',
    commissionBps: wish.commissionBps ?? 800,
    createdAt: longAgo,
  });
  await database
    .insert(invoiceMandates)
    .values({ merchantId, version: 'test', signer: 'Anne Morel', objectionDays: 15, signedAt: longAgo });
  await database.insert(shops).values({
    id: shopId,
    merchantId,
    slug: `boutique-${number}-${process.pid}`,
    name,
    trade: 'épicerie',
    story: { fr: '', en: '' },
    street: '4 rue des Étameurs',
    postcode: '38000',
    town: 'Grenoble',
    ...at,
    phone: '+33400000002',
    email: `boutique${number}@example.org`,
    keeper: 'Anne Morel',
    openingHours: wish.openingHours ?? 'Mo-Sa 09:00-19:00',
    timeZone: 'Europe/Paris',
    awning: number % 12,
    level: wish.level ?? 'sell',
    services: { pickup: true, courier: null, parcel: null, takesReturns: true, ...wish.services },
    preparationMinutes: wish.preparationMinutes ?? 30,
    capacityPerHour: 20,
    acceptanceMinutes: 30,
    createdAt: longAgo,
    updatedAt: longAgo,
  });
  await database.insert(stockLocations).values({ id: locationId, shopId, kind: 'shop', name, ...at });
  const personId: PersonId = systemIds.make('person');
  return { shopId, locationId, scope: { kind: 'shop', shopId, personId, role: 'owner' } };
}

/** A department to put listings in. */
export async function category(wish: { readonly minimumAge?: number } = {}) {
  const id = systemIds.make('category');
  const name = { fr: 'Rayon', en: 'Department' };
  await reader()
    .insert(categories)
    .values({
      id,
      position: 1,
      name,
      slug: name,
      family: 'epicerie',
      glyph: 'pain',
      vatCategory: 'food_general',
      minimumAge: wish.minimumAge ?? null,
    });
  return id;
}
