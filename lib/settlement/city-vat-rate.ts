import { and, desc, eq, gte, isNull, lte, or } from 'drizzle-orm';
import { citySettings, vatRates } from '@/db/schema';
import type { Instant } from '@/lib/kernel';
import { dayKey, invariant } from '@/lib/kernel';
import type { Reader } from '@/lib/platform/transaction';

/** The rate of VAT on the city's own services, its commission above all, at a moment. Basis points. */
export async function findCityVatRate(from: Reader, at: Instant): Promise<number> {
  const [city] = await from.select({ timeZone: citySettings.timeZone, country: citySettings.country }).from(citySettings);
  invariant(city, 'the city is set up');
  const today = dayKey(at, city.timeZone);
  const [row] = await from
    .select({ rateBps: vatRates.rateBps })
    .from(vatRates)
    .where(
      and(
        eq(vatRates.category, 'standard'),
        eq(vatRates.territory, `${city.country}-mainland`),
        lte(vatRates.validFrom, today),
        or(isNull(vatRates.validTo), gte(vatRates.validTo, today)),
      ),
    )
    .orderBy(desc(vatRates.validFrom))
    .limit(1);
  invariant(row, 'the standard rate of VAT is entered for today');
  return row.rateBps;
}
