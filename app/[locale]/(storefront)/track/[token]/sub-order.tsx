import type { ReactNode } from 'react';
import { LineItem } from '@/components/commerce/line-item';
import { PromisePill } from '@/components/commerce/promise';
import type { Showing } from '@/components/commerce/showing';
import { SubOrderGroup } from '@/components/commerce/sub-order-group';
import { SubmitButton } from '@/components/commerce/submit-button';
import { Banner } from '@/components/ui/banner';
import { ButtonLink } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { Steps, type Step } from '@/components/ui/steps';
import { VisuallyHidden } from '@/components/ui/tag';
import { directionsUrl } from '@/app/_text/directions';
import { quantityText } from '@/app/_text/quantity-text';
import type { ChangeView, TrackedSubOrderView, TrackingView } from '@/lib/fulfilment/views';
import { dayKey, formatDay, formatMoney, formatTime, moneyOf, pathTo, type Instant } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { cancelAction } from './actions';

type SubOrderProps = { readonly subOrder: TrackedSubOrderView; readonly order: TrackingView; readonly showing: Showing };

/** One shop's part: where it stands, what it promises now, how to reach the shop, the code. */
export function SubOrder({
  subOrder,
  order,
  showing,
  awning,
  children,
}: SubOrderProps & { readonly awning: number; readonly children?: ReactNode }) {
  const { locale } = showing;
  const { shop } = subOrder;
  return (
    <SubOrderGroup
      id={`sub-${subOrder.number}`}
      awning={awning}
      shopName={shop.name}
      shopHref={pathTo(locale, 'shop', { slug: shop.slug })}
      where={texts(locale, 'tracking')('sub.walk', { street: shop.street, town: shop.town })}
      promise={subOrder.hasEnded || subOrder.step === 5 ? undefined : <PromiseNow subOrder={subOrder} order={order} showing={showing} />}
      lines={subOrder.lines.map((line) => (
        <LineItem
          key={`${line.productId}-${line.title}`}
          locale={locale}
          line={{
            lineId: line.productId,
            seed: line.productId,
            family: line.family,
            glyph: line.glyph,
            title: line.title,
            note: line.keyAttribute,
            quantityText: `×\u00a0${quantityText(locale, line.quantity, line.salesUnit)}`,
            quantity: line.quantity,
            step: 1,
            maximum: line.quantity,
            total: moneyOf(line.totalMinor, order.currency),
          }}
        />
      ))}
    >
      {subOrder.change && <ChangeNote change={subOrder.change} subOrder={subOrder} order={order} showing={showing} />}
      <div className="grid gap-x-8 gap-y-5 px-[22px] pb-5 max-md:px-4 md:grid-cols-2">
        <Progress subOrder={subOrder} showing={showing} />
        <Reach subOrder={subOrder} order={order} showing={showing} />
      </div>
      {children}
    </SubOrderGroup>
  );
}

function PromiseNow({ subOrder, order, showing }: SubOrderProps) {
  return (
    <PromisePill
      promise={{
        method: subOrder.method,
        from: subOrder.promisedFrom,
        to: subOrder.promisedTo,
        certainty: subOrder.isLate ? 'late' : 'sure',
        cost: moneyOf(subOrder.deliveryMinor, order.currency),
        keptUntil: subOrder.keptUntil,
      }}
      {...showing}
    />
  );
}

/** A change is said in words before the new state. */
function ChangeNote({ change, subOrder, order, showing }: SubOrderProps & { readonly change: ChangeView }) {
  const t = texts(showing.locale, 'tracking');
  const amount = formatMoney(moneyOf(change.notTakenMinor, order.currency), showing.locale);
  return (
    <div className="px-[22px] pb-4 max-md:px-4">
      <Banner kind="careful">
        {change.kind === 'late'
          ? t('late')
          : change.kind === 'less'
            ? t('less', { amount })
            : change.kind === 'moved'
              ? t('rescued.moved', { shop: subOrder.shop.name })
              : t(`ended.${change.kind}`, { shop: subOrder.shop.name })}
      </Banner>
    </div>
  );
}

function stepTime(at: Instant | undefined, { locale, now, timeZone }: Showing): string | undefined {
  if (at === undefined) return undefined;
  const time = formatTime(at, locale, timeZone);
  return dayKey(at, timeZone) === dayKey(now, timeZone) ? time : `${formatDay(at, now, locale, timeZone)} ${time}`;
}

function Progress({ subOrder, showing }: Pick<SubOrderProps, 'subOrder' | 'showing'>) {
  const t = texts(showing.locale, 'tracking');
  const isPickup = subOrder.method === 'pickup';
  const label = (name: TrackedSubOrderView['steps'][number]['name']) => {
    if (name === 'ready') return t(isPickup ? 'sub.step.ready' : 'sub.step.underWay');
    if (name === 'done') return t(isPickup ? 'sub.step.handedOver' : 'sub.step.delivered');
    return t(`sub.step.${name}`);
  };
  const reached = subOrder.hasEnded ? subOrder.steps.filter((step) => step.at !== undefined) : subOrder.steps;
  const steps = reached.map((step, index): Step => {
    const place = index + 1;
    const isPast = place < subOrder.step || subOrder.step === 5 || (subOrder.hasEnded && place === subOrder.step);
    return {
      key: step.name,
      label: label(step.name),
      state: isPast ? 'past' : place === subOrder.step ? 'current' : 'ahead',
      time: stepTime(step.at, showing),
    };
  });
  return (
    <section aria-label={t('sub.steps', { shop: subOrder.shop.name })}>
      <Steps steps={steps} words={{ past: t('sub.words.past'), current: t('sub.words.current'), ahead: t('sub.words.ahead') }} />
    </section>
  );
}

/** Code, way, telephone, and the way out while there is one. */
function Reach({ subOrder, order, showing }: SubOrderProps) {
  const { locale } = showing;
  const t = texts(locale, 'tracking');
  const { shop } = subOrder;
  const hidden = (text: string) => <VisuallyHidden>{text}</VisuallyHidden>;
  return (
    <div className="grid content-start justify-items-stretch gap-3">
      {subOrder.passToken !== undefined && !subOrder.hasEnded && subOrder.step < 5 && (
        <>
          <p className="flex items-baseline justify-between gap-3 rounded-control bg-sunken px-4 py-2.5">
            <span className="text-md text-ink-soft">{t('sub.code')}</span>
            <b className="display text-2xl font-extrabold tracking-[.14em]">{subOrder.pickupCode}</b>
          </p>
          <ButtonLink href={pathTo(locale, 'pickup', { token: subOrder.passToken })}>
            <Icon name="qr-code" />
            {t('sub.pass')}
            {hidden(t('sub.passHidden', { shop: shop.name }))}
          </ButtonLink>
        </>
      )}
      {subOrder.method === 'courier' && subOrder.pickupCode !== undefined && (
        <p className="flex items-baseline justify-between gap-3 rounded-control bg-sunken px-4 py-2.5">
          <span className="text-md text-ink-soft">{t('sub.doorCode')}</span>
          <b className="display text-2xl font-extrabold tracking-[.14em]">{subOrder.pickupCode}</b>
        </p>
      )}
      {subOrder.isSetAside && !subOrder.hasEnded && subOrder.step < 5 && (
        <p className="flex items-center gap-2 text-md font-semibold">
          <Icon name="store" />
          {t('sub.inShop', { amount: formatMoney(moneyOf(subOrder.totalMinor, order.currency), locale) })}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        {subOrder.method === 'pickup' && (
          <ButtonLink kind="secondary" className="flex-1" href={directionsUrl(shop)} rel="noreferrer">
            <Icon name="navigation" />
            {t('sub.directions')}
            {hidden(t('sub.directionsHidden', { shop: shop.name }))}
          </ButtonLink>
        )}
        <ButtonLink kind="secondary" className="flex-1" href={`tel:${shop.phone.replaceAll(/\s/gu, '')}`}>
          <Icon name="phone" />
          {t('sub.call')}
          {hidden(t('sub.callHidden', { shop: shop.name }))}
        </ButtonLink>
      </div>
      {subOrder.canSwitch && (
        <a
          href={`${pathTo(locale, 'track', { token: order.orderToken }, { changer: subOrder.number })}#switch-${subOrder.number}`}
          className="inline-flex min-h-11 items-center text-md"
        >
          {t('switch.open')}
          {hidden(t('switch.openHidden', { shop: shop.name }))}
        </a>
      )}
      {subOrder.step === 5 && !subOrder.hasEnded && (
        <ButtonLink kind="secondary" href={pathTo(locale, 'return', { token: order.orderToken })}>
          <Icon name="undo-2" />
          {texts(locale, 'returns')('card.start')}
          {hidden(t('sub.passHidden', { shop: shop.name }))}
        </ButtonLink>
      )}
      {subOrder.canCancel && <Cancel subOrder={subOrder} order={order} showing={showing} />}
    </div>
  );
}

/** Two taps, because it cannot be taken back; the second says what it is worth. */
function Cancel({ subOrder, order, showing }: SubOrderProps) {
  const t = texts(showing.locale, 'tracking');
  return (
    <details className="text-md">
      <summary className="inline-flex min-h-11 items-center text-plaque underline underline-offset-[.18em]">
        {t('sub.cancel')}
        <VisuallyHidden>{t('sub.cancelHidden', { shop: subOrder.shop.name })}</VisuallyHidden>
      </summary>
      <form action={cancelAction} className="grid justify-items-start gap-3 pt-1">
        <p className="hint">{t('sub.cancelHint')}</p>
        <input type="hidden" name="locale" value={showing.locale} />
        <input type="hidden" name="token" value={order.orderToken} />
        <input type="hidden" name="subOrderId" value={subOrder.subOrderId} />
        <input type="hidden" name="shop" value={subOrder.shop.name} />
        <SubmitButton className="btn btn-danger">
          {t('sub.cancelConfirm', { amount: formatMoney(moneyOf(subOrder.totalMinor, order.currency), showing.locale) })}
        </SubmitButton>
      </form>
    </details>
  );
}
