import type { MetadataRoute } from 'next';
import { departmentOf, listDepartments, listPublishedSlugs, type DepartmentView } from '@/lib/catalogue';
import { intlTag, locales, pathTo, type Locale } from '@/lib/kernel';
import { env } from '@/lib/platform/env';
import { cityMoment, getCity, loadShopBook } from '@/lib/shops';

export const dynamic = 'force-dynamic';

/** Search engines take fifty thousand addresses a file at most. */
const MOST_LISTINGS = 45_000;

/** Departments with something in them: an empty page is nothing to be found by. */
const idsOf = (departments: readonly DepartmentView[]): readonly string[] =>
  departments.filter(({ count }) => count > 0).flatMap((one) => [one.id, ...idsOf(one.children)]);

/** Every public page with its twin in the other languages. */
export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  const [{ stage }, book, slugs, fr, en] = await Promise.all([
    getCity(),
    loadShopBook(cityMoment()),
    listPublishedSlugs(MOST_LISTINGS),
    listDepartments('fr'),
    listDepartments('en'),
  ]);
  const absolute = (path: string) => `${env().baseUrl}${path}`;
  const page = (pathIn: (locale: Locale) => string): MetadataRoute.Sitemap[number] => ({
    url: absolute(pathIn('fr')),
    alternates: { languages: Object.fromEntries(locales.map((locale) => [intlTag(locale).slice(0, 2), absolute(pathIn(locale))])) },
  });
  const trees = { fr, en };
  const departmentPath = (id: string) => (locale: Locale) =>
    pathTo(locale, 'department', { slug: departmentOf(trees[locale], id)?.at(-1)?.path ?? id });
  return [
    ...(['home', 'shops', 'map', 'help', 'ranking', 'terms', 'legalNotice', 'privacy', 'accessibility', 'join', 'propose'] as const).map(
      (route) => page((locale) => pathTo(locale, route)),
    ),
    ...(stage === 'soon' ? [] : idsOf(fr)).map((id) => page(departmentPath(id))),
    ...book.all().map((shop) => page((locale) => pathTo(locale, 'shop', { slug: shop.slug }))),
    ...slugs.map((slugId) => page((locale) => pathTo(locale, 'listing', { slugId }))),
  ];
}
