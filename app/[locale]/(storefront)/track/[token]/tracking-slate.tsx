import { SlateSummary, type SlateLine } from '@/components/commerce/slate-summary';
import type { Showing } from '@/components/commerce/showing';
import type { DocumentRowView } from '@/lib/documents/views';
import type { TrackingView } from '@/lib/fulfilment/views';
import { formatMoney, minor, moneyOf, pathTo } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import type { TenderView } from '@/lib/wallet/views';

type TrackingSlateProps = {
  readonly order: TrackingView;
  readonly tenders: readonly TenderView[];
  readonly documents: readonly DocumentRowView[];
  readonly showing: Showing;
};

/** What it costs and what was taken of it, its invoices, and the way out of the contract. */
export function TrackingSlate({ order, tenders, documents, showing }: TrackingSlateProps) {
  const { locale } = showing;
  const t = texts(locale, 'tracking');
  const wallet = texts(locale, 'wallet');
  const money = (amount: number) => formatMoney(moneyOf(minor(amount), order.currency), locale);
  const by = order.paidBy === 'bank-transfer' ? 'transfer' : 'card';
  const lines: readonly SlateLine[] = [
    { label: t('totals.goods'), amount: money(order.totalMinor - order.deliveryMinor) },
    { label: t('totals.delivery'), amount: order.deliveryMinor === 0 ? t('totals.free') : money(order.deliveryMinor) },
    ...tenderLines(tenders, { locale, money }),
    ...(order.capturedMinor === undefined
      ? []
      : [{ label: tenders.length > 0 ? wallet('tracking.captured', { by }) : t('totals.captured'), amount: money(order.capturedMinor) }]),
    ...(order.refundedMinor === 0
      ? []
      : [{ label: tenders.length > 0 ? wallet('tracking.refunded', { by }) : t('totals.refunded'), amount: money(order.refundedMinor) }]),
    ...(order.sentBackMinor === 0 ? [] : [{ label: t('totals.sentBack'), amount: money(order.sentBackMinor) }]),
  ];
  const wish = texts(locale, 'checkout')(`rescue.short.${order.rescueWish}`);
  return (
    <SlateSummary
      title={t('totals.title')}
      lines={lines}
      total={{ label: t('totals.total'), amount: money(order.totalMinor) }}
      notes={[
        ...documents.map((document) => ({ icon: 'file-text' as const, text: documentLink(document, order, showing) })),
        { icon: 'split', text: t('rescue', { wish }) },
        { icon: 'circle-help', text: t('help') },
        {
          icon: 'undo-2',
          text: (
            <>
              {t('withdraw.text')}{' '}
              <a href={pathTo(locale, 'withdrawal', {}, { commande: order.number })}>{texts(locale, 'checkout')('withdrawalWords')}</a>
            </>
          ),
        },
        {
          icon: 'user',
          text: (
            <>
              {t('account.text')} <a href={pathTo(locale, 'signIn')}>{t('account.action')}</a>
            </>
          ),
        },
      ]}
    />
  );
}

type Words = { readonly locale: Showing['locale']; readonly money: (amount: number) => string };

/** What each voucher holds or paid, and what went back to it. */
function tenderLines(tenders: readonly TenderView[], { locale, money }: Words): readonly SlateLine[] {
  const t = texts(locale, 'wallet');
  return tenders.flatMap((tender): readonly SlateLine[] => {
    const { name, codeEnd: end, state, amountMinor, capturedMinor, returnedMinor } = tender;
    if (state === 'released') return [];
    const paid = state === 'captured' ? t('tracking.paid', { name, end }) : t('tracking.held', { name, end });
    return [
      { label: paid, amount: money(state === 'captured' ? capturedMinor : amountMinor) },
      ...(returnedMinor > 0 ? [{ label: t('tracking.returned', { name, end }), amount: money(returnedMinor) }] : []),
    ];
  });
}

function documentLink({ documentId, kind, number }: DocumentRowView, { orderToken }: TrackingView, { locale }: Showing) {
  return (
    <a href={`/api/documents/${documentId}?order=${encodeURIComponent(orderToken)}`} download>
      {texts(locale, 'documents')(`shopper.${kind}`, { number })}
    </a>
  );
}
