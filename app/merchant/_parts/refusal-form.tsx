import { SubmitButton } from '@/components/commerce/submit-button';
import { classNames } from '@/components/ui/class-names';
import { Icon } from '@/components/ui/icon';
import type { Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { refuseAction } from '../[shop]/counter/actions';

/** What a shop may say; the first two put the stock record right. */
const reasons = ['missing', 'damaged', 'overloaded', 'closing', 'other'] as const;

type RefusalFormProps = {
  readonly locale: Locale;
  readonly slug: string;
  readonly subOrderId: string;
  readonly shopperName: string;
  readonly className?: string;
};

/** Two taps: refuse, why. Opens in place, with or without JavaScript. */
export function RefusalForm({ locale, slug, subOrderId, shopperName, className }: RefusalFormProps) {
  const t = texts(locale, 'merchant');
  return (
    <details className={classNames('refusal', className)}>
      <summary className="btn btn-secondary" aria-label={t('refuse.label', { name: shopperName })}>
        <Icon name="x" />
        {t('refuse.button')}
      </summary>
      <form action={refuseAction} aria-label={t('refuse.why')} data-keep="refuse" data-keep-of={shopperName}>
        <input type="hidden" name="shop" value={slug} />
        <input type="hidden" name="subOrderId" value={subOrderId} />
        {reasons.map((reason) => (
          <SubmitButton key={reason} className="btn btn-secondary" name="reason" value={reason}>
            {t(`refuse.reason.${reason}`)}
          </SubmitButton>
        ))}
      </form>
    </details>
  );
}
