import { isLocale, unprefixedLocale } from '@/lib/kernel';
import { suggest } from '@/lib/search';
import { texts } from '@/lib/texts';

/** Suggestions for the search box while one types: `[{ label, href, note }]`. */
export async function GET(request: Request): Promise<Response> {
  const parameters = new URL(request.url).searchParams;
  const asked = parameters.get('l') ?? '';
  const locale = isLocale(asked) ? asked : unprefixedLocale;
  const t = texts(locale, 'search');
  const found = await suggest((parameters.get('q') ?? '').slice(0, 80), locale);
  return Response.json(
    found.map(({ label, href, kind }) => ({ label, href, note: t(`suggest.${kind}`) })),
    { headers: { 'cache-control': 'public, max-age=5' } },
  );
}
