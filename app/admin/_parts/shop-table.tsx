import { Tag } from '@/components/ui/tag';
import type { ShopActivityView } from '@/lib/insights/views';
import type { Locale } from '@/lib/kernel';
import { daysAhead, formatDay, formatTime, pathTo } from '@/lib/kernel';
import { texts, tradeName } from '@/lib/texts';
import type { OpsShowing } from './order-table';

type ShopTableProps = {
  readonly rows: readonly ShopActivityView[];
  readonly showing: OpsShowing;
  readonly caption: string;
  /** Beside another table: only what is needed to see who is in trouble. */
  readonly isShort?: boolean;
};

/** Shops, one a row: the sign on the door, what lies on the counter, how they answered lately. */
export function ShopTable({ rows, showing, caption, isShort = false }: ShopTableProps) {
  const t = texts(showing.locale, 'admin');
  return (
    <div className="grid-scroll" role="region" aria-label={caption} tabIndex={0}>
      <table className="grid-table">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('shops.name')}</th>
            {!isShort && <th scope="col">{t('shops.trade')}</th>}
            {!isShort && <th scope="col">{t('shops.street')}</th>}
            {!isShort && <th scope="col">{t('shops.door')}</th>}
            <th scope="col" className="num">
              {t('shops.open')}
            </th>
            <th scope="col" className="num">
              {t('shops.late')}
            </th>
            {!isShort && (
              <>
                <th scope="col" className="num">
                  {t('shops.taken')}
                </th>
                <th scope="col" className="num">
                  {t('shops.declined')}
                </th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((shop) => (
            <tr key={shop.shopId}>
              <th scope="row" className="clip" title={shop.name}>
                <a href={pathTo(showing.locale, 'shop', { slug: shop.slug })}>{shop.name}</a>
              </th>
              {!isShort && <td>{tradeName(shop.trade, showing.locale)}</td>}
              {!isShort && (
                <td className="nowrap">
                  {shop.street}, {shop.town}
                </td>
              )}
              {!isShort && (
                <td className="nowrap">
                  <Door shop={shop} showing={showing} />
                </td>
              )}
              <td className="num">{shop.toAccept + shop.toPrepare + shop.ready}</td>
              <td className="num">{shop.late > 0 ? <Tag colour="tomato">{shop.late}</Tag> : 0}</td>
              {!isShort && (
                <>
                  <td className="num">{shop.taken}</td>
                  <td className="num">{shop.declined}</td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Door({ shop, showing }: { shop: ShopActivityView; showing: OpsShowing }) {
  const { locale, timeZone } = showing;
  const t = texts(locale, 'admin');
  if (shop.level !== 'sell') return <Tag>{t(`level.${shop.level}`)}</Tag>;
  if (!shop.takesOrders) return <Tag colour="honey">{t('door.paused')}</Tag>;
  if (shop.isOpen)
    return (
      <>{shop.changesAt === undefined ? t('door.open') : t('door.openUntil', { time: formatTime(shop.changesAt, locale, timeZone) })}</>
    );
  return <span className="soft">{closedText(shop, showing, locale)}</span>;
}

function closedText({ changesAt }: ShopActivityView, { now, timeZone }: OpsShowing, locale: Locale): string {
  const t = texts(locale, 'admin');
  if (changesAt === undefined) return t('door.closed');
  if (daysAhead(changesAt, now, timeZone) === 0) return t('door.opensToday', { time: formatTime(changesAt, locale, timeZone) });
  return t('door.opens', { day: formatDay(changesAt, now, locale, timeZone), time: formatTime(changesAt, locale, timeZone) });
}
