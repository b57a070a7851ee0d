import { legalMetadata, legalTexts, type LegalProps } from '@/app/_data/legal';
import { LegalPage } from '@/app/_shell/legal-page';
import { formatDecimal, type Locale } from '@/lib/kernel';
import { ranking, type RankingParameter } from '@/lib/search';
import { texts } from '@/lib/texts';

export const generateMetadata = ({ params }: LegalProps) => legalMetadata(params, 'ranking', (t) => t('ranking.title'));

const percent = (share: number, locale: Locale) => `${formatDecimal(share * 100, locale)}\u00a0%`;

/** Every bonus and discount of relevance, by its name in the ranker's configuration. */
function relevanceFigures(locale: Locale): Readonly<Record<string, string>> {
  const { coverage, otherThing, leastRarity: _least, mostRarity: _most, ...shares } = ranking.relevance;
  const figures = Object.entries(shares).map(([name, share]) => [name, percent(share, locale)] as const);
  return { ...Object.fromEntries(figures), otherThing: percent(1 - otherThing, locale), coverage: formatDecimal(coverage, locale) };
}

/** What one criterion of the ranker means, with the figures the ranker itself uses. */
function parameterWords(parameter: RankingParameter, locale: Locale): string {
  const t = texts(locale, 'legal');
  switch (parameter) {
    case 'strength':
      return t('ranking.strength', { share: percent(ranking.strongShare, locale) });
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
        {
          id: 'pertinence',
          title: t('ranking.relevanceTitle'),
          body: `${t('ranking.detail', relevanceFigures(locale))} ${t('ranking.words')}`,
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
