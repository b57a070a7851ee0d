import type { Minor } from '@/lib/kernel';

/** What an accountant may ask of a merchant's year: the day's totals for the tax office, the accounting entries, or everything that was sealed. */
export const accountFiles = ['daily', 'fec', 'archive'] as const;
export type AccountFile = (typeof accountFiles)[number];

/** A merchant's year as the yearly report of merchants has it; quarters in order. Minor units of euros. */
export type MerchantYearView = {
  readonly merchantId: string;
  readonly name: string;
  readonly isReported: boolean;
  readonly quarters: readonly { readonly sales: number; readonly considerationMinor: Minor; readonly feesMinor: Minor }[];
};
