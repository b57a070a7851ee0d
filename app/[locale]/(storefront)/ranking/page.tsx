import { legalMetadata, legalTexts, type LegalProps } from '@/app/_data/legal';
import { LegalPage } from '@/app/_shell/legal-page';
import { formatDecimal, type Locale } from '@/lib/kernel';
import { ranking, type RankingParameter } from '@/lib/search';
import { texts } from '@/lib/texts';

export const generateMetadata = ({ params }: LegalProps) => legalMetadata(params, 'ranking', (t) => t('ranking.title'));

/** What one criterion of the ranker means, with the figures the ranker itself uses. */
function parameterWords(parameter: RankingParameter, locale: Locale): string {
  const t = texts(locale, 'legal');
  switch (parameter) {
    case 'strength':
      return t('ranking.strength');
    case 'promise':
      return t('ranking.promise', { minutes: ranking.promiseStepMinutes });
    case 'relevance': {
      const { title, brand, department, properties } = ranking.fieldWeights;
      const figure = (weight: number) => formatDecimal(weight, locale);
      return t('ranking.relevance', {
        title: figure(title),
        brand: figure(brand),
        department: figure(department),
        properties: figure(properties),
      });
    }
    case 'stable':
      return t('ranking.stable');
  }
}

/** The main ranking parameters and their order, written from the ranker's own configuration (OP-01). */
export default async function RankingPage({ params }: LegalProps) {
  const { t, locale } = await legalTexts(params);
  return (
    <LegalPage
      title={t('ranking.title')}
      intro={t('ranking.intro')}
      version={t('updated', { version: String(ranking.version) })}
      sections={[
        {
          id: 'criteres',
          title: t('ranking.parameters'),
          body: (
            <ol data-testid="ranking-parameters">
              {ranking.parameters.map((parameter) => (
                <li key={parameter}>{parameterWords(parameter, locale)}</li>
              ))}
            </ol>
          ),
        },
        { id: 'offre', title: t('ranking.offer'), body: t('ranking.offerText') },
        { id: 'autres', title: t('ranking.other'), body: t('ranking.otherText') },
      ]}
    >
      {!ranking.paidPlacement && <p className="mt-9 font-semibold">{t('ranking.paid')}</p>}
      <p>{t('ranking.week')}</p>
      <p>{t('ranking.suggest')}</p>
    </LegalPage>
  );
}
