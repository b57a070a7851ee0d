import type { OfferDraft } from '@/lib/catalogue';
import { emptyDraft } from '@/lib/catalogue';
import { ASSUMED_VAT_BPS, oneLine, plainText } from '@/lib/connectors';
import type { Result } from '@/lib/kernel';
import { err, ok, parseGtin, roundHalfUp } from '@/lib/kernel';
import type { SourceItem, SourcePrice } from '../connector';

/** Why one thing of a source cannot be sold here. */
type ItemReason = 'title-missing' | 'price-missing' | 'price-unreadable' | 'price-not-positive' | 'price-currency' | 'unreadable';
type ItemRefusal = { readonly reason: ItemReason; readonly value: string };

const CITY_CURRENCY = 'EUR';
const LONGEST_TITLE = 200;
/** A single variant is not a choice: sources name it by a word nobody should read. */
const NO_CHOICE = /^(default title|default|standard|regular)?$/i;

/** "12.9", "12,90" or 12.9 in hundredths, half a cent up; undefined for anything that is no plain decimal number. */
function minorOfDecimal(amount: string | number): number | undefined {
  const text = typeof amount === 'number' ? amount.toFixed(6) : amount.trim().replace(',', '.');
  const parts = /^(-?)(\d{1,9})(?:\.(\d{1,12}))?$/.exec(text);
  if (!parts) return undefined;
  const [, sign = '', whole = '0', fraction = ''] = parts;
  const scaled = BigInt(whole + fraction) * 100n;
  const magnitude = roundHalfUp(scaled, 10n ** BigInt(fraction.length));
  return sign === '-' ? -magnitude : magnitude;
}

function grossOf(price: SourcePrice): Result<number, ItemRefusal> {
  const { amount, currency, includesVat, vatRateBps } = price;
  if (amount === undefined) return err({ reason: 'price-missing', value: '' });
  const told = 'minor' in amount ? amount.minor : minorOfDecimal(amount.decimal);
  const value = String('minor' in amount ? amount.minor : amount.decimal).slice(0, 40);
  if (told === undefined || !Number.isSafeInteger(told)) return err({ reason: 'price-unreadable', value });
  if (currency !== undefined && currency.toUpperCase() !== CITY_CURRENCY) return err({ reason: 'price-currency', value: currency });
  if (told <= 0) return err({ reason: 'price-not-positive', value });
  return ok(includesVat ? told : roundHalfUp(BigInt(told) * BigInt(10_000 + (vatRateBps ?? ASSUMED_VAT_BPS)), 10_000n));
}

/** The code an offer is known by in its shop: the source's own, else the one its system gave. */
const skuOfItem = ({ sku, externalId }: SourceItem): string => oneLine(sku ?? '', 60) || externalId.slice(-60);

/** What a source tells of one variant, as the pipeline of imports takes it. Price in cents with VAT. */
export function draftOfItem(item: SourceItem): Result<OfferDraft, ItemRefusal> {
  const title = oneLine(item.title, LONGEST_TITLE);
  if (title === '') return err({ reason: 'title-missing', value: '' });
  const price = grossOf(item.price);
  if (!price.ok) return price;
  const options = (item.options ?? []).map(({ name, value }) => ({ name: oneLine(name, 60), value: oneLine(value, 80) }));
  const told = options.filter(({ value }) => !NO_CHOICE.test(value));
  return ok({
    ...emptyDraft,
    productKey: item.productRef,
    title,
    label: told.length === 0 ? undefined : told.map(({ value }) => value).join(' / '),
    options: told,
    brand: oneLine(item.brand ?? '', 80) || undefined,
    description: plainText(item.description ?? '') || undefined,
    category: oneLine(item.category ?? '', 120) || undefined,
    gtin: item.gtin === undefined ? undefined : parseGtin(item.gtin),
    sku: skuOfItem(item),
    priceMinor: price.value,
    vatRateBps: item.price.vatRateBps,
    weightGrams: item.weightGrams,
    isActive: item.isActive,
    ...item.told,
  });
}
