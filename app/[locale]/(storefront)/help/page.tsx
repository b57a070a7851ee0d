import { legalMetadata, legalTexts, type LegalProps } from '@/app/_data/legal';
import { LegalPage } from '@/app/_shell/legal-page';
import { getCity } from '@/lib/shops';

export const generateMetadata = ({ params }: LegalProps) => legalMetadata(params, 'help', (t) => t('help.title'));

/** The questions people ask, and where to reach someone. */
export default async function HelpPage({ params }: LegalProps) {
  const [{ t }, { operator }] = await Promise.all([legalTexts(params), getCity()]);
  const { email, phone } = operator;
  return (
    <LegalPage
      title={t('help.title')}
      sections={[
        { id: 'commander', title: t('help.order'), body: t('help.orderText') },
        { id: 'heures', title: t('help.when'), body: t('help.whenText') },
        { id: 'suivre', title: t('help.track'), body: t('help.trackText') },
        { id: 'rendre', title: t('help.return'), body: t('help.returnText') },
        { id: 'contact', title: t('help.contact'), body: t('help.contactText', { email, phone }) },
      ]}
    />
  );
}
