import type { ReactNode } from 'react';
import type { AbsenceView, HandoverView, OperatorSubOrderView, PickLineView } from '@/lib/fulfilment/views';
import type { Currency, Minor } from '@/lib/kernel';
import { formatMoney, formatNumber, moneyOf, pathTo } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { HandoverFact } from './handover-fact';
import { stamp, type OpsShowing } from './order-table';
import { SubOrderTag } from './state-tag';

type PartCardProps = {
  readonly part: OperatorSubOrderView;
  readonly currency: Currency;
  readonly showing: OpsShowing;
  readonly handovers: readonly (HandoverView | AbsenceView)[];
};

/** One shop's part: state, promise, articles and its money, to be read beside the others. */
export function PartCard({ part, currency, showing, handovers }: PartCardProps) {
  const { locale } = showing;
  const t = texts(locale, 'admin');
  const money = (amount: Minor) => formatMoney(moneyOf(amount, currency), locale);
  const promise =
    part.promisedTo === undefined
      ? stamp(part.promisedFrom, showing)
      : `${stamp(part.promisedFrom, showing)} – ${stamp(part.promisedTo, showing)}`;
  return (
    <section className="box" aria-labelledby={part.subOrderId}>
      <div className="box-title">
        <h2 id={part.subOrderId} className="text-base">
          {part.number}
        </h2>
        <SubOrderTag state={part.state} locale={locale} />
      </div>
      <div className="box-body grid gap-3">
        <p>
          <a className="font-semibold" href={pathTo(locale, 'shop', { slug: part.shopSlug })}>
            {part.shopName}
          </a>
          <span className="block text-ink-soft">{part.merchantName}</span>
        </p>
        <dl className="facts">
          <Fact label={t('part.method')}>{t(`method.${part.method}`)}</Fact>
          <Fact label={t('part.promise')}>
            <span className={part.isLate ? 'font-semibold text-tomate' : ''}>{promise}</span>
          </Fact>
          {part.state === 'offered' && part.acceptBy !== undefined && (
            <Fact label={t('part.acceptBy')}>{stamp(part.acceptBy, showing)}</Fact>
          )}
          {handovers.map((handover) => (
            <Fact key={`${handover.kind}-${handover.at}`} label={t(handover.kind === 'absent' ? 'proof.atDoor' : 'proof.title')}>
              <HandoverFact handover={handover} showing={showing} />
            </Fact>
          ))}
          {part.refusalReason !== undefined && <Fact label={t('part.reason')}>{reasonText(part.refusalReason, showing)}</Fact>}
        </dl>
      </div>
      <table className="grid-table">
        <caption className="sr-only">{t('part.lines', { number: part.number })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('part.article')}</th>
            <th scope="col" className="num">
              {t('part.quantity')}
            </th>
            <th scope="col" className="num">
              {t('orders.total')}
            </th>
          </tr>
        </thead>
        <tbody>
          {part.lines.map((line) => (
            <tr key={line.lineId}>
              <td>
                {line.title}
                {line.keyAttribute !== undefined && <span className="soft">, {line.keyAttribute}</span>}
              </td>
              <td className="num">{quantityOf(line, showing)}</td>
              <td className="num">{money(line.totalMinor)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="box-note">
        <dl className="facts">
          <Fact label={t('part.delivery')}>{money(part.deliveryMinor)}</Fact>
          <Fact label={t('orders.total')}>
            <b>{money(part.totalMinor)}</b>
          </Fact>
          <Fact label={t('part.captured')}>{money(part.capturedMinor)}</Fact>
          {part.refundedMinor > 0 && <Fact label={t('part.refunded')}>{money(part.refundedMinor)}</Fact>}
          <Fact label={t('part.commission')}>{money(part.commissionMinor)}</Fact>
        </dl>
      </div>
    </section>
  );
}

/** One fact and its name. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

const reasons = ['missing', 'damaged', 'closing', 'overloaded', 'other', 'not-carried'] as const;

function reasonText(reason: string, { locale }: OpsShowing): string {
  const known = reasons.find((one) => one === reason);
  return known === undefined ? reason : texts(locale, 'admin')(`reason.${known}`);
}

function quantityOf(line: PickLineView, { locale }: OpsShowing): string {
  const t = texts(locale, 'admin');
  const unit = line.salesUnit === 'each' ? '' : line.salesUnit === 'gram' ? '\u00a0g' : '\u00a0mm';
  const ordered = `${formatNumber(line.quantity, locale)}${unit}`;
  if (line.pickedQuantity === undefined || line.pickedQuantity === line.quantity) return ordered;
  return t('part.pickedOf', { picked: formatNumber(line.pickedQuantity, locale), ordered });
}
