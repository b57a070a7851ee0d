import { SubmitButton } from '@/components/commerce/submit-button';
import { SelectField, TextAreaField, TextField } from '@/components/ui/field';
import type { CommissionPreviewView, CommissionSubjectView } from '@/lib/commission/views';
import type { Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { scheduleRuleAction } from './actions';

type RuleFormProps = {
  readonly subjects: readonly CommissionSubjectView[];
  readonly wanted: { readonly subject: string; readonly rate: string };
  readonly preview: CommissionPreviewView | undefined;
  /** `YYYY-MM-DD`: the first day a rate announced now may count. */
  readonly earliest: string;
  readonly locale: Locale;
};

/** First what it would change, by a form that changes nothing; then, below the figures' heading, the one that schedules it. */
export function RuleForm({ subjects, wanted, preview, earliest, locale }: RuleFormProps) {
  const t = texts(locale, 'money');
  return (
    <div className="grid gap-4 p-4">
      <form action="/admin/commission" className="flex flex-wrap items-end gap-3">
        <SelectField id="subject" name="subject" label={t('commission.subject')} defaultValue={wanted.subject}>
          {subjects.map(({ subject, scope, name }) => (
            <option key={subject} value={subject}>
              {t(`commission.for.${scope}`, { name: name ?? '' })}
            </option>
          ))}
        </SelectField>
        <TextField
          id="rate"
          name="rate"
          label={t('commission.rate')}
          inputMode="decimal"
          defaultValue={wanted.rate}
          required
          maxLength={5}
        />
        <SubmitButton className="btn btn-secondary btn-ops">{t('commission.preview')}</SubmitButton>
      </form>
      {preview && (
        <form action={scheduleRuleAction} className="grid max-w-[46rem] gap-4 md:grid-cols-2">
          <input type="hidden" name="subject" value={wanted.subject} />
          <input type="hidden" name="rate" value={wanted.rate} />
          <TextField id="from" name="from" type="date" label={t('commission.from')} min={earliest} defaultValue={earliest} required />
          <TextField id="to" name="to" type="date" label={t('commission.to')} min={earliest} optional={t('commission.optional')} />
          <div className="md:col-span-2">
            <TextAreaField
              id="reason"
              name="reason"
              label={t('commission.reason')}
              hint={t('commission.reasonHint')}
              rows={2}
              minLength={10}
              maxLength={500}
              required
            />
          </div>
          <div className="grid gap-2 md:col-span-2">
            <p className="text-ink-soft">{t('commission.consequence', { count: preview.shops.length })}</p>
            <SubmitButton className="btn btn-primary btn-ops justify-self-start">{t('commission.schedule')}</SubmitButton>
          </div>
        </form>
      )}
    </div>
  );
}
