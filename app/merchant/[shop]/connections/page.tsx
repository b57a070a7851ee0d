import type { Metadata } from 'next';
import { deskLocale, enterShop } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { SourceFormLive } from '@/components/commerce/source-form-live';
import { Empty } from '@/components/ui/banner';
import { Tag } from '@/components/ui/tag';
import type { Locale } from '@/lib/kernel';
import { env } from '@/lib/platform/env';
import { getCity } from '@/lib/shops';
import { listConnections, listConnectors } from '@/lib/sources';
import type { ConnectorView } from '@/lib/sources/views';
import { texts } from '@/lib/texts';
import { ConnectionCard } from '../../_parts/connection-card';
import { choiceLabel, fieldLabel } from '../../_parts/source-words';
import {
  addConnectionAction,
  askConnectionAction,
  pauseConnectionAction,
  removeConnectionAction,
  resumeConnectionAction,
  testConnectionAction,
} from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'sources')('title') };
}

type PageProps = {
  readonly params: Promise<{ readonly shop: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;
};

const steps = {
  test: testConnectionAction,
  ask: askConnectionAction,
  pause: pauseConnectionAction,
  resume: resumeConnectionAction,
  remove: removeConnectionAction,
};

/** The shop's tills and sites: how each one does, and a new one to connect. Owners and managers. */
export default async function ConnectionsPage({ params, searchParams }: PageProps) {
  const entered = await enterShop((await params).shop, 'manager');
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, shop, locale } = entered.value;
  const asked = (await searchParams)['kind'];
  const [connections, city] = await Promise.all([listConnections(scope), getCity()]);
  const t = texts(locale, 'sources');
  const chosen = listConnectors().find(({ kind }) => kind === asked);
  const showing = { locale, now: requestMoment(), timeZone: city.timeZone, slug: shop.slug, baseUrl: env().baseUrl };
  return (
    <main id="main" className="desk-page grid gap-6">
      <header>
        <a href={`/merchant/${shop.slug}/settings`} className="text-base">
          {t('back')}
        </a>
        <h1 className="mt-2">{t('title')}</h1>
        <p className="mt-2 max-w-[62ch] text-ink-soft">{t('intro')}</p>
      </header>
      <section className="grid gap-3" aria-labelledby="connections">
        <h2 id="connections" className="text-xl">
          {t('list.title')}
        </h2>
        {connections.length === 0 ? (
          <Empty title={t('list.none')}>{t('list.noneText')}</Empty>
        ) : (
          <ul className="grid gap-4">
            {connections.map((connection) => (
              <ConnectionCard key={connection.connectionId} connection={connection} showing={showing} steps={steps} />
            ))}
          </ul>
        )}
      </section>
      <section className="panel grid gap-4 p-5" aria-labelledby="new">
        <h2 id="new" className="text-xl">
          {t('new.title')}
        </h2>
        {chosen === undefined ? <Choice locale={locale} slug={shop.slug} /> : <Form connector={chosen} locale={locale} slug={shop.slug} />}
      </section>
    </main>
  );
}

/** Every source as a link to its own form: a choice that needs no script. */
function Choice({ locale, slug }: { readonly locale: Locale; readonly slug: string }) {
  const t = texts(locale, 'sources');
  return (
    <>
      <p className="text-base text-ink-soft">{t('new.choose')}</p>
      <ul className="grid gap-3 md:grid-cols-2 lg:grid-cols-3">
        {listConnectors().map(({ kind, name, grade }) => (
          <li key={kind}>
            <a className="import-row min-h-[64px]" href={`/merchant/${slug}/connections?kind=${kind}#new`}>
              <strong className="min-w-0 flex-1">{name}</strong>
              <Tag>{t('list.grade', { grade, meaning: t(`grades.${grade}`) })}</Tag>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

function Form({ connector, locale, slug }: { readonly connector: ConnectorView; readonly locale: Locale; readonly slug: string }) {
  const t = texts(locale, 'sources');
  return (
    <>
      <p className="flex flex-wrap items-center gap-3">
        <strong className="text-lg">{connector.name}</strong>
        <Tag>{t('list.grade', { grade: connector.grade, meaning: t(`grades.${connector.grade}`) })}</Tag>
        <a href={`/merchant/${slug}/connections#new`}>{t('new.change')}</a>
      </p>
      <SourceFormLive
        action={addConnectionAction}
        shop={slug}
        kind={connector.kind}
        key={connector.kind}
        fields={connector.fields.map(({ name, kind, isOptional, choices, example }) => ({
          name,
          kind,
          isOptional,
          label: fieldLabel(locale, name),
          hint: kind === 'secret' ? t('new.sealed') : example === undefined ? undefined : t('new.example', { example }),
          choices: choices.map((value) => ({ value, label: choiceLabel(locale, value) })),
        }))}
        words={{
          connect: t('new.connect'),
          errorTitle: t('new.errorTitle'),
          pageErrorTitle: t('new.pageErrorTitle', { title: t('title') }),
          optional: t('new.optional'),
        }}
      />
    </>
  );
}
