import { legalMetadata, legalTexts, TERMS_VERSION, type LegalProps } from '@/app/_data/legal';
import { LegalPage } from '@/app/_shell/legal-page';
import { getCity } from '@/lib/shops';

export const generateMetadata = ({ params }: LegalProps) => legalMetadata(params, 'privacy', (t) => t('privacy.title'));

/** What is kept of people, why and for how long. */
export default async function PrivacyPage({ params }: LegalProps) {
  const [{ t }, { operator }] = await Promise.all([legalTexts(params), getCity()]);
  return (
    <LegalPage
      title={t('privacy.title')}
      intro={t('privacy.intro', { operator: operator.legalName, email: operator.email })}
      version={t('updated', { version: TERMS_VERSION })}
      sections={[
        {
          id: 'quoi',
          title: t('privacy.what'),
          body: (
            <ul>
              <li>{t('privacy.order')}</li>
              <li>{t('privacy.account')}</li>
              <li>{t('privacy.place')}</li>
              <li>{t('privacy.logs')}</li>
            </ul>
          ),
        },
        { id: 'qui', title: t('privacy.who'), body: t('privacy.whoText') },
        { id: 'cookies', title: t('privacy.cookies'), body: t('privacy.cookiesText') },
        { id: 'droits', title: t('privacy.rights'), body: t('privacy.rightsText', { email: operator.email }) },
      ]}
    />
  );
}
