import type { DocumentContent } from '@/lib/documents';
import type { CalendarDay } from '@/lib/oms';
import type { MerchantMove } from './year-facts';

/** A line of an accounting entry. Exactly one side is above zero. Minor units. */
export type JournalLine = { readonly account: keyof typeof accounts; readonly debitMinor: number; readonly creditMinor: number };

/** One accounting entry: its lines' debits equal its credits. */
export type JournalEntry = {
  readonly journal: keyof typeof journals;
  readonly day: CalendarDay;
  readonly piece: string;
  readonly pieceDay: CalendarDay;
  readonly text: string;
  readonly lines: readonly JournalLine[];
};

/** Numbers of the French general chart of accounts; an accountant may map them to the shop's own when reading the file in. */
export const accounts = {
  customers: { number: '411000', name: 'Clients' },
  sales: { number: '707000', name: 'Ventes de marchandises' },
  salesVat: { number: '445710', name: 'TVA collectée' },
  marketplace: { number: '467000', name: 'Place de marché, compte courant' },
  commission: { number: '622200', name: 'Commissions sur ventes' },
  commissionVat: { number: '445660', name: 'TVA déductible' },
  roundings: { number: '758000', name: 'Produits divers de gestion courante' },
  bank: { number: '512000', name: 'Banque' },
  waiting: { number: '471000', name: 'Compte d’attente' },
} as const;

export const journals = { VE: 'Ventes', AC: 'Commissions', OD: 'Encaissements de la place de marché', BQ: 'Banque' } as const;

/** A line on the side its sign says: above zero a debit. Nothing for nothing. */
function line(account: keyof typeof accounts, signedMinor: number): readonly JournalLine[] {
  if (signedMinor === 0) return [];
  return [{ account, debitMinor: Math.max(0, signedMinor), creditMinor: Math.max(0, -signedMinor) }];
}

/** A sale as its invoice says, or what a credit note takes back of it; one line of sales and of VAT for each rate. */
export function entryOfDocument(day: CalendarDay, content: DocumentContent): JournalEntry {
  const sign = content.kind === 'invoice' ? 1 : -1;
  return {
    journal: 'VE',
    day,
    piece: content.number,
    pieceDay: content.issuedOn,
    text: content.kind === 'invoice' ? `Vente ${content.subOrderNumber}` : `Avoir ${content.subOrderNumber}`,
    lines: [
      ...line('customers', sign * content.totals.grossMinor),
      ...content.groups.flatMap((group) => [...line('sales', -sign * group.netMinor), ...line('salesVat', -sign * group.vatMinor)]),
    ],
  };
}

/** Who paid what is booked besides the fee: shoppers, or the city for the cent of VAT by which its invoice exceeds what was kept (ADR 0184). */
const payers = {
  earned: { from: 'customers', text: 'Encaissement' },
  refunded: { from: 'customers', text: 'Remboursement' },
  'commission-rounded': { from: 'roundings', text: 'Arrondi de TVA' },
} as const;

/** What the ledger of the marketplace says happened to the merchant's money, as entries; none for what moved nothing of it. */
export function entriesOfMove(day: CalendarDay, move: MerchantMove): readonly JournalEntry[] {
  const { netMinor, feeMinor, feeVatMinor, kind } = move;
  const about = { day, piece: move.subOrderNumber ?? move.cause, pieceDay: day };
  if (kind === 'paid-out') return entry({ ...about, journal: 'BQ', text: 'Virement de la place de marché' }, transfer('bank', -netMinor));
  if (kind !== 'earned' && kind !== 'refunded' && kind !== 'commission-rounded')
    return entry({ ...about, journal: 'OD', text: kind }, transfer('waiting', -netMinor));
  const feeLines = [
    ...line('commission', feeMinor),
    ...line('commissionVat', feeVatMinor),
    ...line('marketplace', -feeMinor - feeVatMinor),
  ];
  const { from, text } = payers[kind];
  return [
    ...entry({ ...about, journal: 'OD', text: `${text} ${about.piece}` }, transfer(from, -(netMinor + feeMinor + feeVatMinor))),
    ...entry({ ...about, journal: 'AC', text: `Commission ${about.piece}` }, feeLines),
  ];
}

/** So much to an account, above zero a debit, from the marketplace's. */
function transfer(account: keyof typeof accounts, signedMinor: number): readonly JournalLine[] {
  return [...line(account, signedMinor), ...line('marketplace', -signedMinor)];
}

function entry(head: Omit<JournalEntry, 'lines'>, lines: readonly JournalLine[]): readonly JournalEntry[] {
  return lines.length === 0 ? [] : [{ ...head, lines }];
}
