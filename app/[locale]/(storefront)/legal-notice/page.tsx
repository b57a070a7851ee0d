import { legalMetadata, legalTexts, type LegalProps } from '@/app/_data/legal';
import { Definitions, LegalPage } from '@/app/_shell/legal-page';
import { getCity } from '@/lib/shops';

export const generateMetadata = ({ params }: LegalProps) => legalMetadata(params, 'legalNotice', (t) => t('notice.title'));

/** Who runs the site, who hosts it, whom to reach (OP-07, OP-08, OP-14): rows of the city, never code. */
export default async function LegalNoticePage({ params }: LegalProps) {
  const [{ t }, { operator }] = await Promise.all([legalTexts(params), getCity()]);
  return (
    <LegalPage
      title={t('notice.title')}
      intro={t('notice.role', { operator: operator.legalName })}
      sections={[
        {
          id: 'operateur',
          title: t('notice.operator'),
          body: (
            <Definitions
              rows={[
                [t('notice.name'), operator.legalName],
                [t('notice.form'), operator.legalForm],
                [t('notice.capital'), operator.capital],
                [t('notice.address'), operator.address],
                [t('notice.phone'), operator.phone],
                [
                  t('notice.email'),
                  <a key="email" href={`mailto:${operator.email}`}>
                    {operator.email}
                  </a>,
                ],
                [t('notice.register'), operator.register],
                [t('notice.vat'), operator.vatNumber],
                [t('notice.director'), operator.publicationDirector],
              ]}
            />
          ),
        },
        {
          id: 'hebergeur',
          title: t('notice.host'),
          body: (
            <Definitions
              rows={[
                [t('notice.hostName'), operator.host.name],
                [t('notice.address'), operator.host.address],
                [t('notice.phone'), operator.host.phone],
              ]}
            />
          ),
        },
        { id: 'contact', title: t('notice.authorities'), body: operator.contactForAuthorities },
        {
          id: 'securite',
          title: t('notice.safety'),
          body: (
            <Definitions
              rows={[
                [t('notice.email'), operator.productSafetyContact],
                [t('notice.safetyGate'), operator.safetyGateRegistrationId],
              ]}
            />
          ),
        },
        { id: 'donnees', title: t('notice.data'), body: `${t('notice.dataText')} ${t('notice.software')}` },
      ]}
    />
  );
}
