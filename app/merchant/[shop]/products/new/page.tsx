import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { deskLocale, enterShop } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { ProductFormLive } from '@/components/commerce/product-form-live';
import { Banner } from '@/components/ui/banner';
import { TextField } from '@/components/ui/field';
import { listLeaves } from '@/lib/catalogue';
import type { Locale } from '@/lib/kernel';
import { listPlaces, lookUpSheet, type CodeSheet } from '@/lib/products';
import { texts } from '@/lib/texts';
import { leafChoices, productFormWords } from '../../../_parts/product-words';
import { startOfNew } from '../../../_parts/product-start';
import { saveProductAction } from '../form-actions';

type NewProductProps = {
  readonly params: Promise<{ shop: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'product')('new.title') };
}

/** A product by hand: its bar code first, which may know the rest; then words, what the law asks, variants. */
export default async function NewProductPage({ params, searchParams }: NewProductProps) {
  const entered = await enterShop((await params).shop, 'manager');
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, shop, locale } = entered.value;
  const asked = await searchParams;
  const typed = (name: string): string => (typeof asked[name] === 'string' ? asked[name].trim().slice(0, 200) : '');
  const gtin = typed('gtin');
  const [sheet, leaves, places] = await Promise.all([
    gtin === '' ? undefined : lookUpSheet(scope, gtin),
    listLeaves(locale, requestMoment()),
    listPlaces(scope),
  ]);
  const t = texts(locale, 'product');
  return (
    <main id="main" className="desk-page grid grid-cols-[minmax(0,1fr)] gap-6">
      <div className="grid gap-2">
        <h1>{t('new.title')}</h1>
        <p className="max-w-[66ch] text-base text-ink-soft">{t('new.lead')}</p>
      </div>
      <form method="get" className="panel product-code flex flex-wrap items-end gap-4 p-5" aria-label={t('code.title')}>
        <div className="min-w-0 flex-1 basis-64">
          <TextField
            id="code"
            name="gtin"
            label={t('field.gtin')}
            hint={t('code.hint')}
            defaultValue={gtin}
            inputMode="numeric"
            maxLength={20}
            autoComplete="off"
          />
        </div>
        <button type="submit" className="btn btn-secondary min-h-[48px]">
          {t('code.look')}
        </button>
      </form>
      {gtin !== '' && <Found sheet={sheet} locale={locale} />}
      <ProductFormLive
        key={sheet?.gtin ?? gtin}
        action={saveProductAction}
        hidden={{ shop: shop.slug, key: randomUUID() }}
        start={startOfNew(sheet, [t('option.size'), t('option.colour')], { gtin, title: typed('title') })}
        leaves={leafChoices(leaves, locale)}
        places={places.map(({ name }) => name)}
        words={productFormWords(locale, true, requestMoment())}
        isShared={false}
      />
    </main>
  );
}

/** What a bar code told, whose words they are, and how sure the department is. */
function Found({ sheet, locale }: { readonly sheet: CodeSheet | undefined; readonly locale: Locale }) {
  const t = texts(locale, 'product');
  if (sheet === undefined) return <Banner kind="careful">{t('issue.gtin')}</Banner>;
  if (sheet.known === 'nobody') return <Banner kind="news">{t('code.nobody')}</Banner>;
  if (sheet.known === 'commons') return <Banner kind="good">{t('code.commons', { title: sheet.title })}</Banner>;
  const percent = Math.round((sheet.department?.confidence ?? 0) * 100);
  const words = { title: sheet.title, source: sheet.source?.source ?? '', licence: sheet.source?.licence ?? '' };
  if (percent === 0) return <Banner kind="good">{t('code.openDataAlone', words)}</Banner>;
  return (
    <Banner kind="good">
      {t('code.openData', { title: sheet.title, source: sheet.source?.source ?? '', licence: sheet.source?.licence ?? '', percent })}
    </Banner>
  );
}
