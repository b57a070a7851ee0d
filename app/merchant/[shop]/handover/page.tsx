import type { Metadata } from 'next';
import { deskLocale, enterShop } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { explainCounter } from '@/app/_text/explain-counter';
import { Banner } from '@/components/ui/banner';
import { Icon } from '@/components/ui/icon';
import { findToHandOver, getCounterSubOrder, type Proof } from '@/lib/fulfilment';
import type { CounterSubOrderView } from '@/lib/fulfilment/views';
import type { Locale } from '@/lib/kernel';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import type { DeskShowing } from '../../_parts/desk-words';
import { HandoverForm } from '../../_parts/handover-form';
import { PickLine } from '../../_parts/pick-line';
import { handoverWords } from '../../_parts/work-foot';
import { handOverAction } from '../counter/actions';

type HandoverPageProps = {
  readonly params: Promise<{ shop: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

type Asked = { readonly code: string; readonly name: string; readonly digits: string };

const text = (value: string | string[] | undefined) => (typeof value === 'string' ? value.trim().slice(0, 80) : '');

function proofOf({ code, name, digits }: Asked): Proof | undefined {
  if (code !== '') return { pass: code };
  return name !== '' && digits !== '' ? { name, lastDigits: digits } : undefined;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'merchant')('handover.title') };
}

/** Somebody stands at the counter: code, look, "Remis". */
export default async function HandoverPage({ params, searchParams }: HandoverPageProps) {
  const entered = await enterShop((await params).shop);
  if (!entered.ok) return null;
  const { scope, shop, locale } = entered.value;
  const query = await searchParams;
  const asked: Asked = { code: text(query['code']), name: text(query['name']), digits: text(query['digits']) };
  const proof = proofOf(asked);
  const [city, found] = await Promise.all([getCity(), proof && findToHandOver(scope, proof)]);
  const subOrder = found?.ok ? await getCounterSubOrder(scope, found.value.subOrderId) : undefined;
  const t = texts(locale, 'merchant');
  const showing = { locale, now: requestMoment(), timeZone: city.timeZone, slug: shop.slug };
  return (
    <main id="main" className="desk-page grid gap-6">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1>{t('handover.title')}</h1>
        <a className="btn btn-secondary btn-counter" href={`/merchant/${shop.slug}/counter/returns`}>
          <Icon name="undo-2" />
          {texts(locale, 'returns')('desk.link')}
        </a>
      </div>
      {found && !found.ok && (
        <Banner kind="bad" announce>
          {explainCounter(locale, found.error, city.timeZone)}
        </Banner>
      )}
      {subOrder ? <Found subOrder={subOrder} showing={showing} asked={asked} /> : <AskProof locale={locale} asked={asked} />}
    </main>
  );
}

function AskProof({ locale, asked }: { locale: Locale; asked: Asked }) {
  const t = texts(locale, 'merchant');
  return (
    <>
      <form method="get" className="panel flex flex-wrap items-end gap-4 p-5">
        <label className="grid gap-2">
          <span className="font-semibold">{t('handover.code')}</span>
          <input
            className="code-input"
            name="code"
            required
            maxLength={60}
            autoFocus
            autoCapitalize="characters"
            autoComplete="off"
            spellCheck={false}
            enterKeyHint="search"
            defaultValue={asked.code}
          />
        </label>
        <button type="submit" className="btn btn-primary btn-counter">
          {t('handover.find')}
        </button>
      </form>
      <details className="panel p-5" open={asked.name !== ''}>
        <summary className="min-h-[44px] font-semibold">{t('handover.byName')}</summary>
        <form method="get" className="mt-4 flex flex-wrap items-end gap-4">
          <label className="grid min-w-0 flex-1 basis-[240px] gap-2">
            <span className="font-semibold">{t('handover.name')}</span>
            <input className="input min-h-[64px]" name="name" required maxLength={80} autoComplete="off" defaultValue={asked.name} />
          </label>
          <label className="grid gap-2">
            <span className="font-semibold">{t('handover.digits')}</span>
            <input
              className="input min-h-[64px] w-[8ch]"
              name="digits"
              required
              inputMode="numeric"
              maxLength={8}
              autoComplete="off"
              defaultValue={asked.digits}
            />
          </label>
          <button type="submit" className="btn btn-secondary min-h-[64px]">
            {t('handover.find')}
          </button>
        </form>
      </details>
    </>
  );
}

function Found({ subOrder, showing, asked }: { subOrder: CounterSubOrderView; showing: DeskShowing; asked: Asked }) {
  const { locale, slug } = showing;
  const t = texts(locale, 'merchant');
  const given: Readonly<Record<string, string>> = asked.code === '' ? { name: asked.name, digits: asked.digits } : { code: asked.code };
  return (
    <section className="grid gap-4" aria-labelledby="found">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div>
          <h2 id="found" className="text-2xl">
            {subOrder.shopperName}
          </h2>
          <p className="text-ink-soft">{t('work.order.pickup', { number: subOrder.number })}</p>
        </div>
        {subOrder.bag !== undefined && (
          <p className="tag tag-green px-4 py-3 text-lg">
            <Icon name="shopping-bag" />
            {t('ticket.bag', { bag: subOrder.bag })}
          </p>
        )}
      </div>
      <ul className="pick-lines">
        {subOrder.lines.map((line) => (
          <PickLine key={line.lineId} line={line} locale={locale} slug={slug} canTick={false} />
        ))}
      </ul>
      <div className="work-foot rounded-panel border border-line">
        <a className="btn btn-secondary foot-side" href={`/merchant/${slug}/handover`}>
          <Icon name="x" />
          {t('handover.notThem')}
        </a>
        <HandoverForm
          action={handOverAction}
          fields={{ shop: slug, subOrderId: subOrder.subOrderId, back: 'handover', ...given }}
          minimumAge={subOrder.minimumAge}
          of={subOrder.shopperName}
          words={handoverWords(locale, subOrder.minimumAge)}
        />
      </div>
    </section>
  );
}
