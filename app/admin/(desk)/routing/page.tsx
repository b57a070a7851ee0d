import type { Metadata } from 'next';
import { deskLocale, enterCity } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { SubmitButton } from '@/components/commerce/submit-button';
import { TextField } from '@/components/ui/field';
import type { Locale } from '@/lib/kernel';
import { formatMoney, minor, moneyOf, type Currency } from '@/lib/kernel';
import { getCity } from '@/lib/shops';
import { listPolicyVersions, previewPolicy } from '@/lib/sourcing';
import type { PolicyVersionView, RoutingPolicy, SamplePlanView, SampleView } from '@/lib/sourcing';
import { methodText, texts } from '@/lib/texts';
import { stamp, type OpsShowing } from '../../_parts/order-table';
import { publishPolicyAction, revertPolicyAction } from './actions';
import { draftFrom, figures, isMoney } from './draft';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'admin')('routing.title') };
}

type RoutingPageProps = { readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>> };

/** The live policy in words, a draft of it, and what the draft would do with the latest baskets before anybody publishes it. */
export default async function RoutingPage({ searchParams }: RoutingPageProps) {
  const entered = await enterCity();
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, locale } = entered.value;
  const now = requestMoment();
  const [versions, city, wished] = await Promise.all([listPolicyVersions(scope), getCity(), searchParams]);
  const [live] = versions;
  const t = texts(locale, 'admin');
  if (!live) return null;
  const draft = draftFrom(wished, live.policy);
  const samples = draft ? await previewPolicy(scope, draft, now) : undefined;
  const mayEdit = scope.role === 'admin';
  const showing = { locale, now, timeZone: city.timeZone };
  return (
    <main id="main" className="ops-main">
      <div className="ops-head">
        <div>
          <h1>{t('routing.title')}</h1>
          <p>{t('routing.intro')}</p>
        </div>
      </div>
      <section className="box" aria-labelledby="live-policy">
        <h2 id="live-policy">{t('routing.live', { version: live.version })}</h2>
        <PolicyWords policy={live.policy} locale={locale} currency={city.currency} />
      </section>
      {mayEdit && (
        <section className="box" aria-labelledby="draft">
          <h2 id="draft">{t('routing.draft')}</h2>
          <p className="box-note">{t('routing.draftNote')}</p>
          <form method="get" action="/admin/routing" className="grid gap-4 p-4 md:grid-cols-2 xl:grid-cols-3">
            {figures.map((key) => (
              <TextField
                key={key}
                id={`policy-${key}`}
                name={key}
                type="number"
                inputMode="numeric"
                min={0}
                label={t(`routing.figure.${key}`)}
                hint={t(isMoney(key) ? 'routing.inCents' : `routing.hint.${key}`)}
                defaultValue={(draft ?? live.policy)[key] ?? ''}
                required={key !== 'mostShops'}
              />
            ))}
            <div className="md:col-span-2 xl:col-span-3">
              <SubmitButton className="btn btn-secondary">{t('routing.try')}</SubmitButton>
            </div>
          </form>
        </section>
      )}
      {samples && draft && (
        <Preview samples={samples} draft={draft} from={live.version} around={{ locale, currency: city.currency, showing, mayEdit }} />
      )}
      <History versions={versions} showing={showing} mayEdit={mayEdit} />
    </main>
  );
}

/** The policy as sentences: what each figure means for a shopper's plan. */
function PolicyWords({
  policy,
  locale,
  currency,
}: {
  readonly policy: RoutingPolicy;
  readonly locale: Locale;
  readonly currency: Currency;
}) {
  const t = texts(locale, 'admin');
  const money = (amount: number) => formatMoney(moneyOf(minor(amount), currency), locale);
  return (
    <ul className="grid gap-1.5 p-4 pl-8 [list-style:disc]">
      <li>{t('routing.words.stop', { shop: money(policy.perShop), walk: money(policy.perWalkingMinute) })}</li>
      <li>{t('routing.words.wait', { hour: money(policy.perWaitingHour), hours: policy.mostWaitingHours })}</li>
      <li>{t('routing.words.switch', { amount: money(policy.perSwitch) })}</li>
      <li>{t('routing.words.doubt', { pick: money(policy.perFailedPick), extra: money(policy.nextBestExtra) })}</li>
      <li>{t('routing.words.split', { least: money(policy.leastPartMinor), amount: money(policy.smallPartCents) })}</li>
      <li>{policy.mostShops === null ? t('routing.words.anyShops') : t('routing.words.mostShops', { count: policy.mostShops })}</li>
      <li>{t('routing.words.rescueShops', { count: policy.rescueShops })}</li>
      <li>
        {t('routing.words.share', {
          strength: money(policy.fairShareStrength),
          cap: money(policy.fairShareCap),
          days: policy.fairShareDays,
        })}
      </li>
    </ul>
  );
}

type Around = { readonly locale: Locale; readonly currency: Currency; readonly showing: OpsShowing; readonly mayEdit: boolean };

function Preview({
  samples,
  draft,
  from,
  around,
}: {
  readonly samples: readonly SampleView[];
  readonly draft: RoutingPolicy;
  readonly from: number;
  readonly around: Around;
}) {
  const t = texts(around.locale, 'admin');
  const changed = samples.filter((sample) => !sample.isSame).length;
  return (
    <section className="box" aria-labelledby="preview">
      <h2 id="preview">{t('routing.preview')}</h2>
      <p className="box-note" role="status">
        {samples.length === 0 ? t('routing.noSample') : t('routing.changed', { changed, count: samples.length })}
      </p>
      <ul className="grid gap-4 p-4">
        {samples.map((sample) => (
          <li key={sample.things.join()} className="grid gap-2 border-b border-line pb-4 last:border-0 md:grid-cols-[1fr_1fr_1fr]">
            <p>{new Intl.ListFormat(around.locale).format(sample.things)}</p>
            <PlanWords label={t('routing.before')} plan={sample.before} around={around} />
            {sample.isSame ? (
              <p className="text-ink-soft">{t('routing.same')}</p>
            ) : (
              <PlanWords label={t('routing.after')} plan={sample.after} around={around} />
            )}
          </li>
        ))}
      </ul>
      {around.mayEdit && (
        <form action={publishPolicyAction} className="grid gap-3 p-4 pt-0">
          <input type="hidden" name="from" value={from} />
          {figures.map((key) => (
            <input key={key} type="hidden" name={key} value={draft[key] ?? ''} />
          ))}
          <TextField id="policy-source" name="source" label={t('routing.source')} minLength={3} maxLength={200} required />
          <div>
            <SubmitButton className="btn btn-primary">{t('routing.publish', { version: from + 1 })}</SubmitButton>
          </div>
        </form>
      )}
    </section>
  );
}

function PlanWords({
  label,
  plan,
  around,
}: {
  readonly label: string;
  readonly plan: SamplePlanView | undefined;
  readonly around: Around;
}) {
  const t = texts(around.locale, 'admin');
  return (
    <div>
      <h3 className="text-md">{label}</h3>
      {plan === undefined ? (
        <p className="text-ink-soft">{t('routing.noPlan')}</p>
      ) : (
        <ul>
          {plan.parts.map((part) => (
            <li key={`${part.shopName} ${part.method}`}>
              {t('routing.part', { shop: part.shopName, method: methodText(around.locale, part.method), count: part.things })}
            </li>
          ))}
          <li>
            <b>{formatMoney(moneyOf(plan.totalMinor, around.currency), around.locale)}</b>
            {plan.completeBy !== undefined && `, ${stamp(plan.completeBy, around.showing)}`}
          </li>
        </ul>
      )}
    </div>
  );
}

/** Who changed what, when and why; each version can be made the live one again. */
function History({
  versions,
  showing,
  mayEdit,
}: {
  readonly versions: readonly PolicyVersionView[];
  readonly showing: OpsShowing;
  readonly mayEdit: boolean;
}) {
  const t = texts(showing.locale, 'admin');
  const newest = versions[0]?.version ?? 0;
  return (
    <section className="box">
      <h2 id="versions">{t('routing.history')}</h2>
      <div className="grid-scroll" role="region" aria-label={t('routing.history')} tabIndex={0}>
        <table className="grid-table">
          <caption className="sr-only">{t('routing.history')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('routing.version')}</th>
              <th scope="col">{t('routing.since')}</th>
              <th scope="col">{t('routing.who')}</th>
              <th scope="col">{t('routing.why')}</th>
              <th scope="col">
                <span className="sr-only">{t('routing.back')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {versions.map((version) => (
              <tr key={version.version}>
                <th scope="row">{version.version}</th>
                <td className="nowrap">{stamp(version.since, showing)}</td>
                <td>{version.by ?? t('routing.nobody')}</td>
                <td>{version.source ?? t('routing.first')}</td>
                <td>
                  {mayEdit && version.version !== newest && (
                    <form action={revertPolicyAction}>
                      <input type="hidden" name="to" value={version.version} />
                      <input type="hidden" name="from" value={newest} />
                      <SubmitButton className="btn btn-secondary">{t('routing.backTo', { version: version.version })}</SubmitButton>
                    </form>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
