/** VAT on the marketplace's own invoice to a shop, in basis points; the standard rate, as the commission is a service to a business. */
export const COMMISSION_VAT_BPS = 2_000;
