import { Icon } from '@/components/ui/icon';
import { formatMoney, formatDate, moneyOf, pathTo, type Locale } from '@/lib/kernel';
import type { ReturnCardView } from '@/lib/returns/views';
import { texts } from '@/lib/texts';
import { quantityText } from '@/app/_text/quantity-text';

/** Where a return stands, in one sentence. */
export function returnStatus(card: ReturnCardView, locale: Locale, timeZone: string): string {
  const t = texts(locale, 'returns');
  const day = (at: ReturnCardView['bringBy']) => formatDate(at, locale, timeZone);
  switch (card.state) {
    case 'stated':
    case 'accepted':
      return t('card.expected', { day: day(card.bringBy) });
    case 'sent-back':
      return t('card.sent', { day: day(card.sentBackAt ?? card.statedAt) });
    case 'received':
      return card.remedyDueAt === undefined
        ? t('card.received', { shop: card.receivedShop ?? card.originName })
        : t('card.toMend', { day: day(card.remedyDueAt) });
    case 'settled':
      if (card.remedy === 'refund') return t('card.refunded', { amount: formatMoney(moneyOf(card.refundedMinor, card.currency), locale) });
      return t(card.remedy === 'repair' ? 'card.mended' : 'card.swapped');
    case 'refused':
      return t('card.refused', { reason: card.refusedReason ?? '' });
    case 'dropped':
      return t('card.dropped');
  }
}

/** One return in a list, leading to its pass. */
export function ReturnCard({ card, locale, timeZone }: { card: ReturnCardView; locale: Locale; timeZone: string }) {
  const t = texts(locale, 'returns');
  const things = card.lines.map((line) =>
    t('card.line', { quantity: quantityText(locale, line.quantity, line.salesUnit), title: line.title }),
  );
  return (
    <article className="panel flex flex-wrap items-center gap-x-4 gap-y-2 px-[22px] py-4 max-md:px-4">
      <Icon name="undo-2" className="text-2xl text-plaque" />
      <div className="min-w-0 flex-1 basis-[220px]">
        <h3 className="text-base font-semibold">{t('card.title', { number: card.number })}</h3>
        <p className="text-md text-ink-soft">{things.join(', ')}</p>
        <p className="mt-1 font-semibold">{returnStatus(card, locale, timeZone)}</p>
      </div>
      <a className="btn btn-secondary" href={pathTo(locale, 'return', { token: card.returnToken })}>
        {t('card.open')}
      </a>
    </article>
  );
}
