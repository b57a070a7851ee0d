import { legalMetadata, legalTexts, TERMS_VERSION, type LegalProps } from '@/app/_data/legal';
import { LegalPage } from '@/app/_shell/legal-page';
import { getCity } from '@/lib/shops';

export const generateMetadata = ({ params }: LegalProps) => legalMetadata(params, 'accessibility', (t) => t('accessibility.title'));

/** What is aimed at, what is missing, how to get help. */
export default async function AccessibilityPage({ params }: LegalProps) {
  const [{ t }, { operator }] = await Promise.all([legalTexts(params), getCity()]);
  const { email, phone } = operator;
  return (
    <LegalPage
      title={t('accessibility.title')}
      intro={t('accessibility.state')}
      version={`${t('accessibility.made')} ${t('updated', { version: TERMS_VERSION })}`}
      sections={[
        { id: 'manque', title: t('accessibility.known'), body: t('accessibility.knownText') },
        { id: 'contact', title: t('accessibility.contact'), body: t('accessibility.contactText', { email, phone }) },
      ]}
    />
  );
}
