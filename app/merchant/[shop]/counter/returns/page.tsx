import type { Metadata } from 'next';
import { deskLocale, enterShop } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { explainDeskReturn } from '@/app/_text/explain-return';
import { Banner } from '@/components/ui/banner';
import { Icon } from '@/components/ui/icon';
import type { Locale } from '@/lib/kernel';
import { getCounterReturn, listShopReturns } from '@/lib/returns';
import type { CounterReturnView, ShopReturnsView } from '@/lib/returns/views';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import type { DeskShowing } from '../../../_parts/desk-words';
import { ReturnInspection } from '../../../_parts/return-inspection';
import { ReturnTicket } from '../../../_parts/return-ticket';

type ReturnsPageProps = {
  readonly params: Promise<{ shop: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'returns')('desk.title') };
}

/** Somebody brings something back: code, count, look, "Accepter" or "À voir"; below, what waits for this shop. */
export default async function ReturnsPage({ params, searchParams }: ReturnsPageProps) {
  const entered = await enterShop((await params).shop);
  if (!entered.ok) return null;
  const { scope, shop, locale } = entered.value;
  const asked = (await searchParams)['code'];
  const code = typeof asked === 'string' ? asked.trim().slice(0, 120) : '';
  const [city, found, waiting] = await Promise.all([
    getCity(),
    code === '' ? undefined : getCounterReturn(scope, code),
    listShopReturns(scope),
  ]);
  const t = texts(locale, 'returns');
  const showing: DeskShowing = { locale, now: requestMoment(), timeZone: city.timeZone, slug: shop.slug };
  const open = found?.ok && found.value.receivedAt === undefined && found.value.endedAt === undefined ? found.value : undefined;
  return (
    <main id="main" className="desk-page grid gap-6">
      <h1>{t('desk.title')}</h1>
      {found && !found.ok && (
        <Banner kind="bad" announce>
          {explainDeskReturn(locale, found.error, city)}
        </Banner>
      )}
      {open ? <ReturnInspection view={open} pass={code} showing={showing} /> : <AskPass locale={locale} code={code} />}
      {found?.ok && !open && <ReturnTicket view={found.value} showing={showing} />}
      {!open && <Waiting waiting={waiting} showing={showing} />}
    </main>
  );
}

function AskPass({ locale, code }: { locale: Locale; code: string }) {
  const t = texts(locale, 'returns');
  return (
    <form method="get" className="panel flex flex-wrap items-end gap-4 p-5">
      <label className="grid min-w-0 gap-2">
        <span className="font-semibold">{t('desk.scan')}</span>
        <input
          className="code-input"
          name="code"
          required
          maxLength={120}
          autoCapitalize="characters"
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="search"
          aria-describedby="scan-hint"
          defaultValue={code.length > 12 ? '' : code}
        />
      </label>
      <button type="submit" className="btn btn-primary btn-counter">
        <Icon name="scan-barcode" />
        {t('desk.find')}
      </button>
      <p className="hint basis-full" id="scan-hint">
        {t('desk.scanHint')}
      </p>
    </form>
  );
}

const sections = ['toDecide', 'toSendHome', 'comingHome', 'expected', 'done'] as const;

function Waiting({ waiting, showing }: { waiting: ShopReturnsView; showing: DeskShowing }) {
  const t = texts(showing.locale, 'returns');
  const shown = sections.map((name) => [name, waiting[name]] as const).filter(([, views]) => views.length > 0);
  if (shown.length === 0) {
    return (
      <div className="empty">
        <p className="font-semibold">{t('desk.empty')}</p>
        <p>{t('desk.emptyHint')}</p>
      </div>
    );
  }
  return shown.map(([name, views]) => <Section key={name} name={name} views={views} showing={showing} />);
}

type SectionProps = {
  readonly name: (typeof sections)[number];
  readonly views: readonly CounterReturnView[];
  readonly showing: DeskShowing;
};

function Section({ name, views, showing }: SectionProps) {
  const t = texts(showing.locale, 'returns');
  return (
    <section className="grid gap-3" aria-labelledby={`returns-${name}`}>
      <h2 id={`returns-${name}`} className="text-xl">
        {t(`desk.section.${name}`)} <span className="text-ink-soft">{views.length}</span>
      </h2>
      {views.map((view) => (
        <ReturnTicket key={view.returnId} view={view} showing={showing} section={name} />
      ))}
    </section>
  );
}
