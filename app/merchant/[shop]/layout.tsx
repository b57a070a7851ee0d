import type { ReactNode } from 'react';
import { enterShop } from '@/app/_data/desk';
import { counterQueue } from '@/app/_data/counter';
import { requestMoment } from '@/app/_data/showing';
import { lastSaid } from '@/app/_actions/said';
import { LogoMark } from '@/components/commerce/logo';
import { Banner } from '@/components/ui/banner';
import { Icon } from '@/components/ui/icon';
import { SkipLink } from '@/components/ui/navigation';
import { formatTime } from '@/lib/kernel';
import { presenceToken } from '@/lib/presence';
import { listAskedToCarry } from '@/lib/shelves';
import { getCity, loadShopBook, takesOrdersAt } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { awayAction, switchOpeningAction } from './actions';
import { CarryAsked, carriesWaiting } from '../_parts/carry-asked';
import { PauseNote } from '../_parts/pause-note';
import { KeptDesk, KeptRefused } from '../_parts/kept-desk';
import { LiveDesk } from '../_parts/live-desk';
import { Rail } from '../_parts/rail';

type ShopLayoutProps = { readonly params: Promise<{ shop: string }>; readonly children: ReactNode };

/** What every page of a shop shares: its name, the switch, the rail, and an ear for new orders. */
export default async function ShopLayout({ params, children }: ShopLayoutProps) {
  const entered = await enterShop((await params).shop);
  if (!entered.ok) return null; // the counter role is the smallest there is
  const { scope, shop, locale } = entered.value;
  const t = texts(locale, 'merchant');
  const now = requestMoment();
  const [queue, book, said, city] = await Promise.all([counterQueue(scope), loadShopBook(now), lastSaid(), getCity()]);
  const facts = book.get(scope.shopId);
  const toCarry = facts?.networkId === undefined ? [] : await listAskedToCarry(scope); // nobody asks who stands alone
  const carrying = { asked: toCarry, slug: shop.slug, words: { locale, timeZone: city.timeZone } };
  const takesOrders = facts !== undefined && takesOrdersAt(facts, now);
  return (
    <div className="desk">
      <SkipLink>{texts(locale, 'common')('skip')}</SkipLink>
      <header className="desk-top">
        <a className="logo" href="/merchant" aria-label={t('top.home')}>
          <LogoMark />
        </a>
        <p className="desk-name">{shop.name}</p>
        <span className="flex-1" />
        <KeptDesk
          slug={shop.slug}
          icon={<Icon name="wifi-off" />}
          pages={[
            `/merchant/${shop.slug}/counter`,
            `/merchant/${shop.slug}/handover`,
            `/merchant/${shop.slug}/stock/scan`,
            ...[...queue.toAccept, ...queue.toPrepare, ...queue.ready].map((card) => `/merchant/${shop.slug}/counter/${card.subOrderId}`),
          ]}
          words={{
            offline: t('top.offline', { time: formatTime(queue.asOf, locale, city.timeZone) }),
            one: t('kept.one'),
            many: t('kept.many'),
            sendOne: t('kept.sendOne'),
            sendMany: t('kept.sendMany'),
            mark: t('kept.mark'),
            markMissing: t('kept.markMissing'),
          }}
        />
        {takesOrders ? (
          <form action={awayAction}>
            <input type="hidden" name="shop" value={shop.slug} />
            <button type="submit" className="desk-state" name="minutes" value="15" aria-label={t('top.away.title')}>
              <Icon name="clock" />
              <span className="only-wide">{t('top.away.title')}</span>
            </button>
          </form>
        ) : (
          facts !== undefined && <PauseNote facts={facts} now={now} words={{ locale, timeZone: city.timeZone }} />
        )}
        <form action={switchOpeningAction} data-keep="switch">
          <input type="hidden" name="shop" value={shop.slug} />
          <input type="hidden" name="takesOrders" value={takesOrders ? 'off' : 'on'} />
          <button
            type="submit"
            className={takesOrders ? 'desk-state is-open' : 'desk-state is-closed'}
            aria-pressed={takesOrders}
            aria-label={t('top.takesOrders')}
          >
            <Icon name={takesOrders ? 'store' : 'ban'} />
            <span className="only-wide">{takesOrders ? t('top.open') : t('top.closed')}</span>
            <span className="only-phone">{takesOrders ? t('top.openShort') : t('top.closedShort')}</span>
          </button>
        </form>
      </header>
      <Rail locale={locale} slug={shop.slug} role={scope.role} toAccept={queue.toAccept.length} />
      <div className="desk-main">
        <KeptRefused slug={shop.slug} words={{ title: t('kept.refused'), seen: t('kept.seen') }} />
        {said && (
          <div className="px-4 pt-4">
            <Banner kind={said.kind} announce>
              {said.text}
            </Banner>
          </div>
        )}
        <CarryAsked {...carrying} />
        {facts === undefined && (
          <div className="px-4 pt-4">
            <Banner kind="careful">
              {texts(locale, 'onboarding')('state.draft')}{' '}
              <a href={`/merchant/start?shop=${shop.slug}`}>{texts(locale, 'onboarding')('state.continue')}</a>
            </Banner>
          </div>
        )}
        {children}
      </div>
      <LiveDesk
        source={`/api/live?shop=${encodeURIComponent(shop.slug)}`}
        presence={presenceToken(scope.shopId, now)}
        waiting={[
          ...carriesWaiting(carrying),
          ...queue.toAccept.map((card) => ({
            id: card.subOrderId,
            title: t('takeover.articles', { count: card.articleCount }),
            text: t('takeover.answer', {
              name: card.shopperName,
              time: formatTime(card.acceptBy ?? card.promisedFrom, locale, city.timeZone),
            }),
            href: `/merchant/${shop.slug}/counter/${card.subOrderId}`,
          })),
        ]}
        words={{ title: t('takeover.title'), see: t('takeover.see') }}
      />
    </div>
  );
}
