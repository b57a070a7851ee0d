import { GuaranteeNotice, WhoAnswers } from '@/components/commerce/legal-notices';
import { pathTo, type Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts';

/** What has to be known before ordering: guarantee, who answers for what, terms and the way out of the contract. */
export function Trust({ locale }: { locale: Locale }) {
  const t = texts(locale, 'checkout');
  return (
    <>
      <GuaranteeNotice locale={locale} />
      <WhoAnswers locale={locale} />
      <div className="grid gap-2 text-md" data-testid="terms">
        <p>
          {t.rich('terms.text', {
            terms: (words) => <a href={pathTo(locale, 'terms')}>{words}</a>,
            privacy: (words) => <a href={pathTo(locale, 'privacy')}>{words}</a>,
          })}
        </p>
        <p>
          {t.rich('terms.withdrawal', {
            words: t('withdrawalWords'),
            withdrawal: (words) => <a href={pathTo(locale, 'withdrawal')}>{words}</a>,
          })}
        </p>
      </div>
    </>
  );
}
