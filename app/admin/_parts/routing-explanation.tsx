import { Tag } from '@/components/ui/tag';
import type { RoutingExplanationView } from '@/lib/insights/views';
import type { Minor } from '@/lib/kernel';
import { formatMoney, formatNumber, moneyOf } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { stamp, type OpsShowing } from './order-table';

const plans = ['suggested', 'fewest', 'soonest', 'cheapest', 'greenest', 'walk', 'round'] as const;

/** Why these shops: every offer the engine could take, and the one it took. */
export function RoutingExplanation({ explanation, showing }: { explanation: RoutingExplanationView; showing: OpsShowing }) {
  const { locale } = showing;
  const t = texts(locale, 'admin');
  const money = (amount: Minor) => formatMoney(moneyOf(amount), locale);
  const bestFor = plans.filter((plan) => explanation.kinds.includes(plan)).map((plan) => t(`plan.${plan}`));
  return (
    <section className="box" aria-labelledby={`why-${explanation.at}`}>
      <h2 id={`why-${explanation.at}`}>
        {t('why.title')}{' '}
        <small>
          {stamp(explanation.at, showing)}
          {bestFor.length > 0 && <>, {t('why.bestFor', { plans: bestFor.join(', ') })}</>}
        </small>
      </h2>
      <div className="grid-scroll" role="region" aria-label={t('why.title')} tabIndex={0}>
        <table className="grid-table">
          <thead>
            <tr>
              <th scope="col">{t('why.shop')}</th>
              <th scope="col" className="num">
                {t('why.price')}
              </th>
              <th scope="col" className="num">
                {t('why.available')}
              </th>
              <th scope="col" className="num">
                {t('why.risk')}
              </th>
              <th scope="col">{t('why.choice')}</th>
            </tr>
          </thead>
          {explanation.lines.map((line) => (
            <tbody key={line.lineId}>
              <tr>
                <th scope="rowgroup" colSpan={5}>
                  {line.title}
                  <span className="soft font-normal">
                    , {t('why.wanted', { count: formatNumber(line.quantity, locale) })}
                    {line.chosenShopName !== undefined && <>, {t('why.bound', { shop: line.chosenShopName })}</>}
                  </span>
                </th>
              </tr>
              {line.candidates.map((candidate) => (
                <tr key={candidate.offerId}>
                  <td>{candidate.shopName}</td>
                  <td className="num">{money(candidate.priceMinor)}</td>
                  <td className="num">{formatNumber(candidate.available, locale)}</td>
                  <td className="num">{candidate.riskMinor === undefined ? '' : money(candidate.riskMinor)}</td>
                  <td>
                    {candidate.supplied > 0 ? (
                      <Tag colour="green">{t('why.chosen')}</Tag>
                    ) : (
                      <span className="soft">{t('why.notChosen')}</span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </div>
      <p className="box-note">{t('why.note')}</p>
    </section>
  );
}
