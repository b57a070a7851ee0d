import type { Metadata } from 'next';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { deskLocale, enterShop } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { KeyFormLive } from '@/components/commerce/key-form-live';
import { SubmitButton } from '@/components/commerce/submit-button';
import { Tag } from '@/components/ui/tag';
import type { Instant, Locale } from '@/lib/kernel';
import { formatAge, formatDate } from '@/lib/kernel';
import { keyScopes, listKeys } from '@/lib/machines';
import type { ApiKeyView } from '@/lib/machines/views';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { createKeyAction, revokeKeyAction } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'machines')('title') };
}

/** What lets the shop's own tools in: its keys, made and taken back here. Owners and managers. */
export default async function KeysPage({ params }: { readonly params: Promise<{ shop: string }> }) {
  const entered = await enterShop((await params).shop, 'manager');
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, shop, locale } = entered.value;
  const [{ keys, mayReachNetwork }, { timeZone }] = await Promise.all([listKeys(scope), getCity()]);
  const t = texts(locale, 'machines');
  return (
    <main id="main" className="desk-page grid gap-6">
      <h1>{t('title')}</h1>
      <p className="max-w-[60ch] text-ink-soft">
        {t('intro')} <a href="/api/v1/docs">{t('docs')}</a>
      </p>
      <section className="panel grid gap-4 p-5" aria-labelledby="new">
        <h2 id="new" className="text-xl">
          {t('new.title')}
        </h2>
        <KeyFormLive
          action={createKeyAction}
          shop={shop.slug}
          mayReachNetwork={mayReachNetwork}
          scopes={keyScopes.map((name) => ({ name, label: t(`scopes.${name}`) }))}
          words={{
            label: t('new.label'),
            labelHint: t('new.labelHint'),
            scopes: t('new.scopes'),
            reach: t('new.reach'),
            reachShop: t('new.reachShop'),
            reachNetwork: t('new.reachNetwork'),
            make: t('new.make'),
            errorTitle: t('new.errorTitle'),
            pageErrorTitle: t('new.pageErrorTitle', { title: t('title') }),
            done: t('new.done'),
            key: t('new.key'),
          }}
        />
      </section>
      <section className="panel grid gap-3 p-5" aria-labelledby="keys">
        <h2 id="keys" className="text-xl">
          {t('keys.title')}
        </h2>
        {keys.length === 0 && <p>{t('keys.none')}</p>}
        <ul className="grid gap-4">
          {keys.map((one) => (
            <KeyRow key={one.keyId} row={one} slug={shop.slug} locale={locale} now={requestMoment()} timeZone={timeZone} />
          ))}
        </ul>
      </section>
    </main>
  );
}

type KeyRowProps = {
  readonly row: ApiKeyView;
  readonly slug: string;
  readonly locale: Locale;
  readonly now: Instant;
  readonly timeZone: string;
};

function KeyRow({ row, slug, locale, now, timeZone }: KeyRowProps) {
  const t = texts(locale, 'machines');
  return (
    <li className="flex flex-wrap items-center justify-between gap-3">
      <div className="min-w-0">
        <h3 className="text-lg">{row.label}</h3>
        <p className="text-base text-ink-soft">
          {t('keys.ends', { hint: row.hint })}.{' '}
          {t('keys.made', {
            name: row.madeBy ?? texts(locale, 'common')('closedAccount'),
            date: formatDate(row.createdAt, locale, timeZone),
          })}
          . {row.lastUsedAt === undefined ? t('keys.neverUsed') : t('keys.used', { age: formatAge(row.lastUsedAt, now, locale) })}.
        </p>
        <p className="mt-1 flex flex-wrap gap-2">
          {row.isForNetwork && <Tag>{t('keys.network')}</Tag>}
          {row.scopes.map((scope) => (
            <Tag key={scope}>{t(`scopes.${scope}`)}</Tag>
          ))}
        </p>
      </div>
      {row.revokedAt === undefined ? (
        <form action={revokeKeyAction}>
          <input type="hidden" name="shop" value={slug} />
          <input type="hidden" name="keyId" value={row.keyId} />
          <SubmitButton className="btn btn-secondary min-h-[64px]" label={t('keys.revoke', { label: row.label })}>
            {t('keys.revokeShort')}
          </SubmitButton>
        </form>
      ) : (
        <Tag colour="neutral">{t('keys.revoked')}</Tag>
      )}
    </li>
  );
}
