import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { currentShopper } from '@/app/_data/shopper';
import { localeFrom, showingFor } from '@/app/_data/showing';
import { currentPlace } from '@/app/_data/place';
import { CheckoutFormLive } from '@/components/commerce/checkout-form-live';
import type { Showing } from '@/components/commerce/showing';
import { ButtonLink } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { countBasket } from '@/lib/basket';
import { findPlacedOrder, getCheckout } from '@/lib/checkout';
import type { CheckoutView } from '@/lib/checkout/views';
import type { SessionView } from '@/lib/identity/views';
import { formatMoney, moneyOf, pathTo, type Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { placeOrderAction } from './actions';
import { CheckoutSlate } from './checkout-slate';
import { currentModules } from '@/lib/modules';
import { checkoutWords } from './checkout-words';
import { HoldNote } from './hold-note';
import { SetAside } from './set-aside';
import { Trust } from './trust';

type CheckoutPageProps = { readonly params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: CheckoutPageProps): Promise<Metadata> {
  const t = texts(localeFrom((await params).locale), 'checkout');
  return { title: t('title'), robots: { index: false } };
}

/** The order on one page, as a guest: who, where, what if, then the recap per shop, the total and the button. */
export default async function CheckoutPage({ params }: CheckoutPageProps) {
  const showing = await showingFor(params);
  const { shopper, session } = await currentShopper();
  const page = await getCheckout(shopper, showing.now);
  if (!page) {
    const before = await findPlacedOrder(shopper);
    if (before) redirect(pathTo(showing.locale, 'payment', { token: before.orderToken })); // the back button after ordering
    if ((await countBasket(shopper)) > 0) redirect(pathTo(showing.locale, 'basket')); // nothing was settled yet, or the basket changed since
    return <NothingToOrder locale={showing.locale} />;
  }
  const [place, modules] = await Promise.all([currentPlace(), currentModules()]);
  return <Order page={page} showing={showing} session={session} place={place?.label} takesVouchers={modules.works('vouchers')} />;
}

type OrderProps = {
  readonly page: CheckoutView;
  readonly showing: Showing;
  readonly session: SessionView | undefined;
  readonly place: string | undefined;
  readonly takesVouchers: boolean;
};

function Order({ page, showing, session, place, takesVouchers }: OrderProps) {
  const { locale } = showing;
  const t = texts(locale, 'checkout');
  const { basket } = page;
  const total = formatMoney(moneyOf(page.toPayMinor, basket.currency), locale);
  return (
    <main id="main" className="wrap page">
      <a href={pathTo(locale, 'basket')} className="inline-flex min-h-11 items-center gap-1.5">
        <Icon name="chevron-left" />
        {t('back')}
      </a>
      <h1 className="text-4xl max-md:text-3xl">{t('title')}</h1>
      <p className="mt-1.5 text-ink-soft">{t('intro', { shops: basket.shopCount })}</p>
      <details className="panel mt-5 px-[18px] lg:hidden">
        <summary className="flex min-h-14 items-center justify-between gap-3 font-semibold">
          {t('orderDetails', { articles: basket.articleCount, total })}
          <Icon name="chevron-down" />
        </summary>
        <ul className="grid gap-2 pb-4 text-md">
          {basket.groups.map(({ shop, lines }) => (
            <li key={shop.shopId}>
              <b className="font-semibold">{shop.name}</b>: {lines.map((line) => line.title).join(', ')}
            </li>
          ))}
        </ul>
      </details>
      <CheckoutFormLive
        action={placeOrderAction}
        words={checkoutWords(locale, page, takesVouchers)}
        known={{
          email: session?.email ?? '',
          name: session?.name ?? '',
          address: place ?? '',
          rescueWish: page.isOnlySetAside ? 'refund' : 'elsewhere',
        }}
        hidden={{
          locale,
          key: crypto.randomUUID(),
          totalSeenMinor: String(page.toPayMinor),
          dueSeenMinor: String(page.tenders.cardMinor),
          needsAddress: page.needsAddress ? '1' : '0',
          needsAge: page.minimumAge === undefined ? '0' : '1',
        }}
        needsAddress={page.needsAddress}
        needsAge={page.minimumAge !== undefined}
        addressesUrl="/api/addresses"
        hold={<HoldNote page={page} showing={showing} />}
        payment={<SetAside page={page} locale={locale} />}
        trust={<Trust locale={locale} />}
        slate={<CheckoutSlate page={page} showing={showing} />}
      />
    </main>
  );
}

function NothingToOrder({ locale }: { locale: Locale }) {
  const t = texts(locale, 'checkout');
  return (
    <main id="main" className="wrap page">
      <h1 className="text-4xl max-md:text-3xl">{t('title')}</h1>
      <div className="empty mt-7">
        <Icon name="shopping-basket" className="text-3xl text-baltard" />
        <p className="text-lg">{t('empty.text')}</p>
        <ButtonLink href={pathTo(locale, 'basket')}>{t('empty.action')}</ButtonLink>
      </div>
    </main>
  );
}
