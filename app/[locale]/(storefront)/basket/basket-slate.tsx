import { SlateSummary, type SlateLine, type SlateMoment, type SlateNote } from '@/components/commerce/slate-summary';
import type { Showing } from '@/components/commerce/showing';
import { SubmitButton } from '@/components/commerce/submit-button';
import type { BasketView } from '@/lib/basket/views';
import { formatMoney, moneyOf, sumMinor, type Locale, type Minor } from '@/lib/kernel';
import type { Method } from '@/lib/promise/views';
import { promiseText, texts } from '@/lib/texts';
import { enterCheckoutAction } from '../checkout/actions';

const methodCount = { pickup: 'pickups', courier: 'couriers', parcel: 'parcels' } as const;

/** Articles, then one line per way of receiving that is used. */
export function slateLines(basket: BasketView, locale: Locale): readonly SlateLine[] {
  const t = texts(locale, 'basket');
  const money = (amount: Minor) => formatMoney(moneyOf(amount, basket.currency), locale);
  const ways = (['pickup', 'courier', 'parcel'] satisfies readonly Method[]).flatMap((method) => {
    const groups = basket.groups.filter((group) => group.promise.method === method);
    const cost = sumMinor(groups.map((group) => group.deliveryMinor));
    if (groups.length === 0) return [];
    return [{ label: t(`slate.${methodCount[method]}`, { count: groups.length }), amount: cost === 0 ? t('slate.free') : money(cost) }];
  });
  return [{ label: t('slate.articles', { count: basket.articleCount }), amount: money(basket.goodsMinor) }, ...ways];
}

/** When each part is there, the earliest first. */
export function slateMoments(basket: BasketView, showing: Showing): readonly SlateMoment[] {
  const t = texts(showing.locale, 'basket');
  return basket.groups
    .toSorted((a, b) => a.promise.from - b.promise.from)
    .map(({ shop, promise }) => ({
      key: shop.shopId,
      when: promiseText(showing.locale, promise, showing),
      what: t(`slate.by.${promise.method}`, { shop: shop.name }),
    }));
}

/** The two lines of trust, only as far as they are true for every line (ux.md §14). */
function slateNotes(basket: BasketView, locale: Locale): readonly SlateNote[] {
  const t = texts(locale, 'basket');
  const days = [...new Set(basket.groups.map((group) => group.shop.returnDays))];
  const [only] = days;
  const hasException = basket.groups.some((group) => group.lines.some((line) => line.withdrawalException !== undefined));
  const returns =
    days.length !== 1 || only === undefined
      ? t('slate.returnsVary')
      : t(hasException ? 'slate.returnsExcept' : 'slate.returns', { days: only });
  const isVerified = basket.groups.every((group) => group.shop.verifiedAt !== undefined);
  return [
    { icon: 'undo-2', text: returns },
    ...(isVerified ? [{ icon: 'shield-check' as const, text: t('slate.merchants', { shops: basket.shopCount }) }] : []),
  ];
}

/** The slate: what it costs, when each part comes, on to the order. */
export function BasketSlate({ basket, showing }: { basket: BasketView; showing: Showing }) {
  const { locale } = showing;
  const t = texts(locale, 'basket');
  return (
    <SlateSummary
      title={t('slate.title')}
      lines={slateLines(basket, locale)}
      total={{ label: t('slate.total'), amount: formatMoney(moneyOf(basket.totalMinor, basket.currency), locale) }}
      moments={slateMoments(basket, showing)}
      momentsLabel={t('slate.when')}
      action={<OrderForm locale={locale} className="btn btn-honey btn-pay" />}
      notes={slateNotes(basket, locale)}
    />
  );
}

/** On a phone the total and the way on stay in reach. */
export function BasketBar({ basket, locale }: { basket: BasketView; locale: Locale }) {
  const t = texts(locale, 'basket');
  return (
    <div className="total-bar" role="group" aria-label={t('slate.bar')}>
      <span>
        <span className="block text-sm text-craie-soft">{t('slate.total')}</span>
        <b className="total-bar-sum">{formatMoney(moneyOf(basket.totalMinor, basket.currency), locale)}</b>
      </span>
      <OrderForm locale={locale} className="btn btn-honey" />
    </div>
  );
}

/** On to the order: a form, because entering it holds the units. */
function OrderForm({ locale, className }: { locale: Locale; className: string }) {
  return (
    <form action={enterCheckoutAction}>
      <input type="hidden" name="locale" value={locale} />
      <SubmitButton className={className}>{texts(locale, 'basket')('slate.order')}</SubmitButton>
    </form>
  );
}
