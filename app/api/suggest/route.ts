import { isLocale, unprefixedLocale, type Instant, type Locale } from '@/lib/kernel';
import { suggest, type SuggestionView } from '@/lib/search';
import { getCity } from '@/lib/shops';
import { promiseText, texts } from '@/lib/texts';
import { requestMoment } from '@/app/_data/showing';

function note({ kind, promise, shopName }: SuggestionView, showing: { locale: Locale; now: Instant; timeZone: string }): string {
  const t = texts(showing.locale, 'search');
  return promise && shopName !== undefined ? `${promiseText(showing.locale, promise, showing)}, ${shopName}` : t(`suggest.${kind}`);
}

/** Suggestions for the search box while one types: `[{ label, href, note }]`. */
export async function GET(request: Request): Promise<Response> {
  const parameters = new URL(request.url).searchParams;
  const asked = parameters.get('l') ?? '';
  const locale = isLocale(asked) ? asked : unprefixedLocale;
  const now = requestMoment();
  const [found, { timeZone }] = await Promise.all([suggest((parameters.get('q') ?? '').slice(0, 80), locale, now), getCity()]);
  return Response.json(
    found.map((one) => ({ label: one.label, href: one.href, note: note(one, { locale, now, timeZone }) })),
    { headers: { 'cache-control': 'public, max-age=5' } },
  );
}
