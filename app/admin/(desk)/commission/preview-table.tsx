import type { CommissionPreviewView } from '@/lib/commission/views';
import type { Locale, Minor } from '@/lib/kernel';
import { sumMinor } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { rateText } from './rate-text';

type PreviewTableProps = {
  readonly preview: CommissionPreviewView;
  readonly rateBps: number;
  readonly locale: Locale;
  readonly money: (amount: Minor) => string;
};

/** Who would pay what: on a sample basket, and on what was really handed over in thirty days. */
export function PreviewTable({ preview: { sampleMinor, shops }, rateBps, locale, money }: PreviewTableProps) {
  const t = texts(locale, 'money');
  const sample = money(sampleMinor);
  const total = (of: (shop: CommissionPreviewView['shops'][number]) => Minor) => money(sumMinor(shops.map(of)));
  return (
    <div className="grid-scroll" role="region" aria-label={t('commission.previewTitle')} tabIndex={0}>
      <table className="grid-table">
        <caption className="sr-only">{t('commission.previewTitle')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('commission.shop')}</th>
            <th scope="col" className="num">
              {t('commission.rateNow')}
            </th>
            <th scope="col" className="num">
              {t('commission.sampleNow', { sample })}
            </th>
            <th scope="col" className="num">
              {t('commission.sampleThen', { rate: rateText(rateBps, locale) })}
            </th>
            <th scope="col" className="num">
              {t('commission.sold')}
            </th>
            <th scope="col" className="num">
              {t('commission.soldNow')}
            </th>
            <th scope="col" className="num">
              {t('commission.soldThen')}
            </th>
          </tr>
        </thead>
        <tbody>
          {shops.map((shop) => (
            <tr key={shop.shopId}>
              <th scope="row">{shop.name}</th>
              <td className="num">{rateText(shop.nowBps, locale)}</td>
              <td className="num">{money(shop.sampleNowMinor)}</td>
              <td className="num">{money(shop.sampleThenMinor)}</td>
              <td className="num">{money(shop.soldMinor)}</td>
              <td className="num">{money(shop.soldNowMinor)}</td>
              <td className="num">{money(shop.soldThenMinor)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('payouts.total')}</th>
            <td />
            <td />
            <td />
            <td className="num">{total((shop) => shop.soldMinor)}</td>
            <td className="num">{total((shop) => shop.soldNowMinor)}</td>
            <td className="num">{total((shop) => shop.soldThenMinor)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
