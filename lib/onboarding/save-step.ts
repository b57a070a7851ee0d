import { eq } from 'drizzle-orm';
import type { CatalogueSource, ShopServices } from '@/db/schema';
import { shopBeginnings } from '@/db/schema';
import type { Instant, Result, ShopScope } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import { describeMerchant, describeShop, findFounded, getCity, localDay, stateVatRegime, whatIsWrongWith } from '@/lib/shops';
import type { SignRefusal } from './begin-shop';
import { placeOfSign } from './begin-shop';
import type { DayRefusal, WeekDay } from './hours-of-days';
import { hoursOfDays } from './hours-of-days';
import type { CompanyWish, MoneyWish, ReceivingWish, SignWish } from './schemas';
import { signMandate } from './sign-mandate';

/** The city looks at what was sent, or has said yes: from then on papers change by the pages of the shop. */
export type StepRefusal = { readonly kind: 'not-open-to-change' };

type Dated = 'companyAt' | 'hoursAt' | 'receivingAt' | 'moneyAt';
type Founded = Awaited<ReturnType<typeof findFounded>>;
type Work = (tx: Tx, founded: Founded, now: Instant) => Promise<void>;

/** Writes one step while the shop is still being prepared, and when it was first done. */
async function saveStep(scope: ShopScope, step: Dated | undefined, work: Work, { clock }: Ports): Promise<Result<void, StepRefusal>> {
  return observed({ useCase: 'save-beginning', actor: scope.kind, ids: { shopId: scope.shopId } }, () =>
    withTransaction(async (tx): Promise<Result<void, StepRefusal>> => {
      const now = clock.now();
      const own = eq(shopBeginnings.shopId, scope.shopId);
      const [beginning] = await tx.select().from(shopBeginnings).where(own).for('update');
      if (!beginning || !['preparing', 'refused'].includes(beginning.state)) return err({ kind: 'not-open-to-change' });
      await work(tx, await findFounded(tx, scope.shopId), now);
      if (step && beginning[step] === null) await tx.update(shopBeginnings).set({ [step]: now }).where(own); // prettier-ignore
      return ok(undefined);
    }),
  );
}

/** What is read over the door, written anew. The shop's address on the site stays. */
export async function saveSign(
  scope: ShopScope,
  wish: SignWish,
  ports: Ports = systemPorts,
): Promise<Result<void, StepRefusal | SignRefusal>> {
  const sign = await placeOfSign(wish);
  if (!sign.ok) return sign;
  return saveStep(scope, undefined, (tx, _founded, now) => describeShop(tx, scope.shopId, { sign: sign.value }, now), ports);
}

/** The legal person behind the shop, its VAT regime and its declarations, dated. */
export async function saveCompany(scope: ShopScope, wish: CompanyWish, ports: Ports = systemPorts): Promise<Result<void, StepRefusal>> {
  const { siren, regime, legalAddress, capital, professional: _yes, conforming: _too, ...rest } = wish;
  const { timeZone } = await getCity();
  return saveStep(
    scope,
    'companyAt',
    async (tx, { shop, merchant }, now) => {
      await describeMerchant(tx, merchant.id, { ...rest, address: legalAddress, registrationNumber: siren, capital: capital === '' ? undefined : capital, phone: shop.phone, declaredAt: now }); // prettier-ignore
      await stateVatRegime(tx, merchant.id, regime, localDay(now, timeZone));
    },
    ports,
  );
}

/** A line of hours a day. Errors: the day that cannot be read. */
export async function saveHours(
  scope: ShopScope,
  { holidaysOff, ...lines }: Readonly<Record<WeekDay, string>> & { readonly holidaysOff: boolean },
  ports: Ports = systemPorts,
): Promise<Result<void, StepRefusal | DayRefusal>> {
  const read = hoursOfDays(lines, { holidaysOff });
  if (!read.ok) return read;
  const city = await getCity();
  const place = { timeZone: city.timeZone, country: city.country, region: '', ...city.at };
  if (whatIsWrongWith(read.value, place) !== undefined) return err({ kind: 'hours-missing' });
  return saveStep(scope, 'hoursAt', (tx, _founded, now) => describeShop(tx, scope.shopId, { openingHours: read.value }, now), ports);
}

/** Local hours in which a shop that brings things itself does so, until it says otherwise. */
const usualSlots = [['10:00', '12:00'], ['17:00', '19:00']] as const; // prettier-ignore
const PARCEL_DAYS = 2;
const PARCEL_GRAMS = 20_000;

/** How goods reach people, with the shop's own figures. */
export async function saveReceiving(scope: ShopScope, wish: ReceivingWish, ports: Ports = systemPorts): Promise<Result<void, StepRefusal>> {
  const { courierPrice, courierRadius, parcelPrice } = wish;
  const services: ShopServices = {
    pickup: wish.pickup !== undefined,
    courier:
      wish.courier !== undefined && courierPrice !== undefined && courierRadius !== undefined
        ? { priceMinor: courierPrice, radiusMetres: courierRadius, slots: usualSlots }
        : null,
    parcel: wish.parcel !== undefined && parcelPrice !== undefined ? { priceMinor: parcelPrice, days: PARCEL_DAYS, maxGrams: PARCEL_GRAMS } : null, // prettier-ignore
    takesReturns: false,
    setAside: wish.setAside !== undefined && wish.pickup !== undefined,
  };
  const change = { services, preparationMinutes: wish.preparation };
  return saveStep(scope, 'receivingAt', (tx, _founded, now) => describeShop(tx, scope.shopId, change, now), ports);
}

/** Where the catalogue will come from: only so that the page can lead there. */
export async function saveSource(
  scope: ShopScope,
  source: CatalogueSource,
  ports: Ports = systemPorts,
): Promise<Result<void, StepRefusal>> {
  const own = eq(shopBeginnings.shopId, scope.shopId);
  return saveStep(scope, undefined, async (tx) => void (await tx.update(shopBeginnings).set({ source }).where(own)), ports);
}

/** Mediator (ME-02), and the mandate to invoice, signed by whoever ticks the box. Signed once. */
export async function saveMoney(scope: ShopScope, wish: MoneyWish, ports: Ports = systemPorts): Promise<Result<void, StepRefusal>> {
  const { mediatorName, mediatorUrl } = wish;
  return saveStep(
    scope,
    'moneyAt',
    async (tx, { shop, merchant }, now) => {
      await describeMerchant(tx, merchant.id, { mediatorName, mediatorUrl });
      await signMandate(tx, { merchantId: merchant.id, signer: shop.keeper }, now);
    },
    ports,
  );
}
