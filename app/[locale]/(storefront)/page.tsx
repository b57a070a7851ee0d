import type { Metadata } from 'next';
import { alternatesFor } from '@/app/_data/alternates';
import { localeFrom, showingFor } from '@/app/_data/showing';
import { pathTo } from '@/lib/kernel';
import { getCity } from '@/lib/shops';
import { FullHome } from './_home/full-home';
import { OpeningHome } from './_home/opening-home';
import { SoonHome } from './_home/soon-home';

type HomeProps = { readonly params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: HomeProps): Promise<Metadata> {
  const locale = localeFrom((await params).locale);
  return { alternates: alternatesFor(locale, (language) => pathTo(language, 'home')) };
}

/** The city's front door, as far as the city has come. */
export default async function HomePage({ params }: HomeProps) {
  const [showing, city] = await Promise.all([showingFor(params), getCity()]);
  switch (city.stage) {
    case 'soon':
      return <SoonHome city={city} showing={showing} />;
    case 'opening':
      return <OpeningHome city={city} showing={showing} />;
    case 'full':
      return <FullHome city={city} showing={showing} />;
  }
}
