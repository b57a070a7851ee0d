import type { Metadata } from 'next';
import { deskLocale, enterShop } from '@/app/_data/desk';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { Tag } from '@/components/ui/tag';
import { listImports } from '@/lib/connectors';
import { formatDay, formatTime } from '@/lib/kernel';
import { requestMoment } from '@/app/_data/showing';
import { inboundAddress } from '@/lib/inbound';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { DropFile } from '../../../_parts/drop-file';

type ImportPageProps = { readonly params: Promise<{ shop: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'imports')('title') };
}

const colours = { staged: 'honey', checked: 'honey', applying: 'blue', done: 'green', undoing: 'blue', undone: 'neutral' } as const;

/** A file of any kind, dropped or chosen; below, what came before. */
export default async function ImportPage({ params }: ImportPageProps) {
  const entered = await enterShop((await params).shop, 'manager');
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, shop, locale } = entered.value;
  const [imports, city] = await Promise.all([listImports(scope), getCity()]);
  const address = inboundAddress(shop);
  const t = texts(locale, 'imports');
  const now = requestMoment();
  return (
    <main id="main" className="desk-page grid gap-6">
      <header>
        <a href={`/merchant/${shop.slug}/stock`} className="text-base">
          {t('backToStock')}
        </a>
        <h1 className="mt-2">{t('title')}</h1>
        <p className="mt-2 max-w-[62ch] text-ink-soft">{t('lead')}</p>
      </header>
      <DropFile
        action={`/api/uploads?shop=${encodeURIComponent(shop.slug)}`}
        words={{ drop: t('drop'), choose: t('choose'), file: t('file'), send: t('send'), sending: t('sending'), formats: t('formats') }}
      />
      <p className="max-w-[72ch] text-base text-ink-soft">{t('known')}</p>
      {address !== undefined && (
        <p className="max-w-[72ch] text-base [overflow-wrap:anywhere]">
          {t('byMail')} <a href={`mailto:${address}`}>{address}</a>
        </p>
      )}
      <section aria-labelledby="last" className="grid gap-3">
        <h2 id="last" className="text-xl">
          {t('last')}
        </h2>
        {imports.length === 0 ? (
          <p className="text-base text-ink-soft">{t('none')}</p>
        ) : (
          <ul className="grid gap-2">
            {imports.map((one) => (
              <li key={one.importId}>
                <a className="import-row" href={`/merchant/${shop.slug}/stock/import/${one.importId}`}>
                  <span className="min-w-0 flex-1">
                    <strong className="block truncate">{one.fileName}</strong>
                    <span className="text-base text-ink-soft">
                      {formatDay(one.createdAt, now, locale, city.timeZone)} {formatTime(one.createdAt, locale, city.timeZone)},{' '}
                      {t('read', { rows: one.rows })}
                    </span>
                  </span>
                  <Tag colour={colours[one.state]}>{t(`state.${one.state}`)}</Tag>
                </a>
              </li>
            ))}
          </ul>
        )}
      </section>
    </main>
  );
}
