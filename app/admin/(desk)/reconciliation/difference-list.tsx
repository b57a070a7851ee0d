import { SubmitButton } from '@/components/commerce/submit-button';
import { TextField } from '@/components/ui/field';
import type { Minor } from '@/lib/kernel';
import type { DifferenceView } from '@/lib/reconciliation/views';
import { texts } from '@/lib/texts';
import { stamp, type OpsShowing } from '../../_parts/order-table';
import { noteDifferenceAction } from './actions';

type DifferenceListProps = {
  readonly differences: readonly DifferenceView[];
  readonly showing: OpsShowing;
  readonly money: (amount: Minor) => string;
};

/** Each difference with both figures, what it usually means, and what somebody found it to be. */
export function DifferenceList({ differences, showing, money }: DifferenceListProps) {
  const t = texts(showing.locale, 'money');
  if (differences.length === 0) return <p className="box-note">{t('reconciliation.none')}</p>;
  const amount = (value: Minor | undefined) => (value === undefined ? t('reconciliation.nothing') : money(value));
  return (
    <ul className="grid gap-4 p-4">
      {differences.map((one, index) => (
        <li
          key={`${one.entry} ${one.reference}`}
          className={`grid gap-1 border-l-4 pl-4 ${one.resolvedAt === undefined ? 'border-tomate' : 'border-line'}`}
        >
          <p className="font-semibold">
            {t(`reconciliation.entry.${one.entry}`)}, {t(`reconciliation.kind.${one.kind}`)}
          </p>
          <p className="num">{t('reconciliation.amounts', { ours: amount(one.oursMinor), theirs: amount(one.theirsMinor) })}</p>
          <p className="text-ink-soft">
            {t('reconciliation.found', { day: one.day })} <code>{one.reference}</code>
            {one.orderNumber !== undefined && `. ${t('reconciliation.order', { number: one.orderNumber })}`}
          </p>
          <p>
            {one.resolvedAt === undefined
              ? t(`reconciliation.why.${one.kind}`)
              : t('reconciliation.resolved', { when: stamp(one.resolvedAt, showing) })}
          </p>
          {one.note !== undefined && <p>{t('reconciliation.note', { note: one.note })}</p>}
          {one.note === undefined && one.resolvedAt === undefined && (
            <form action={noteDifferenceAction} className="flex flex-wrap items-end gap-3">
              <input type="hidden" name="entry" value={one.entry} />
              <input type="hidden" name="reference" value={one.reference} />
              <TextField id={`note-${index}`} name="note" label={t('reconciliation.noteLabel')} minLength={5} maxLength={500} required />
              <SubmitButton className="btn btn-secondary btn-ops">
                {t('reconciliation.save')}
                <span className="sr-only"> {one.reference}</span>
              </SubmitButton>
            </form>
          )}
        </li>
      ))}
    </ul>
  );
}
