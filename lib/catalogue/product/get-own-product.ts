import type { Instant, Locale, OfferId, ProductId, SalesUnit, ShopScope } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import type { LegalFacts } from '../complete-products';
import { generalVatOf } from '../choose-category';
import { energyScaleOf } from '../energy-label';
import type { LegalField } from '../legal-gates';
import { missingOf } from '../publish-gate';
import type { Condition, EnergyScaleView, ResponsibleView } from '../views';
import { ownRows, type OwnRow } from './own-rows';

/** One variant of a product as its shop's form shows it. Cents with VAT a piece, a kilogram or a metre. */
type OwnVariantView = {
  readonly offerId: OfferId;
  readonly slugId: string;
  readonly label: string | undefined;
  readonly options: readonly { readonly name: string; readonly value: string }[];
  readonly gtin: string | undefined;
  readonly sku: string;
  readonly priceMinor: number;
  readonly priceSteps: number;
  readonly content: LegalFacts['net'];
  readonly isActive: boolean;
  readonly isPublic: boolean;
  /** What the law still asks before everybody sees it. */
  readonly missing: readonly LegalField[];
};

/** A product of a shop with everything its form can change. */
export type OwnProductView = {
  readonly productId: ProductId;
  readonly title: string;
  readonly brand: string | undefined;
  readonly description: string | undefined;
  readonly categoryId: string;
  /** In the reader's language. */
  readonly category: string;
  /** Basis points, where the offer's rate is not the department's. */
  readonly vatRateBps: number | undefined;
  readonly salesUnit: SalesUnit;
  readonly condition: Condition;
  readonly shelf: string | undefined;
  readonly manufacturer: ResponsibleView | undefined;
  readonly responsiblePerson: ResponsibleView | undefined;
  readonly warnings: string | undefined;
  readonly attributes: Readonly<Record<string, string>>;
  /** The scale its energy class has to stand on, where it bears a label and says of what. */
  readonly energyScale: EnergyScaleView | undefined;
  /** Other shops sell it too: its words are everybody's, and are only completed. */
  readonly isShared: boolean;
  readonly source: string;
  readonly licence: string;
  readonly variants: readonly OwnVariantView[];
};

function variantOf({ offer, listing, variant, product, category }: OwnRow, now: Instant): OwnVariantView {
  const { netQuantity, netUnit } = variant;
  return {
    offerId: offer.id,
    slugId: `${listing.slug}-${listing.id}`,
    label: variant.label ?? undefined,
    options: Object.entries(variant.attributes).map(([name, value]) => ({ name, value })),
    gtin: variant.gtin ?? undefined,
    sku: offer.merchantSku,
    priceMinor: offer.priceMinor,
    priceSteps: offer.priceSteps,
    content: netQuantity === null || netUnit === null ? undefined : { amount: netQuantity, unit: netUnit },
    isActive: offer.isActive,
    isPublic: listing.isPublished,
    missing: missingOf({ product, net: netQuantity, gates: category.legalGates }, now),
  };
}

/** The product one of the shop's offers belongs to, with all the shop's variants of it; another shop's offer is not there. */
export async function getOwnProduct(
  scope: ShopScope,
  offerId: OfferId,
  locale: Locale,
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<OwnProductView | undefined> {
  const rows = await ownRows(reader(), scope, offerId);
  const [first] = rows;
  if (!first) return undefined;
  const now = clock.now();
  const { product, category, offer, variant, isShared } = first;
  const rate = offer.vatCategory === category.vatCategory ? undefined : generalVatOf.find((one) => one.category === offer.vatCategory);
  return {
    productId: product.id,
    title: product.title,
    brand: product.brand ?? undefined,
    description: product.description ?? undefined,
    categoryId: category.id,
    category: category.name[locale],
    vatRateBps: rate?.rate,
    salesUnit: variant.salesUnit,
    condition: offer.condition,
    shelf: offer.shelf ?? undefined,
    manufacturer: product.manufacturer ?? undefined,
    responsiblePerson: product.responsiblePerson ?? undefined,
    warnings: product.warnings ?? undefined,
    attributes: product.attributes,
    energyScale: energyScaleOf({ gates: category.legalGates, attributes: product.attributes, now }),
    isShared,
    source: product.source,
    licence: product.licence,
    variants: rows.map((row) => variantOf(row, now)),
  };
}
