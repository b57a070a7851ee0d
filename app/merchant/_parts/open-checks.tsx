import { SubmitButton } from '@/components/commerce/submit-button';
import { Icon } from '@/components/ui/icon';
import type { Locale } from '@/lib/kernel';
import { formatTime } from '@/lib/kernel';
import type { OpenCheckView } from '@/lib/shelves/views';
import { texts } from '@/lib/texts';
import { answerCheckAction } from '../[shop]/stock/shelves-actions';

type OpenChecksProps = {
  readonly checks: readonly OpenCheckView[];
  readonly locale: Locale;
  readonly slug: string;
  readonly timeZone: string;
};

/** Questions of shoppers about the shelf: yes, no, or a number, one tap each. */
export function OpenChecks({ checks, locale, slug, timeZone }: OpenChecksProps) {
  return (
    <ul className="grid gap-3">
      {checks.map((check) => (
        <OpenCheck key={check.checkId} check={check} locale={locale} slug={slug} timeZone={timeZone} />
      ))}
    </ul>
  );
}

function OpenCheck({ check, locale, slug, timeZone }: Omit<OpenChecksProps, 'checks'> & { check: OpenCheckView }) {
  const t = texts(locale, 'merchant');
  const { title } = check;
  const about = [check.keyAttribute, check.shelf].filter(Boolean).join('. ');
  return (
    <li className="panel grid gap-3 p-4">
      <div>
        <h3 className="text-xl">{title}</h3>
        {about !== '' && <p className="text-base text-ink-soft">{about}</p>}
        <p className="text-base text-ink-soft">
          {t('shelves.checks.onRecord', { count: check.onRecord })},{' '}
          {t('shelves.checks.until', { time: formatTime(check.expiresAt, locale, timeZone) })}
        </p>
      </div>
      <form action={answerCheckAction} className="flex flex-wrap items-stretch gap-3">
        <input type="hidden" name="shop" value={slug} />
        <input type="hidden" name="checkId" value={check.checkId} />
        <input type="hidden" name="title" value={title} />
        <SubmitButton className="btn btn-primary min-h-[64px]" name="answer" value="yes" label={t('shelves.checks.yesLabel', { title })}>
          <Icon name="check" />
          {t('shelves.checks.yes')}
        </SubmitButton>
        <SubmitButton className="btn btn-secondary min-h-[64px]" name="answer" value="no" label={t('shelves.checks.noLabel', { title })}>
          <Icon name="x" />
          {t('shelves.checks.no')}
        </SubmitButton>
      </form>
      <form action={answerCheckAction} className="flex flex-wrap items-end gap-3">
        <input type="hidden" name="shop" value={slug} />
        <input type="hidden" name="checkId" value={check.checkId} />
        <input type="hidden" name="title" value={title} />
        <div className="field">
          <label htmlFor={`many-${check.checkId}`}>{t('shelves.checks.howMany', { title })}</label>
          <input
            className="min-h-[64px]"
            id={`many-${check.checkId}`}
            name="counted"
            type="number"
            inputMode="numeric"
            min={0}
            step={1}
            defaultValue={check.onRecord}
            required
          />
        </div>
        <SubmitButton className="btn btn-secondary min-h-[64px]" name="answer" value="count">
          {t('shelves.checks.count')}
        </SubmitButton>
      </form>
    </li>
  );
}
