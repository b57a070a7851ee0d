import type { ListingView, OfferView } from '@/lib/catalogue/views';
import { pathTo, type Locale } from '@/lib/kernel';
import { env } from '@/lib/platform/env';

const conditions = { new: 'NewCondition', used: 'UsedCondition', refurbished: 'RefurbishedCondition' } as const;

/** A class as schema.org names it: `A+++` is `A3Plus`. */
const classIn = (letter: string): string =>
  `https://schema.org/EUEnergyEfficiencyCategory${letter.replace(/\++$/, (plus) => `${plus.length}Plus`)}`;

/** schema.org description of a product and its offers; `<` is escaped so that no text can end the script. */
export function listingJsonLd(listing: ListingView, offers: readonly OfferView[], locale: Locale): string {
  const url = `${env().baseUrl}${pathTo(locale, 'listing', { slugId: listing.slugId })}`;
  const described = {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: listing.title,
    url,
    ...(listing.description !== undefined && { description: listing.description }),
    ...(listing.pictures.length > 0 && { image: listing.pictures.map((key) => `${env().baseUrl}/api/pictures/${key}`) }),
    ...(listing.brand !== undefined && { brand: { '@type': 'Brand', name: listing.brand } }),
    ...(listing.gtin !== undefined && { gtin14: listing.gtin }),
    ...(listing.energy !== undefined && {
      hasEnergyConsumptionDetails: {
        '@type': 'EnergyConsumptionDetails',
        hasEnergyEfficiencyCategory: classIn(listing.energy.letter),
        energyEfficiencyScaleMin: classIn(listing.energy.worst),
        energyEfficiencyScaleMax: classIn(listing.energy.best),
      },
    }),
    offers: offers.map((offer) => ({
      '@type': 'Offer',
      sku: offer.offerId,
      price: (offer.price.amountMinor / 100).toFixed(2),
      priceCurrency: offer.price.currency,
      itemCondition: `https://schema.org/${conditions[offer.condition]}`,
      availability: `https://schema.org/${offer.promises.length > 0 ? 'InStock' : 'OutOfStock'}`,
      inventoryLevel: { '@type': 'QuantitativeValue', value: offer.available },
      seller: { '@type': 'Store', name: offer.shopName, address: offer.street },
      url,
    })),
  };
  return JSON.stringify(described).replaceAll('<', '\\u003c');
}
