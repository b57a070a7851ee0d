import { SubmitButton } from '@/components/commerce/submit-button';
import { SelectField, TextAreaField } from '@/components/ui/field';
import type { DisputeView } from '@/lib/disputes/views';
import type { Minor } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { stamp, type OpsShowing } from '../../_parts/order-table';
import { answerDisputeAction } from './actions';

type DisputeCardProps = { readonly dispute: DisputeView; readonly showing: OpsShowing; readonly money: (amount: Minor) => string };

/** One dispute: what, whose, until when; open ones with the answer below. */
export function DisputeCard({ dispute, showing, money }: DisputeCardProps) {
  const t = texts(showing.locale, 'money');
  const { disputeId, state, closedAt, answerBy } = dispute;
  return (
    <section className="box mb-4" aria-labelledby={disputeId}>
      <h2 id={disputeId} className="box-title">
        {t('disputes.head', { number: dispute.orderNumber, amount: money(dispute.amountMinor) })}, {t(`disputes.state.${state}`)}
      </h2>
      <div className="grid gap-2 p-4">
        <p>
          {t('disputes.opened', { when: stamp(dispute.openedAt, showing) })}
          {closedAt !== undefined && `. ${t('disputes.closed', { when: stamp(closedAt, showing) })}`}
          {state === 'open' && answerBy !== undefined && (
            <strong className="block text-miel-ink">{t('disputes.answerBy', { when: stamp(answerBy, showing) })}</strong>
          )}
        </p>
        <p className="text-ink-soft">
          {t('disputes.reasonLabel')} <code lang="en">{dispute.reason}</code>
        </p>
        <ul className="grid gap-1 pl-5 [list-style:disc]" aria-label={t('disputes.parts')}>
          {dispute.parts.map((part) => (
            <li key={part.number}>
              {t('disputes.part', { number: part.number, shop: part.shopName, amount: money(part.amountMinor) })}
              <span className="text-ink-soft"> ({t(`disputes.bearer.${part.bearer}`)})</span>
            </li>
          ))}
          {dispute.cityMinor > 0 && <li>{t('disputes.city', { amount: money(dispute.cityMinor) })}</li>}
          {dispute.feeMinor > 0 && <li>{t('disputes.fee', { amount: money(dispute.feeMinor) })}</li>}
        </ul>
        <p>
          <a href={`/admin/orders/${dispute.orderId}`}>
            {t('disputes.order')}
            <span className="sr-only"> {dispute.orderNumber}</span>
          </a>
        </p>
        {state === 'open' && <DisputeAnswer dispute={dispute} showing={showing} />}
      </div>
    </section>
  );
}

function DisputeAnswer({ dispute: { disputeId, orderNumber }, showing }: Pick<DisputeCardProps, 'dispute' | 'showing'>) {
  const t = texts(showing.locale, 'money');
  return (
    <details>
      <summary className="min-h-11 cursor-pointer py-2 font-semibold">
        {t('disputes.answer')}
        <span className="sr-only"> {orderNumber}</span>
      </summary>
      <form action={answerDisputeAction} className="grid max-w-[46rem] gap-4">
        <input type="hidden" name="disputeId" value={disputeId} />
        <SelectField id={`${disputeId}-bearer`} name="bearer" label={t('disputes.who')} required>
          <option value="merchant">{t('disputes.whoMerchant')}</option>
          <option value="city">{t('disputes.whoCity')}</option>
        </SelectField>
        <TextAreaField
          id={`${disputeId}-evidence`}
          name="evidence"
          label={t('disputes.evidence')}
          hint={t('disputes.evidenceHint')}
          rows={4}
          maxLength={5000}
        />
        <p className="text-ink-soft">{t('disputes.acceptText')}</p>
        <div className="flex flex-wrap gap-3">
          <SubmitButton className="btn btn-primary btn-ops" name="answer" value="contest">
            {t('disputes.contest')}
          </SubmitButton>
          <SubmitButton className="btn btn-secondary btn-ops" name="answer" value="accept">
            {t('disputes.accept')}
          </SubmitButton>
        </div>
      </form>
    </details>
  );
}
