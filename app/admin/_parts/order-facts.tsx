import type { Order360View } from '@/lib/fulfilment/views';
import type { Locale, Minor } from '@/lib/kernel';
import { formatMoney, moneyOf } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import type { TenderView } from '@/lib/wallet/views';
import { Fact } from './part-card';
import { stamp, type OpsShowing } from './order-table';

type Props = { readonly order: Order360View; readonly showing: OpsShowing };

const paymentStates = ['created', 'challenged', 'authorised', 'captured', 'declined', 'voided'] as const;
const plans = ['suggested', 'fewest', 'soonest', 'cheapest', 'greenest', 'walk', 'round'] as const;

/** What was held, taken and given back, and where the provider knows it. */
export function PaymentFacts({ order, tenders, showing }: Props & { readonly tenders: readonly TenderView[] }) {
  const { locale } = showing;
  const t = texts(locale, 'admin');
  const { payment, currency } = order;
  const money = (amount: Minor) => formatMoney(moneyOf(amount, currency), locale);
  const state = paymentStates.find((one) => one === payment?.state);
  return (
    <section className="box" aria-labelledby="payment">
      <h2 id="payment">{t('payment.title')}</h2>
      <div className="box-body">
        <dl className="facts">
          <Fact label={t('payment.goods')}>{money(order.goodsMinor)}</Fact>
          <Fact label={t('part.delivery')}>{money(order.deliveryMinor)}</Fact>
          <Fact label={t('orders.total')}>
            <b>{money(order.totalMinor)}</b>
          </Fact>
          {tenders.map((tender) => (
            <TenderFacts key={tender.tenderId} tender={tender} locale={locale} money={money} />
          ))}
          {payment === undefined ? (
            <Fact label={t('payment.state')}>
              {order.paidAt === undefined ? t('payment.none', { time: stamp(order.payBy, showing) }) : stamp(order.paidAt, showing)}
            </Fact>
          ) : (
            <>
              <Fact label={t('payment.state')}>{state === undefined ? payment.state : t(`paymentState.${state}`)}</Fact>
              <Fact label={t('payment.method')}>{t(`payment.by.${payment.method}`)}</Fact>
              <Fact label={t('payment.amount')}>{money(payment.amountMinor)}</Fact>
              <Fact label={t('part.captured')}>{money(payment.capturedMinor)}</Fact>
              <Fact label={t('part.refunded')}>{money(payment.refundedMinor)}</Fact>
              {payment.method === 'bank-transfer' && (
                <>
                  <Fact label={t('payment.arrived')}>{money(payment.arrivedMinor)}</Fact>
                  <Fact label={t('payment.sentBack')}>{money(payment.sentBackMinor)}</Fact>
                </>
              )}
              {payment.captureBefore !== undefined && payment.state === 'authorised' && (
                <Fact label={t('payment.captureBefore')}>{stamp(payment.captureBefore, showing)}</Fact>
              )}
              <Fact label={t('payment.provider')}>{payment.provider}</Fact>
              {payment.reference !== undefined && <Fact label={t('payment.reference')}>{payment.reference}</Fact>}
            </>
          )}
        </dl>
      </div>
    </section>
  );
}

type TenderFactsProps = { readonly tender: TenderView; readonly locale: Locale; readonly money: (amount: Minor) => string };

/** What a voucher holds or paid of the order, and what went back to it; nothing of one that was let go. */
function TenderFacts({ tender, locale, money }: TenderFactsProps) {
  const t = texts(locale, 'wallet');
  const { name, codeEnd: end, state, amountMinor, capturedMinor, returnedMinor } = tender;
  if (state === 'released') return null;
  return (
    <>
      <Fact label={t(state === 'captured' ? 'tracking.paid' : 'tracking.held', { name, end })}>
        {money(state === 'captured' ? capturedMinor : amountMinor)}
      </Fact>
      {returnedMinor > 0 && <Fact label={t('tracking.returned', { name, end })}>{money(returnedMinor)}</Fact>}
    </>
  );
}

/** Who ordered, how, and what was agreed before paying. */
export function OrderFacts({ order, showing }: Props) {
  const t = texts(showing.locale, 'admin');
  const plan = plans.find((one) => one === order.plan);
  return (
    <section className="box" aria-labelledby="facts">
      <h2 id="facts">{t('order.facts')}</h2>
      <div className="box-body">
        <dl className="facts">
          <Fact label={t('orders.shopper')}>{order.shopperName}</Fact>
          <Fact label={t('order.email')}>
            <a href={`mailto:${order.email}`}>{order.email}</a>
          </Fact>
          {order.phone !== undefined && <Fact label={t('order.phone')}>{order.phone}</Fact>}
          {order.address !== undefined && <Fact label={t('order.address')}>{order.address}</Fact>}
          <Fact label={t('order.plan')}>{plan === undefined ? order.plan : t(`plan.${plan}`)}</Fact>
          <Fact label={t('order.wish')}>{t(`wish.${order.rescueWish}`)}</Fact>
          <Fact label={t('order.terms')}>{order.termsVersion}</Fact>
          {order.isReplayed && <Fact label={t('order.origin')}>{t('order.replayed')}</Fact>}
        </dl>
      </div>
    </section>
  );
}
