import type { Metadata } from 'next';
import { deskLocale, enterShop } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { SubmitButton } from '@/components/commerce/submit-button';
import { Empty } from '@/components/ui/banner';
import { TextField } from '@/components/ui/field';
import { Tag } from '@/components/ui/tag';
import { DAY, formatDay, plusMs, type Instant, type Locale } from '@/lib/kernel';
import { isInNetwork, listDeliveries } from '@/lib/shelves';
import type { DeliveryView } from '@/lib/shelves/views';
import { getCity, localDay } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { StockTabs } from '../../../_parts/stock-tabs';
import { cancelDeliveryAction, expectDeliveryAction, receiveDeliveryAction } from '../shelves-actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'merchant')('shelves.deliveries.title') };
}

/** Goods on their way to this shelf: noted, received, or given up. */
export default async function DeliveriesPage({ params }: { readonly params: Promise<{ shop: string }> }) {
  const entered = await enterShop((await params).shop);
  if (!entered.ok) return null;
  const { scope, shop, locale } = entered.value;
  const now = requestMoment();
  const [deliveries, city, networked] = await Promise.all([listDeliveries(scope, now), getCity(), isInNetwork(scope)]);
  const t = texts(locale, 'merchant');
  const showing = { locale, now, timeZone: city.timeZone, slug: shop.slug };
  return (
    <main id="main" className="desk-page grid gap-5">
      <h1>{t('shelves.deliveries.title')}</h1>
      <StockTabs locale={locale} slug={shop.slug} role={scope.role} current="deliveries" isInNetwork={networked} />
      <p className="text-base text-ink-soft">{t('shelves.deliveries.text')}</p>
      <form action={expectDeliveryAction} className="panel grid items-end gap-4 p-5 md:grid-cols-[2fr_1fr_1fr_auto]">
        <input type="hidden" name="shop" value={shop.slug} />
        <TextField id="code" name="code" label={t('shelves.deliveries.code')} autoComplete="off" required />
        <TextField
          id="quantity"
          name="quantity"
          label={t('shelves.deliveries.quantity')}
          type="number"
          inputMode="numeric"
          min={1}
          required
        />
        <TextField
          id="day"
          name="day"
          label={t('shelves.deliveries.day')}
          type="date"
          defaultValue={localDay(plusMs(now, DAY), city.timeZone)}
          required
        />
        <SubmitButton className="btn btn-primary min-h-[56px]">{t('shelves.deliveries.add')}</SubmitButton>
      </form>
      {deliveries.length === 0 ? (
        <Empty title={t('shelves.deliveries.none')}>{t('shelves.deliveries.noneText')}</Empty>
      ) : (
        <ul className="grid gap-3">
          {deliveries.map((delivery) => (
            <Delivery key={delivery.deliveryId} delivery={delivery} showing={showing} />
          ))}
        </ul>
      )}
    </main>
  );
}

type DeliveryProps = {
  readonly delivery: DeliveryView;
  readonly showing: { readonly locale: Locale; readonly now: Instant; readonly timeZone: string; readonly slug: string };
};

function Delivery({ delivery, showing }: DeliveryProps) {
  const { locale, now, timeZone, slug } = showing;
  const t = texts(locale, 'merchant');
  const { title, deliveryId, quantity } = delivery;
  const inputId = `received-${deliveryId}`;
  return (
    <li className="panel flex flex-wrap items-end justify-between gap-4 p-4">
      <div className="min-w-0">
        <h2 className="text-lg">{title}</h2>
        <p className="flex flex-wrap items-center gap-2 text-base text-ink-soft">
          {t('shelves.deliveries.expected', { count: quantity, day: formatDay(delivery.expectedAt, now, locale, timeZone) })}
          {delivery.isLate && <Tag colour="honey">{t('shelves.deliveries.late')}</Tag>}
        </p>
      </div>
      <div className="flex flex-wrap items-end gap-3">
        <form action={receiveDeliveryAction} className="flex items-end gap-3">
          <input type="hidden" name="shop" value={slug} />
          <input type="hidden" name="deliveryId" value={deliveryId} />
          <div className="field">
            <label className="sr-only" htmlFor={inputId}>
              {t('shelves.deliveries.receivedCount', { title })}
            </label>
            <input id={inputId} name="received" type="number" inputMode="numeric" min={0} defaultValue={quantity} required />
          </div>
          <SubmitButton className="btn btn-primary min-h-[64px]">{t('shelves.deliveries.received')}</SubmitButton>
        </form>
        <form action={cancelDeliveryAction}>
          <input type="hidden" name="shop" value={slug} />
          <input type="hidden" name="deliveryId" value={deliveryId} />
          <SubmitButton className="btn btn-secondary min-h-[64px]" label={t('shelves.deliveries.cancelLabel', { title })}>
            {t('shelves.deliveries.cancel')}
          </SubmitButton>
        </form>
      </div>
    </li>
  );
}
