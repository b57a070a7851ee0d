import { SubmitButton } from '@/components/commerce/submit-button';
import type { CommissionRuleView } from '@/lib/commission/views';
import type { Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { stamp, type OpsShowing } from '../../_parts/order-table';
import { withdrawRuleAction } from './actions';
import { rateText } from './rate-text';

/** Every rate with its days, its reason and who announced it; a coming one may still be taken back. */
export function RuleList({ rules, showing }: { readonly rules: readonly CommissionRuleView[]; readonly showing: OpsShowing }) {
  const { locale } = showing;
  const t = texts(locale, 'money');
  if (rules.length === 0) return <p className="box-note">{t('commission.none')}</p>;
  return (
    <ul className="grid gap-4 p-4">
      {rules.map((rule) => (
        <li key={rule.ruleId} className={`grid gap-1 border-l-4 pl-4 ${rule.state === 'current' ? 'border-baltard' : 'border-line'}`}>
          <p className="font-semibold">
            {whoOf(rule, locale)}, {rateText(rule.rateBps, locale)}, {t(`commission.state.${rule.state}`)}
          </p>
          <p>
            {t(rule.validTo === undefined ? 'commission.since' : 'commission.period', {
              from: stamp(rule.validFrom, showing),
              to: rule.validTo === undefined ? '' : stamp(rule.validTo, showing),
            })}
          </p>
          <p className="text-ink-soft">
            {t('commission.announced', { when: stamp(rule.announcedAt, showing), who: rule.announcedBy ?? t('commission.city') })}{' '}
            {rule.reason}
          </p>
          {rule.state === 'coming' && (
            <form action={withdrawRuleAction}>
              <input type="hidden" name="ruleId" value={rule.ruleId} />
              <SubmitButton className="btn btn-secondary btn-ops">
                {t('commission.withdraw')}
                <span className="sr-only">
                  {' '}
                  {whoOf(rule, locale)}, {rateText(rule.rateBps, locale)}
                </span>
              </SubmitButton>
            </form>
          )}
        </li>
      ))}
    </ul>
  );
}

/** For whom, and for which things where it is limited to some. */
function whoOf({ scope, name, department, method }: CommissionRuleView, locale: Locale): string {
  const t = texts(locale, 'money');
  const parts = [t(`commission.for.${scope}`, { name: name ?? '' }), department?.[locale], method && t(`commission.methods.${method}`)];
  return parts.filter((part) => part !== undefined).join(', ');
}
