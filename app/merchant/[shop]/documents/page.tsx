import type { Metadata } from 'next';
import { deskLocale, enterShop } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { Empty } from '@/components/ui/banner';
import { ButtonLink } from '@/components/ui/button';
import { accountFiles } from '@/lib/accounting/views';
import { listShopFees } from '@/lib/billing';
import { findShopCheck, listClosings } from '@/lib/closings';
import { listShopDocuments } from '@/lib/documents';
import type { DocumentRowView } from '@/lib/documents/views';
import type { Locale } from '@/lib/kernel';
import { dayKey, formatDate, formatMoney, moneyOf, parseId } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { ClosingList } from './closing-list';
import { FeeList } from './fee-list';
import { SeriesCheck } from './series-check';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'documents')('list.title') };
}

type DocumentsPageProps = {
  readonly params: Promise<{ shop: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

/** The shop's invoices and credit notes, a page at a time, with what was found when they were last looked through for numbers that are missing and things that were changed. */
export default async function DocumentsPage({ params, searchParams }: DocumentsPageProps) {
  const entered = await enterShop((await params).shop, 'manager');
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, shop, locale } = entered.value;
  const isOwner = scope.role === 'owner';
  const { older: asked } = await searchParams;
  const [{ rows, count, older, timeZone }, check, fees, closings] = await Promise.all([
    listShopDocuments(scope, typeof asked === 'string' ? parseId('document', asked) : undefined),
    findShopCheck(scope),
    isOwner ? listShopFees(scope) : [],
    isOwner ? listClosings(scope) : undefined,
  ]);
  const t = texts(locale, 'documents');
  return (
    <main id="main" className="desk-page grid gap-5">
      <h1>{t('list.title')}</h1>
      <p className="text-base text-ink-soft">{t('list.intro')}</p>
      <SeriesCheck check={check} count={count} slug={shop.slug} locale={locale} timeZone={timeZone} />
      {rows.length === 0 ? (
        <Empty title={t('list.empty')} />
      ) : (
        <ul className="grid gap-3">
          {rows.map((row) => (
            <DocumentRow key={row.documentId} row={row} slug={shop.slug} locale={locale} timeZone={timeZone} />
          ))}
        </ul>
      )}
      {older !== undefined && (
        <ButtonLink kind="secondary" className="min-h-[64px] justify-self-start" href={`/merchant/${shop.slug}/documents?older=${older}`}>
          {t('list.older')}
        </ButtonLink>
      )}
      {isOwner && <FeeList rows={fees} slug={shop.slug} locale={locale} timeZone={timeZone} />}
      {closings && <ClosingList closings={closings} locale={locale} timeZone={timeZone} />}
      {isOwner && <AccountLinks slug={shop.slug} locale={locale} timeZone={timeZone} />}
    </main>
  );
}

type AccountLinksProps = { readonly slug: string; readonly locale: Locale; readonly timeZone: string };

/** This year and the last, for the accountant. */
function AccountLinks({ slug, locale, timeZone }: AccountLinksProps) {
  const t = texts(locale, 'documents');
  const thisYear = Number(dayKey(requestMoment(), timeZone).slice(0, 4));
  return (
    <section className="panel grid gap-3 p-4" aria-labelledby="accounts">
      <h2 id="accounts" className="text-xl font-bold">
        {t('accounts.title')}
      </h2>
      <p className="text-base text-ink-soft">{t('accounts.intro')}</p>
      <ul className="flex flex-wrap gap-2">
        {[thisYear, thisYear - 1].flatMap((year) =>
          accountFiles.map((file) => (
            <li key={`${file}-${year}`}>
              <ButtonLink kind="secondary" className="min-h-[64px]" href={`/api/accounts?shop=${slug}&file=${file}&year=${year}`}>
                {t(`accounts.${file}`, { year: String(year) })}
              </ButtonLink>
            </li>
          )),
        )}
      </ul>
    </section>
  );
}

type DocumentRowProps = { readonly row: DocumentRowView; readonly slug: string; readonly locale: Locale; readonly timeZone: string };

function DocumentRow({ row, slug, locale, timeZone }: DocumentRowProps) {
  const t = texts(locale, 'documents');
  const money = (amount: DocumentRowView['grossMinor']) => formatMoney(moneyOf(amount, row.currency), locale);
  const href = (format: string) => `/api/documents/${row.documentId}?shop=${slug}&format=${format}`;
  const link = (format: 'pdf' | 'ubl') => ({
    href: href(format),
    'aria-label': t('list.download', { number: row.number, format: t(format === 'pdf' ? 'list.pdf' : 'list.xml') }),
  });
  return (
    <li className="panel flex flex-wrap items-center gap-x-6 gap-y-3 p-4">
      <div className="min-w-[12rem] flex-1">
        <p className="text-lg font-bold">{t('number', { title: t(`title.${row.kind}`), number: row.number })}</p>
        <p className="text-base text-ink-soft">
          {formatDate(row.issuedAt, locale, timeZone)}, {t('list.order')} {row.subOrderNumber}
        </p>
      </div>
      <p className="text-right">
        <span className="num block text-lg font-bold">{money(row.grossMinor)}</span>
        <span className="text-md text-ink-soft">
          {t('list.vat')} {money(row.vatMinor)}
        </span>
      </p>
      <div className="flex gap-2">
        <ButtonLink kind="secondary" className="min-h-[64px]" {...link('pdf')}>
          {t('list.pdf')}
        </ButtonLink>
        <ButtonLink kind="secondary" className="min-h-[64px]" {...link('ubl')}>
          {t('list.xml')}
        </ButtonLink>
      </div>
    </li>
  );
}
