import type { ImportSettings } from '../read-import';

/** Standard rate of VAT in mainland France since 2014 (CGI art. 278): for prices without VAT whose rate no column tells; the owner is told. */
export const ASSUMED_VAT_BPS = 2_000;

/** What the city settles for its shops' files. */
export const cityImportSettings: ImportSettings = { currency: 'EUR', assumedVatBps: ASSUMED_VAT_BPS };
