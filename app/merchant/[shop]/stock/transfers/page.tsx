import type { Metadata } from 'next';
import { deskLocale, enterShop } from '@/app/_data/desk';
import { SubmitButton } from '@/components/commerce/submit-button';
import { Empty } from '@/components/ui/banner';
import { TextField } from '@/components/ui/field';
import type { Locale } from '@/lib/kernel';
import { isInNetwork, listTransferSources, listTransfers } from '@/lib/shelves';
import type { TransferSourceView } from '@/lib/shelves/views';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { StockTabs } from '../../../_parts/stock-tabs';
import { TransferRow } from '../../../_parts/transfer-row';
import { requestTransferAction } from '../shelves-actions';

type TransfersPageProps = {
  readonly params: Promise<{ shop: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'merchant')('shelves.transfers.title') };
}

/** Units going between shops of one network: asked for, sent, received. */
export default async function TransfersPage({ params, searchParams }: TransfersPageProps) {
  const entered = await enterShop((await params).shop);
  if (!entered.ok) return null;
  const { scope, shop, locale } = entered.value;
  const asked = (await searchParams)['code'];
  const code = typeof asked === 'string' ? asked.trim().slice(0, 100) : '';
  const [transfers, networked, { timeZone }, sources] = await Promise.all([
    listTransfers(scope),
    isInNetwork(scope),
    getCity(),
    code === '' ? [] : listTransferSources(scope, code),
  ]);
  const t = texts(locale, 'merchant');
  return (
    <main id="main" className="desk-page grid gap-5">
      <h1>{t('shelves.transfers.title')}</h1>
      <StockTabs locale={locale} slug={shop.slug} role={scope.role} current="transfers" isInNetwork={networked} />
      {!networked ? (
        <Empty title={t('shelves.transfers.notInNetwork')}>{t('shelves.transfers.notInNetworkText')}</Empty>
      ) : (
        <>
          <p className="text-base text-ink-soft">{t('shelves.transfers.text')}</p>
          <form method="get" className="panel grid items-end gap-4 p-5 md:grid-cols-[1fr_auto]">
            <TextField id="code" name="code" label={t('shelves.transfers.code')} defaultValue={code} autoComplete="off" required />
            <SubmitButton className="btn btn-primary min-h-[56px]">{t('shelves.transfers.find')}</SubmitButton>
          </form>
          {code !== '' && <Sources sources={sources} code={code} locale={locale} slug={shop.slug} />}
          {transfers.length === 0 ? (
            <Empty title={t('shelves.transfers.none')}>{t('shelves.transfers.noneText')}</Empty>
          ) : (
            <ul className="grid gap-3">
              {transfers.map((transfer) => (
                <TransferRow key={transfer.transferId} transfer={transfer} locale={locale} slug={shop.slug} timeZone={timeZone} />
              ))}
            </ul>
          )}
        </>
      )}
    </main>
  );
}

type SourcesProps = {
  readonly sources: readonly TransferSourceView[];
  readonly code: string;
  readonly locale: Locale;
  readonly slug: string;
};

function Sources({ sources, code, locale, slug }: SourcesProps) {
  const t = texts(locale, 'merchant');
  if (sources.length === 0) return <p role="status">{t('shelves.transfers.noSource')}</p>;
  return (
    <ul className="grid gap-3">
      {sources.map((source) => (
        <li key={source.offerId} className="panel flex flex-wrap items-end justify-between gap-4 p-4">
          <p>
            <b>{source.title}</b>. {t('shelves.transfers.source', { shop: source.shopName, count: source.available })}
          </p>
          <form action={requestTransferAction} className="flex items-end gap-3">
            <input type="hidden" name="shop" value={slug} />
            <input type="hidden" name="code" value={code} />
            <input type="hidden" name="fromOfferId" value={source.offerId} />
            <input type="hidden" name="title" value={source.title} />
            <TextField
              id={`ask-${source.offerId}`}
              name="quantity"
              label={t('shelves.transfers.quantity', { shop: source.shopName })}
              type="number"
              inputMode="numeric"
              min={1}
              max={source.available}
              defaultValue={1}
              required
            />
            <SubmitButton className="btn btn-primary min-h-[56px]">{t('shelves.transfers.request')}</SubmitButton>
          </form>
        </li>
      ))}
    </ul>
  );
}
