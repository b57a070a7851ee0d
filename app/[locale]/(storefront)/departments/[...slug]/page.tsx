import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { currentPlace } from '@/app/_data/place';
import { alternatesFor } from '@/app/_data/alternates';
import { localeFrom, showingFor } from '@/app/_data/showing';
import { Breadcrumb } from '@/components/ui/navigation';
import { departmentAt, departmentOf, fillsPage, listDepartments } from '@/lib/catalogue';
import { pathTo, type Locale } from '@/lib/kernel';
import { parseSearch, searchListings, type SearchParameters } from '@/lib/search';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { ResultsPage } from '../../search/results-page';

type DepartmentPageProps = {
  readonly params: Promise<{ locale: string; slug: string[] }>;
  readonly searchParams: Promise<SearchParameters>;
};

async function departmentFrom(locale: Locale, slug: readonly string[]) {
  const line = departmentAt(await listDepartments(locale), slug.map(decodeURIComponent).join('/'));
  const department = line?.at(-1);
  if (!line || !department) notFound();
  return { department, above: line.slice(0, -1) };
}

export async function generateMetadata({ params }: DepartmentPageProps): Promise<Metadata> {
  const { locale: segment, slug } = await params;
  const locale = localeFrom(segment);
  const { department } = await departmentFrom(locale, slug);
  const [fr, en] = await Promise.all([listDepartments('fr'), listDepartments('en')]);
  const paths = { fr: departmentOf(fr, department.id)?.at(-1)?.path, en: departmentOf(en, department.id)?.at(-1)?.path };
  return {
    title: department.name,
    alternates: alternatesFor(locale, (language) => pathTo(language, 'department', { slug: paths[language] ?? department.path })),
  };
}

export default async function DepartmentPage({ params, searchParams }: DepartmentPageProps) {
  const showing = await showingFor(params);
  const { locale, now } = showing;
  const { department, above } = await departmentFrom(locale, (await params).slug);
  const query = parseSearch(await searchParams);
  const [city, place] = await Promise.all([getCity(), currentPlace()]);
  if (city.stage === 'soon') redirect(pathTo(locale, 'home')); // there are no departments before the city opens
  const parent = above.at(-1);
  // In a young city what would not fill a page lies in the department above it.
  if (city.stage === 'opening' && parent && !fillsPage(department)) redirect(pathTo(locale, 'department', { slug: parent.path }));
  const results = await searchListings({ query, department, locale, place, now });
  const common = texts(locale, 'common');
  const crumbs = above.map(({ name, path }) => ({ label: name, href: pathTo(locale, 'department', { slug: path }) }));
  return (
    <ResultsPage
      showing={showing}
      title={department.name}
      query={query}
      results={results}
      ground={{ locale, action: pathTo(locale, 'department', { slug: department.path }) }}
      city={city}
      place={place}
      above={
        crumbs.length > 0 && (
          <div className="mb-3">
            <Breadcrumb label={common('breadcrumb')} crumbs={crumbs} current={department.name} />
          </div>
        )
      }
    />
  );
}
