import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { deskLocale, enterShop } from '@/app/_data/desk';
import { Icon } from '@/components/ui/icon';
import { isInNetwork } from '@/lib/shelves';
import { texts } from '@/lib/texts';
import { ScanDesk } from '../../../_parts/scan-desk';
import { scanWords } from '../../../_parts/scan-words';
import { StockTabs } from '../../../_parts/stock-tabs';
import { addThingAction } from '../../products/actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'shelf')('scan.title') };
}

/** The phone as a till's scanner: counts what is on the shelf, puts on sale what is not, offline too. */
export default async function ScanPage({ params }: { readonly params: Promise<{ shop: string }> }) {
  const entered = await enterShop((await params).shop);
  if (!entered.ok) return null;
  const { scope, shop, locale } = entered.value;
  const t = texts(locale, 'shelf');
  return (
    <main id="main" className="desk-page grid gap-5">
      <h1>{t('scan.title')}</h1>
      <StockTabs locale={locale} slug={shop.slug} role={scope.role} current="scan" isInNetwork={await isInNetwork(scope)} />
      <p className="max-w-[60ch] text-base text-ink-soft">{t('scan.lead')}</p>
      <ScanDesk shop={shop.slug} action={addThingAction} postKey={randomUUID()} icon={<Icon name="camera" />} words={scanWords(locale)} />
    </main>
  );
}
