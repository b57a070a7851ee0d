import type { Metadata } from 'next';
import { deskLocale, enterCity } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { SubmitButton } from '@/components/commerce/submit-button';
import { Empty } from '@/components/ui/banner';
import { TextAreaField } from '@/components/ui/field';
import { Tag } from '@/components/ui/tag';
import type { Instant, Locale } from '@/lib/kernel';
import { DAY, formatAge, pathTo } from '@/lib/kernel';
import type { AskedOpeningView } from '@/lib/onboarding';
import { listAskedOpenings, opensByItself } from '@/lib/onboarding';
import { listChangedPapers } from '@/lib/papers';
import type { ChangedPapersView } from '@/lib/papers/views';
import { listProposals } from '@/lib/proposals';
import { texts, tradeName } from '@/lib/texts';
import { automaticOpeningsAction, confirmPapersAction, decideOpeningAction } from './actions';
import { Proposals } from './proposals';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'onboarding')('city.title') };
}

/** What shops may wait for an answer at most. */
const PATIENCE_MS = 2 * DAY;

/** Shops that ask to open: their papers side by side, and two answers. */
export default async function VerificationsPage() {
  const entered = await enterCity(['admin', 'moderator']);
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, locale } = entered.value;
  const [openings, automatic, changed, proposals] = await Promise.all([
    listAskedOpenings(scope),
    opensByItself(),
    listChangedPapers(scope),
    listProposals(scope),
  ]);
  const t = texts(locale, 'onboarding');
  return (
    <main id="main" className="ops-main">
      <div className="ops-head">
        <div>
          <h1>{t('city.title')}</h1>
          <p className="max-w-[72ch]">{t('city.lead')}</p>
        </div>
      </div>
      <div className="grid gap-5">
        {scope.role === 'admin' && (
          <form action={automaticOpeningsAction} className="box flex flex-wrap items-center justify-between gap-3 p-4">
            <p>
              <strong>{t('city.automatic')}</strong>
              <span className="block text-ink-soft">{t(automatic ? 'city.automaticOn' : 'city.automaticOff')}</span>
            </p>
            <SubmitButton className="btn btn-secondary btn-ops" name="automatic" value={automatic ? 'off' : 'on'}>
              {t(automatic ? 'city.turnOff' : 'city.turnOn')}
            </SubmitButton>
          </form>
        )}
        {openings.length === 0 ? (
          <Empty title={t('city.none')}>{t('city.noneText')}</Empty>
        ) : (
          <ul className="grid gap-4">
            {openings.map((opening) => (
              <Opening key={opening.shopId} opening={opening} locale={locale} now={requestMoment()} />
            ))}
          </ul>
        )}
        {proposals.length > 0 && <Proposals proposals={proposals} locale={locale} now={requestMoment()} />}
        {changed.length > 0 && <ChangedPapers changed={changed} locale={locale} now={requestMoment()} />}
      </div>
    </main>
  );
}

type OpeningProps = { readonly opening: AskedOpeningView; readonly locale: Locale; readonly now: Instant };

function Opening({ opening, locale, now }: OpeningProps) {
  const t = texts(locale, 'onboarding');
  const { shopId, name, askedAt, account } = opening;
  const isLate = now - askedAt > PATIENCE_MS;
  return (
    <li className="box grid gap-4 p-4" aria-labelledby={`name-${shopId}`}>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 id={`name-${shopId}`} className="text-lg">
            {name}
          </h2>
          <p className="text-ink-soft">
            {tradeName(opening.trade, locale)}, {opening.address}
          </p>
        </div>
        <p className="flex flex-wrap gap-2">
          <Tag colour={isLate ? 'tomato' : 'neutral'}>
            {isLate ? t('city.late') : t('city.asked', { age: formatAge(askedAt, now, locale) })}
          </Tag>
          <Tag colour={account === 'enabled' ? 'green' : 'honey'}>{t(`city.account.${account}`)}</Tag>
        </p>
      </div>
      <Papers opening={opening} locale={locale} />
      <form action={decideOpeningAction} className="grid gap-3">
        <input type="hidden" name="shopId" value={shopId} />
        <TextAreaField id={`reason-${shopId}`} name="reason" label={t('city.reason')} rows={2} maxLength={500} />
        <p className="flex flex-wrap gap-2">
          <SubmitButton className="btn btn-primary btn-ops" name="verdict" value="approve" label={t('city.approveLabel', { name })}>
            {t('city.approve')}
          </SubmitButton>
          <SubmitButton className="btn btn-secondary btn-ops" name="verdict" value="refuse" label={t('city.refuseLabel', { name })}>
            {t('city.refuse')}
          </SubmitButton>
          <a className="btn btn-quiet btn-ops" href={pathTo(locale, 'shop', { slug: opening.slug })}>
            {t('city.page')}
          </a>
        </p>
      </form>
    </li>
  );
}

function Papers({ opening, locale }: Omit<OpeningProps, 'now'>) {
  const t = texts(locale, 'onboarding');
  const { regime } = opening;
  const rows = [
    [t('fields.legalName'), `${opening.legalName}, ${opening.legalForm}`],
    [t('fields.register'), `${opening.register}, ${t('city.siren', { siren: opening.siren })}`],
    [
      t('fields.regime'),
      `${regime === 'normal' || regime === 'exempt' || regime === 'margin' ? t(`regimes.${regime}`) : '–'}, ${opening.vatNumber === undefined ? t('city.vatNone') : t('city.vat', { number: opening.vatNumber })}`,
    ],
    [t('fields.keeper'), `${opening.keeper}, ${opening.phone}, ${opening.email}`],
    [t('steps.products.title'), t('city.products', { count: opening.products })],
  ] as const;
  return (
    <dl className="grid gap-x-6 gap-y-2 md:grid-cols-[220px_minmax(0,1fr)]">
      {rows.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-ink-soft">{name}</dt>
          <dd className="[overflow-wrap:anywhere]">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

type ChangedProps = { readonly changed: readonly ChangedPapersView[]; readonly locale: Locale; readonly now: Instant };

/** Open shops whose company states something else than the city last compared. */
function ChangedPapers({ changed, locale, now }: ChangedProps) {
  const t = texts(locale, 'onboarding');
  return (
    <section className="grid gap-3" aria-labelledby="changed">
      <h2 id="changed" className="text-lg">
        {t('changed.title')}
      </h2>
      <p className="max-w-[72ch] text-ink-soft">{t('changed.lead')}</p>
      <ul className="grid gap-3">
        {changed.map(({ merchantId, shops, legalName, legalForm, siren, register, address, declaredAt }) => (
          <li key={merchantId} className="box flex flex-wrap items-start justify-between gap-3 p-4">
            <p className="min-w-0 [overflow-wrap:anywhere]">
              <strong>{shops}</strong>
              <span className="block">{[legalName, legalForm, register, t('city.siren', { siren })].join(', ')}</span>
              <span className="block text-ink-soft">
                {address}
                {declaredAt !== undefined && <>, {t('changed.declared', { age: formatAge(declaredAt, now, locale) })}</>}
              </span>
            </p>
            <form action={confirmPapersAction}>
              <input type="hidden" name="merchantId" value={merchantId} />
              <input type="hidden" name="declaredAt" value={declaredAt ?? ''} />
              <SubmitButton className="btn btn-primary btn-ops" label={t('changed.confirmLabel', { name: shops })}>
                {t('changed.confirm')}
              </SubmitButton>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}
