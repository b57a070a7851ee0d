import { Icon } from '@/components/ui/icon';
import type { Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts/views';

/** Who answers for what, shop or platform, as article D.111-8 of the consumer code wants it read before the order (OP-05). */
export function WhoAnswers({ locale }: { locale: Locale }) {
  const t = texts(locale, 'checkout');
  return (
    <section aria-labelledby="who-answers" data-testid="who-answers-for-what">
      <h2 id="who-answers" className="mb-3 text-lg">
        {t('who.title')}
      </h2>
      <dl className="who-answers">
        {(['deliver', 'conform', 'withdraw', 'invoice'] as const).map((what) => (
          <Answer key={what} what={t(`who.${what}`)} who={t('who.shop')} />
        ))}
        <Answer what={t('who.payment')} who={t('who.platform')} />
      </dl>
      <p className="hint mt-3">{t('who.note')}</p>
    </section>
  );
}

function Answer({ what, who }: { what: string; who: string }) {
  return (
    <>
      <dt>{what}</dt>
      <dd>{who}</dd>
    </>
  );
}

/** Reminder of the legal guarantee of conformity, due before the order in the buyer's language (ME-03), with its link. */
export function GuaranteeNotice({ locale }: { locale: Locale }) {
  const t = texts(locale, 'checkout');
  return (
    <section className="guarantee" aria-labelledby="guarantee" data-testid="guarantee-notice">
      <b className="guarantee-years">{t('guarantee.years')}</b>
      <h2 id="guarantee" className="text-lg">
        {t('guarantee.title')}
      </h2>
      <p>
        {t('guarantee.text')} {t('guarantee.duration')} {t('guarantee.commercial')}
      </p>
      <p>
        <a href={t('guarantee.url')} rel="noreferrer" className="inline-flex min-h-11 items-center gap-1.5">
          {t('guarantee.link')}
          <Icon name="external-link" />
        </a>
      </p>
    </section>
  );
}
