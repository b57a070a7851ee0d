import { SubmitButton } from '@/components/commerce/submit-button';
import { SelectField, TextAreaField, TextField } from '@/components/ui/field';
import type { CommissionDepartmentView, CommissionPreviewView, CommissionSubjectView } from '@/lib/commission/views';
import type { Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { scheduleRuleAction } from './actions';

type RuleFormProps = {
  readonly subjects: readonly CommissionSubjectView[];
  readonly departments: readonly CommissionDepartmentView[];
  readonly wanted: { readonly subject: string; readonly department: string; readonly method: string; readonly rate: string };
  readonly preview: CommissionPreviewView | undefined;
  /** `YYYY-MM-DD`: the first day a rate announced now may count. */
  readonly earliest: string;
  readonly locale: Locale;
};

/** First what it would change, by a form that changes nothing; then, below the figures' heading, the one that schedules it. */
export function RuleForm({ subjects, departments, wanted, preview, earliest, locale }: RuleFormProps) {
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
        <SelectField id="department" name="department" label={t('commission.department')} defaultValue={wanted.department}>
          <option value="">{t('commission.everyDepartment')}</option>
          {departments.map(({ categoryId, name, depth }) => (
            <option key={categoryId} value={categoryId}>
              {`${'\u2003'.repeat(depth)}${name[locale]}`}
            </option>
          ))}
        </SelectField>
        <SelectField id="method" name="method" label={t('commission.method')} defaultValue={wanted.method}>
          <option value="">{t('commission.everyMethod')}</option>
          {(['pickup', 'courier', 'parcel'] as const).map((method) => (
            <option key={method} value={method}>
              {t(`commission.methods.${method}`)}
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
      <p className="text-ink-soft">{t('commission.order')}</p>
      {preview && (
        <form action={scheduleRuleAction} className="grid max-w-[46rem] gap-4 md:grid-cols-2">
          <input type="hidden" name="subject" value={wanted.subject} />
          <input type="hidden" name="department" value={wanted.department} />
          <input type="hidden" name="method" value={wanted.method} />
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
