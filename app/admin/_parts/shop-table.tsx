import { Tag } from '@/components/ui/tag';
import type { ShopActivityView } from '@/lib/insights/views';
import type { Locale } from '@/lib/kernel';
import { daysAhead, formatDay, formatTime, pathTo } from '@/lib/kernel';
import { texts, tradeName } from '@/lib/texts';
import { GridTable } from './grid-table';
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
  const { locale } = showing;
  return (
    <GridTable
      caption={caption}
      rows={rows}
      rowKey={(shop) => shop.shopId}
      columns={[
        {
          head: t('shops.name'),
          kind: 'clip',
          title: (shop) => shop.name,
          cell: (shop) => <a href={pathTo(locale, 'shop', { slug: shop.slug })}>{shop.name}</a>,
        },
        !isShort && { head: t('shops.trade'), cell: (shop) => tradeName(shop.trade, locale) },
        !isShort && { head: t('shops.street'), kind: 'nowrap', cell: (shop) => `${shop.street}, ${shop.town}` },
        !isShort && { head: t('shops.door'), kind: 'nowrap', cell: (shop) => <Door shop={shop} showing={showing} /> },
        { head: t('shops.open'), kind: 'num', cell: (shop) => shop.toAccept + shop.toPrepare + shop.ready },
        { head: t('shops.late'), kind: 'num', cell: (shop) => (shop.late > 0 ? <Tag colour="tomato">{shop.late}</Tag> : 0) },
        !isShort && { head: t('shops.taken'), kind: 'num', cell: (shop) => shop.taken },
        !isShort && { head: t('shops.declined'), kind: 'num', cell: (shop) => shop.declined },
      ]}
    />
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
