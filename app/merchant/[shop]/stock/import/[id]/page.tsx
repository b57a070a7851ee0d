import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { deskLocale, enterShop } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { getImport } from '@/lib/connectors';
import { parseId } from '@/lib/kernel';
import { getPictureProgress } from '@/lib/pictures';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { ImportColumns } from '../../../../_parts/import-columns';
import { ImportCounts, ImportDrafts, ImportRejected, ImportWarnings } from '../../../../_parts/import-findings';
import { ImportPictures } from '../../../../_parts/import-pictures';
import { ImportDecision } from '../../../../_parts/import-decision';

type OneImportProps = { readonly params: Promise<{ shop: string; id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'imports')('title') };
}

/** One file: what it is understood as, what would happen, and the decision. Later: how far it is, and the way back. */
export default async function OneImportPage({ params }: OneImportProps) {
  const { shop: slug, id } = await params;
  const entered = await enterShop(slug, 'manager');
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, shop, locale } = entered.value;
  const importId = parseId('import', id);
  const now = requestMoment();
  const found = importId && (await getImport(scope, importId, now));
  if (!found) notFound();
  const pictures = await getPictureProgress(scope, importId);
  const t = texts(locale, 'imports');
  const { timeZone } = await getCity();
  const isOpen = found.state === 'staged' || found.state === 'checked';
  const separator = found.separator === '\t' ? t('tabulation') : found.separator;
  return (
    <main id="main" className="desk-page grid gap-7">
      <header>
        <a href={`/merchant/${shop.slug}/stock/import`} className="text-base">
          {t('another')}
        </a>
        <h1 className="mt-2 break-words">{found.fileName}</h1>
        <p className="mt-2 text-base text-ink-soft">
          {[
            t('read', { rows: found.rows }),
            found.shape !== undefined && t('recognised', { shape: found.shape }),
            found.encoding !== undefined && separator !== undefined && t('asText', { encoding: found.encoding, separator }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </header>
      {found.counts !== undefined && <ImportCounts counts={found.counts} locale={locale} />}
      <ImportDecision found={found} locale={locale} slug={shop.slug} timeZone={timeZone} />
      <ImportPictures importId={importId} announced={isOpen ? found.pictures : 0} progress={pictures} locale={locale} slug={shop.slug} />
      {found.drafts.length > 0 && isOpen && <ImportDrafts drafts={found.drafts} locale={locale} />}
      {found.rejected.length > 0 && <ImportRejected found={found} locale={locale} slug={shop.slug} />}
      {found.warnings.length > 0 && <ImportWarnings warnings={found.warnings} locale={locale} />}
      {isOpen && <ImportColumns found={found} locale={locale} slug={shop.slug} />}
    </main>
  );
}
