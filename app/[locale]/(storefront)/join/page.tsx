import { legalMetadata, legalTexts, type LegalProps } from '@/app/_data/legal';
import { LegalPage } from '@/app/_shell/legal-page';
import { ButtonLink } from '@/components/ui/button';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';

export const generateMetadata = ({ params }: LegalProps) => legalMetadata(params, 'join', (t) => t('join.title'));

/** For shopkeepers: what it takes, what it costs, whom to call. */
export default async function JoinPage({ params }: LegalProps) {
  const [{ t, locale }, { name, operator }] = await Promise.all([legalTexts(params), getCity()]);
  const { email, phone } = operator;
  return (
    <LegalPage
      title={t('join.title')}
      intro={t('join.intro', { city: name })}
      sections={[
        { id: 'quoi', title: t('join.what'), body: t('join.whatText') },
        { id: 'cout', title: t('join.cost'), body: t('join.costText') },
        { id: 'contact', title: t('join.contact'), body: t('join.contactText', { email, phone }) },
      ]}
    >
      <p className="mt-7">
        <ButtonLink href="/merchant/start">{texts(locale, 'onboarding')('title')}</ButtonLink>
      </p>
    </LegalPage>
  );
}
