import { Banner } from '@/components/ui/banner';
import type { Locale } from '@/lib/kernel';
import { formatTime } from '@/lib/kernel';
import type { CarriedView } from '@/lib/shelves/views';
import { texts } from '@/lib/texts';
import type { Waiting } from './live-desk';

type CarryAskedProps = {
  readonly asked: readonly CarriedView[];
  readonly slug: string;
  readonly words: { readonly locale: Locale; readonly timeZone: string };
};

const transfersOf = (slug: string) => `/merchant/${slug}/stock/transfers`;

/** What another shop of the network waits for, because a shopper does; the answer is one tap on the page of transfers. */
export function CarryAsked({ asked, slug, words: { locale, timeZone } }: CarryAskedProps) {
  const t = texts(locale, 'merchant');
  return asked.map(({ transferId, quantity, title, number, toShop: shop, sendBy }) => (
    <div className="px-4 pt-4" key={transferId}>
      <Banner kind="careful">
        {t('carry.asked', { quantity, title, number, shop, time: formatTime(sendBy, locale, timeZone) })}{' '}
        <a href={transfersOf(slug)}>{t('carry.see')}</a>
      </Banner>
    </div>
  ));
}

/** The same for the ringing. */
export function carriesWaiting({ asked, slug, words: { locale, timeZone } }: CarryAskedProps): readonly Waiting[] {
  const t = texts(locale, 'merchant');
  return asked.map(({ transferId: id, quantity: count, title, toShop: shop, sendBy }) => ({
    id,
    title: t('takeover.articles', { count }),
    text: t('carry.ring', { title, shop, time: formatTime(sendBy, locale, timeZone) }),
    href: transfersOf(slug),
  }));
}
