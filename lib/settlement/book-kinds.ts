/** The kinds of transactions that have words; the words are the catalogues' (`money`, `books.kind`). */
export const bookKinds = [
  'authorised',
  'voided',
  'captured',
  'moved',
  'earned',
  'refunded',
  'refund-sent',
  'return-sold',
  'return-bought',
  'dispute-opened',
  'dispute-held',
  'dispute-freed',
  'dispute-won',
  'dispute-lost',
  'provider-fee',
  'compensated',
  'commission-rounded',
  'voucher-settled',
  'paid-out',
  'payout-failed',
] as const;

export type BookKind = (typeof bookKinds)[number] | 'other';

/** The kind under which a transaction is shown; what was written by rules that are no more is a movement. */
export function bookKindOf(kind: string): BookKind {
  return bookKinds.find((one) => one === kind) ?? 'other';
}
