import { legalMetadata, legalTexts, TERMS_VERSION, type LegalProps } from '@/app/_data/legal';
import { LegalPage } from '@/app/_shell/legal-page';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';

export const generateMetadata = ({ params }: LegalProps) => legalMetadata(params, 'terms', (t) => t('terms.title'));

/** What was agreed by ordering: with whom, who answers for what (OP-05), prices, withdrawal, guarantees, complaints. */
export default async function TermsPage({ params }: LegalProps) {
  const [{ t, locale }, city] = await Promise.all([legalTexts(params), getCity()]);
  const { email } = city.operator;
  return (
    <LegalPage
      title={t('terms.title')}
      intro={t('terms.intro', { city: city.name })}
      version={t('updated', { version: TERMS_VERSION })}
      sections={[
        { id: 'contrat', title: t('terms.contract'), body: t('terms.contractText') },
        {
          id: 'qui',
          title: t('terms.who'),
          body: (
            <ul data-testid="who-answers">
              <li>{t('terms.whoShop')}</li>
              <li>{t('terms.whoHalles')}</li>
            </ul>
          ),
        },
        { id: 'prix', title: t('terms.price'), body: t('terms.priceText') },
        { id: 'commande', title: t('terms.order'), body: t('terms.orderText') },
        { id: 'paiement', title: t('terms.payment'), body: t('terms.paymentText') },
        { id: 'livraison', title: t('terms.delivery'), body: t('terms.deliveryText') },
        { id: 'retractation', title: t('terms.withdrawal'), body: t('terms.withdrawalText') },
        { id: 'garanties', title: t('terms.guarantee'), body: texts(locale, 'listing')('trust.guarantee') },
        { id: 'reclamations', title: t('terms.complaints'), body: t('terms.complaintsText', { email }) },
        { id: 'droit', title: t('terms.law'), body: t('terms.lawText') },
      ]}
    />
  );
}
