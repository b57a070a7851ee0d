import type { Instant, Result } from '@/lib/kernel';
import { dayKey, err, invariant, minor, ok } from '@/lib/kernel';
import type { DocumentAmounts, VatRegime } from '@/lib/oms';
import type { Tx } from '@/lib/platform/transaction';
import type { DocumentContent } from './content';
import { findMention, findRegime } from './document-repository';
import type { SupplyFacts } from './supply-facts';

/** What the law wants said on a document of this merchant on a day. */
export type DocumentWords = {
  readonly regime: VatRegime;
  readonly exemption: DocumentContent['exemption'];
  readonly mentions: readonly string[];
};

export type NoLegalMention = { readonly kind: 'no-legal-mention'; readonly occasion: string };

/** The regime and the dated words of a document. Errors: a regime without VAT whose mention nobody has entered is not guessed. */
export async function findWords(
  tx: Tx,
  { subOrder, merchant }: SupplyFacts,
  onDay: string,
): Promise<Result<DocumentWords, NoLegalMention>> {
  const regime = await findRegime(tx, subOrder.merchantId, onDay);
  const usual = await findMention(tx, merchant.country, 'invoice', onDay);
  const mentions = usual ? [usual.mention] : [];
  if (regime === 'normal') return ok({ regime, exemption: undefined, mentions });
  const why = await findMention(tx, merchant.country, regime, onDay);
  if (!why) return err({ kind: 'no-legal-mention', occasion: regime });
  return ok({ regime, exemption: { reason: why.mention, ...(why.code === null ? {} : { code: why.code }) }, mentions });
}

type Drafted = { readonly amounts: DocumentAmounts; readonly words: DocumentWords; readonly now: Instant };

/** What an invoice and a credit note of the same sub-order have in common. */
export function documentFrame(facts: SupplyFacts, { amounts, words, now }: Drafted) {
  const { subOrder, merchant, buyer, suppliedOn, timeZone, transferredTo } = facts;
  return {
    issuedOn: dayKey(now, timeZone),
    suppliedOn,
    subOrderNumber: subOrder.number,
    currency: subOrder.currency,
    regime: words.regime,
    merchant,
    buyer,
    lines: linesOf(facts, amounts),
    groups: [...amounts.groups],
    totals: amounts.totals,
    ...(transferredTo !== undefined && { transferredTo }),
    exemption: words.exemption,
    mentions: [...words.mentions],
  };
}

function linesOf(facts: SupplyFacts, amounts: DocumentAmounts): DocumentContent['lines'] {
  const rows = new Map(facts.lines.map((line) => [String(line.id), line]));
  return amounts.lines.map(({ lineId, quantity, goodsMinor, goodsNetMinor, rateBps }) => {
    const row = rows.get(lineId);
    invariant(row, 'a document names lines of its own sub-order');
    const title = row.keyAttribute === null ? row.title : `${row.title}, ${row.keyAttribute}`;
    return { lineId, title, salesUnit: row.salesUnit, quantity, goodsMinor: minor(goodsMinor), goodsNetMinor, rateBps };
  });
}
