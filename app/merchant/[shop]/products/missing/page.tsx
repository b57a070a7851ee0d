import type { Metadata } from 'next';
import { deskLocale, enterShop } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { lackText, legalFieldText } from '@/app/_text/explain-reading';
import { SubmitButton } from '@/components/commerce/submit-button';
import { Empty } from '@/components/ui/banner';
import { Checkbox } from '@/components/ui/field';
import type { IncompleteView, LegalField } from '@/lib/catalogue';
import { listMissing } from '@/lib/catalogue';
import type { Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { LegalFields } from '../../../_parts/legal-fields';
import { completeProductsAction } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'shelf')('missing.title') };
}

type Group = { readonly category: string; readonly missing: readonly LegalField[]; readonly rows: readonly IncompleteView[] };

/** Products that lack the same things in the same department: one text may do for all of them. */
function grouped(rows: readonly IncompleteView[]): readonly Group[] {
  const groups = Map.groupBy(rows, ({ category, missing }) => `${category}|${missing.join()}`);
  return [...groups.values()].flatMap((some) => (some[0] ? [{ category: some[0].category, missing: some[0].missing, rows: some }] : []));
}

/** What is recorded and not shown yet, and why, in one sentence a field; many are completed at once. */
export default async function MissingPage({ params }: { readonly params: Promise<{ shop: string }> }) {
  const entered = await enterShop((await params).shop, 'manager');
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, shop, locale } = entered.value;
  const { total, rows } = await listMissing(scope, locale);
  const t = texts(locale, 'shelf');
  return (
    <main id="main" className="desk-page grid gap-6">
      <h1>{t('missing.title')}</h1>
      {rows.length === 0 ? (
        <Empty
          title={t('missing.none')}
          action={<a href={`/merchant/${shop.slug}/products`}>{texts(locale, 'imports')('products.title')}</a>}
        >
          {t('missing.noneText')}
        </Empty>
      ) : (
        <>
          <p className="max-w-[66ch] text-base text-ink-soft">
            <strong className="text-ink">{t('missing.total', { count: total })}.</strong> {t('missing.lead')}
          </p>
          {grouped(rows).map((group, index) => (
            <GroupForm
              key={`${group.category} ${group.missing.join()}`}
              group={group}
              id={`group-${index}`}
              slug={shop.slug}
              locale={locale}
            />
          ))}
        </>
      )}
    </main>
  );
}

type GroupFormProps = { readonly group: Group; readonly id: string; readonly slug: string; readonly locale: Locale };

function GroupForm({ group, id, slug, locale }: GroupFormProps) {
  const t = texts(locale, 'shelf');
  const { category, missing, rows } = group;
  const what = missing.map((field) => legalFieldText(locale, field)).join(', ');
  const lacks = [...new Set(missing.flatMap((field) => rows.map((row) => lackText(locale, field, row))))];
  return (
    <form action={completeProductsAction} className="panel grid gap-5 p-5" aria-labelledby={id}>
      <input type="hidden" name="shop" value={slug} />
      <div className="grid gap-1">
        <h2 id={id} className="text-xl">
          {category} <span className="num font-normal text-ink-soft">({rows.length})</span>
        </h2>
        {missing.length === 0 && <p className="text-base">{t('missing.other')}</p>}
        <ul className="grid list-disc gap-1 pl-6 text-base">
          {lacks.map((lack) => (
            <li key={lack}>{lack}</li>
          ))}
        </ul>
      </div>
      <fieldset className="grid gap-x-6 text-base md:grid-cols-2">
        <legend className="sr-only">{t('missing.group', { category, what })}</legend>
        {rows.map(({ offerId, title }) => (
          <Checkbox key={offerId} id={offerId} name={offerId} value="yes" defaultChecked>
            {title}
          </Checkbox>
        ))}
      </fieldset>
      <LegalFields fields={missing} locale={locale} prefix={id} now={requestMoment()} />
      {missing.length > 0 && <SubmitButton className="btn btn-primary min-h-[64px] justify-self-start">{t('missing.save')}</SubmitButton>}
    </form>
  );
}
