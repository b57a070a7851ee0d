import { Tag } from '@/components/ui/tag';
import type { ShopActivityView } from '@/lib/insights/views';
import type { Locale } from '@/lib/kernel';
import { MINUTE, daysAhead, formatDay, formatTime, pathTo } from '@/lib/kernel';
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
          cell: (shop) => (
            <>
              <a href={pathTo(locale, 'shop', { slug: shop.slug })}>{shop.name}</a>
              {isShort && <small className="block text-miel-ink">{deskText(shop, showing)}</small>}
            </>
          ),
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
  if (!shop.takesOrders || shop.counterShutSince !== undefined) return <Desk shop={shop} showing={showing} />;
  if (shop.isOpen)
    return (
      <>{shop.changesAt === undefined ? t('door.open') : t('door.openUntil', { time: formatTime(shop.changesAt, locale, timeZone) })}</>
    );
  return <span className="soft">{closedText(shop, showing, locale)}</span>;
}

/** What somebody who waits for this shop's answer ought to know; nothing when all is as usual. */
function Desk({ shop, showing }: { shop: ShopActivityView; showing: OpsShowing }) {
  const words = deskText(shop, showing);
  return words === undefined ? null : <Tag colour="honey">{words}</Tag>;
}

/** `De retour à 14 h 15`, `Comptoir fermé depuis 12 min`; undefined when somebody is there, or when nothing is known. */
export function deskText(shop: ShopActivityView, { locale, now, timeZone }: OpsShowing): string | undefined {
  const t = texts(locale, 'admin');
  const { pausedUntil, pauseReason, counterShutSince } = shop;
  if (shop.level !== 'window' && !shop.takesOrders) {
    if (pausedUntil === undefined) return t('door.paused');
    const time = formatTime(pausedUntil, locale, timeZone);
    if (pauseReason === 'away') return t('door.backAt', { time });
    return t('door.silentUntil', { day: formatDay(pausedUntil, now, locale, timeZone), time });
  }
  if (counterShutSince === undefined) return undefined;
  const minutes = Math.floor((now - counterShutSince) / MINUTE);
  return minutes < 120
    ? t('door.shutMinutes', { count: minutes })
    : t('door.shutSince', { time: formatTime(counterShutSince, locale, timeZone) });
}

function closedText({ changesAt }: ShopActivityView, { now, timeZone }: OpsShowing, locale: Locale): string {
  const t = texts(locale, 'admin');
  if (changesAt === undefined) return t('door.closed');
  if (daysAhead(changesAt, now, timeZone) === 0) return t('door.opensToday', { time: formatTime(changesAt, locale, timeZone) });
  return t('door.opens', { day: formatDay(changesAt, now, locale, timeZone), time: formatTime(changesAt, locale, timeZone) });
}
