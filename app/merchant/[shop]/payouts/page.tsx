import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { deskLocale, enterShop } from '@/app/_data/desk';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { FigureLines } from '@/app/_shell/ledger-lines';
import { AccountForm, isFillingAccount, ToAccount } from '@/app/merchant/_parts/payment-account';
import { Banner, Empty } from '@/components/ui/banner';
import { ButtonLink } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import type { Locale, Minor } from '@/lib/kernel';
import { formatDate, formatMoney, moneyOf, parseId } from '@/lib/kernel';
import { getStatement, listShopFigure } from '@/lib/settlement';
import type { FigureView, StatementView } from '@/lib/settlement/views';
import { texts } from '@/lib/texts';
import { StatementTable } from './statement-table';

type PayoutsPageProps = {
  readonly params: Promise<{ shop: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'payouts')('title') };
}

/** The figures beside the balance that open to their entries; the balance itself opens to the lines of the statement. */
const openable = ['pending', 'disputed'] as const;

/** Money on one page: what comes next and when, what waits and why, every line of every payout. */
export default async function PayoutsPage({ params, searchParams }: PayoutsPageProps) {
  const entered = await enterShop((await params).shop, 'owner');
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, shop, locale } = entered.value;
  const { payout: asked, account, of } = await searchParams;
  const payoutId = typeof asked === 'string' ? parseId('payout', asked) : undefined;
  if (asked !== undefined && payoutId === undefined) notFound();
  const opened = openable.find((one) => one === of);
  const [statement, figure] = await Promise.all([getStatement(scope, payoutId), opened && listShopFigure(scope, opened)]);
  if (!statement) notFound();
  const t = texts(locale, 'payouts');
  const words = { locale, money: (amount: Minor) => formatMoney(moneyOf(amount, statement.currency), locale) };
  return (
    <main id="main" className="desk-page grid gap-6">
      <h1>{t('title')}</h1>
      <Headline statement={statement} slug={shop.slug} {...words} />
      {opened && figure && <Opened figure={figure} which={opened} statement={statement} slug={shop.slug} {...words} />}
      {!statement.isPayable && <PaymentFile slug={shop.slug} locale={locale} isFilling={isFillingAccount(account)} />}
      <section className="grid gap-3">
        <h2 id="lines" className="text-xl">
          {t('lines')}
        </h2>
        {statement.lines.length === 0 ? (
          <Empty title={t('none')} />
        ) : (
          <>
            <StatementTable statement={statement} {...words} />
            <p className="text-base text-ink-soft">{t('why')}</p>
            <ButtonLink
              kind="secondary"
              className="min-h-[64px] justify-self-start"
              href={`/api/statements?shop=${shop.slug}${payoutId ? `&payout=${payoutId}` : ''}`}
            >
              <Icon name="download" />
              {t('csv')}
            </ButtonLink>
          </>
        )}
      </section>
      <PastPayouts statement={statement} slug={shop.slug} {...words} />
    </main>
  );
}

type PaymentFileProps = { readonly slug: string; readonly locale: Locale; readonly isFilling: boolean };

/** What the provider still waits for: the way to its form, and the form once it is asked for. */
function PaymentFile({ slug, locale, isFilling }: PaymentFileProps) {
  const t = texts(locale, 'payouts');
  if (isFilling) {
    return (
      <section className="panel grid gap-4 p-5" aria-labelledby="file">
        <h2 id="file" className="text-xl">
          {t('account.title')}
        </h2>
        <p className="text-base text-ink-soft">{texts(locale, 'onboarding')('account.form.text')}</p>
        <AccountForm at="payouts" slug={slug} locale={locale} />
      </section>
    );
  }
  return (
    <Banner>
      {t('account.missing')}
      <div className="mt-3">
        <ToAccount at="payouts" slug={slug} className="btn btn-primary">
          {t('account.open')}
        </ToAccount>
      </div>
    </Banner>
  );
}

type Words = { readonly statement: StatementView; readonly locale: Locale; readonly money: (amount: Minor) => string };

function Headline({ statement, slug, locale, money }: Words & { readonly slug: string }) {
  const t = texts(locale, 'payouts');
  const { shown, balanceMinor, nextPayoutAt, waitingMinor, timeZone } = statement;
  if (shown) {
    return (
      <section className="panel p-5">
        <p className="text-base text-ink-soft">{t('shown', { day: formatDate(shown.createdAt, locale, timeZone) })}</p>
        <p className="num text-4xl font-bold">{money(shown.amountMinor)}</p>
        <p className="text-base">{t(`state.${shown.state}`, { day: formatDate(shown.settledAt ?? shown.createdAt, locale, timeZone) })}</p>
      </section>
    );
  }
  return (
    <>
      <section className="panel p-5">
        <p className="text-base text-ink-soft">{t('next')}</p>
        <p className="num text-4xl font-bold">{money(balanceMinor)}</p>
        {statement.holds.length === 0 && <p className="text-base">{t('nextWhen', { day: formatDate(nextPayoutAt, locale, timeZone) })}</p>}
        {waitingMinor > 0 && (
          <p className="mt-3 text-base text-ink-soft">
            {t('waiting', { amount: money(waitingMinor) })} <ToFigure which="pending" slug={slug} locale={locale} />
          </p>
        )}
      </section>
      <Held statement={statement} locale={locale} />
      {statement.disputedMinor > 0 && (
        <Banner>
          {t('disputed', { amount: money(statement.disputedMinor) })} <ToFigure which="disputed" slug={slug} locale={locale} />
        </Banner>
      )}
      {balanceMinor < 0 && <Banner>{t('owed', { amount: money(balanceMinor) })}</Banner>}
    </>
  );
}

type Openable = (typeof openable)[number];

function ToFigure({ which, slug, locale }: { readonly which: Openable; readonly slug: string; readonly locale: Locale }) {
  const t = texts(locale, 'payouts');
  return (
    <a className="inline-flex min-h-11 items-center" href={`/merchant/${slug}/payouts?of=${which}#figure`}>
      {t('figure.open')}
      <span className="sr-only"> {t(`figure.${which}`)}</span>
    </a>
  );
}

type OpenedProps = Words & { readonly figure: FigureView; readonly which: Openable; readonly slug: string };

/** A figure opened to the entries it is the sum of. */
function Opened({ figure, which, statement, slug, locale, money }: OpenedProps) {
  const t = texts(locale, 'payouts');
  return (
    <section className="panel grid gap-2 p-5" aria-labelledby="figure">
      <h2 id="figure" className="text-xl">
        {t(`figure.${which}`)}
      </h2>
      <FigureLines figure={figure} locale={locale} money={money} timeZone={statement.timeZone} />
      <a className="inline-flex min-h-11 items-center justify-self-start" href={`/merchant/${slug}/payouts`}>
        {t('figure.close')}
      </a>
    </section>
  );
}

/** Why nothing leaves for now, on which facts, and until when. */
function Held({ statement: { holds, timeZone }, locale }: Pick<Words, 'statement' | 'locale'>) {
  const t = texts(locale, 'payouts');
  if (holds.length === 0) return null;
  return (
    <section className="panel grid gap-3 border-2 border-miel p-5" aria-labelledby="held">
      <h2 id="held" className="text-xl">
        {t('held.title')}
      </h2>
      {holds.map((hold) => (
        <div key={hold.placedAt} className="grid gap-1 text-base">
          <p className="font-bold">{t(`held.reason.${hold.reason}`)}</p>
          <p>{t('held.facts', { facts: hold.statement })}</p>
          <p className="text-ink-soft">
            {t('held.until', { from: formatDate(hold.placedAt, locale, timeZone), to: formatDate(hold.freedAt, locale, timeZone) })}
          </p>
        </div>
      ))}
      <p className="text-base">{t('held.free')}</p>
    </section>
  );
}

function PastPayouts({ statement, slug, locale, money }: Words & { readonly slug: string }) {
  const t = texts(locale, 'payouts');
  if (statement.payouts.length === 0) return null;
  return (
    <section className="grid gap-3" aria-labelledby="past">
      <h2 id="past" className="text-xl">
        {t('past')}
      </h2>
      {statement.shown && (
        <a className="justify-self-start py-3" href={`/merchant/${slug}/payouts`}>
          {t('current')}
        </a>
      )}
      <ul className="grid gap-2">
        {statement.payouts.map((payout) => (
          <li key={payout.payoutId}>
            <a
              className="panel flex min-h-[64px] items-center justify-between gap-4 px-5"
              href={`/merchant/${slug}/payouts?payout=${payout.payoutId}`}
              {...(payout.payoutId === statement.shown?.payoutId && { 'aria-current': 'page' as const })}
            >
              <span>
                {t('shown', { day: formatDate(payout.createdAt, locale, statement.timeZone) })}
                <span className="block text-md text-ink-soft">
                  {t(`state.${payout.state}`, { day: formatDate(payout.settledAt ?? payout.createdAt, locale, statement.timeZone) })}
                </span>
              </span>
              <span className="num font-bold">{money(payout.amountMinor)}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
