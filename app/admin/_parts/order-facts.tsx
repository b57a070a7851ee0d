import type { Order360View } from '@/lib/fulfilment/views';
import type { Minor } from '@/lib/kernel';
import { formatMoney, moneyOf } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { Fact } from './part-card';
import { stamp, type OpsShowing } from './order-table';

type Props = { readonly order: Order360View; readonly showing: OpsShowing };

const paymentStates = ['created', 'challenged', 'authorised', 'captured', 'declined', 'voided'] as const;
const plans = ['suggested', 'fewest', 'soonest', 'cheapest', 'greenest', 'walk', 'round'] as const;

/** What was held, taken and given back, and where the provider knows it. */
export function PaymentFacts({ order, showing }: Props) {
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
          {payment === undefined ? (
            <Fact label={t('payment.state')}>
              {order.paidAt === undefined ? t('payment.none', { time: stamp(order.payBy, showing) }) : stamp(order.paidAt, showing)}
            </Fact>
          ) : (
            <>
              <Fact label={t('payment.state')}>{state === undefined ? payment.state : t(`paymentState.${state}`)}</Fact>
              <Fact label={t('payment.amount')}>{money(payment.amountMinor)}</Fact>
              <Fact label={t('part.captured')}>{money(payment.capturedMinor)}</Fact>
              <Fact label={t('part.refunded')}>{money(payment.refundedMinor)}</Fact>
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
