import type { CommissionPreviewView } from '@/lib/commission/views';
import type { Locale, Minor } from '@/lib/kernel';
import { sumMinor } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { GridTable } from '../../_parts/grid-table';
import { rateText } from './rate-text';

type PreviewTableProps = {
  readonly preview: CommissionPreviewView;
  readonly rateBps: number;
  readonly locale: Locale;
  readonly money: (amount: Minor) => string;
};

type Shop = CommissionPreviewView['shops'][number];

/** Who would pay what: on a sample basket, and on what was really handed over in thirty days. */
export function PreviewTable({ preview: { sampleMinor, shops }, rateBps, locale, money }: PreviewTableProps) {
  const t = texts(locale, 'money');
  const sample = money(sampleMinor);
  const total = (of: (shop: Shop) => Minor) => money(sumMinor(shops.map(of)));
  const amount = (head: string, of: (shop: Shop) => Minor, foot?: string) => ({
    head,
    kind: 'num' as const,
    cell: (shop: Shop) => money(of(shop)),
    ...(foot !== undefined && { foot }),
  });
  return (
    <GridTable
      caption={t('commission.previewTitle')}
      rows={shops}
      rowKey={(shop) => shop.shopId}
      columns={[
        { head: t('commission.shop'), cell: (shop) => shop.name, foot: t('payouts.total') },
        { head: t('commission.rateNow'), kind: 'num', cell: (shop) => rateText(shop.nowBps, locale) },
        amount(t('commission.sampleNow', { sample }), (shop) => shop.sampleNowMinor),
        amount(t('commission.sampleThen', { rate: rateText(rateBps, locale) }), (shop) => shop.sampleThenMinor),
        amount(
          t('commission.sold'),
          (shop) => shop.soldMinor,
          total((shop) => shop.soldMinor),
        ),
        amount(
          t('commission.soldNow'),
          (shop) => shop.soldNowMinor,
          total((shop) => shop.soldNowMinor),
        ),
        amount(
          t('commission.soldThen'),
          (shop) => shop.soldThenMinor,
          total((shop) => shop.soldThenMinor),
        ),
      ]}
    />
  );
}
