import type { Metadata } from 'next';
import { deskLocale, enterCity } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { SeriesFormLive } from '@/components/commerce/series-form-live';
import type { SeriesFormWords } from '@/components/commerce/series-form-live';
import { Icon } from '@/components/ui/icon';
import { listDepartments } from '@/lib/catalogue';
import { listShopActivity } from '@/lib/insights';
import type { Locale } from '@/lib/kernel';
import { DAY, plusMs } from '@/lib/kernel';
import { getCity, localDay } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { listIssuers } from '@/lib/wallet';
import { voucherKinds } from '@/lib/wallet/views';
import { financeRoles } from '@/lib/payouts';
import { issueSeriesAction } from '../actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'wallet')('desk.new.title') };
}

/** Rules of a series, and its codes once they are made. */
export default async function IssuePage() {
  const entered = await enterCity(financeRoles);
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, locale } = entered.value;
  const [{ timeZone }, issuers, shops, departments] = await Promise.all([
    getCity(),
    listIssuers(scope),
    listShopActivity(scope),
    listDepartments(locale),
  ]);
  const t = texts(locale, 'wallet');
  const now = requestMoment();
  return (
    <main id="main" className="ops-main">
      <a href="/admin/vouchers" className="inline-flex min-h-11 items-center gap-1.5">
        <Icon name="chevron-left" />
        {t('desk.back')}
      </a>
      <div className="ops-head">
        <div>
          <h1>{t('desk.new.title')}</h1>
          <p className="max-w-[72ch]">{t('desk.new.intro')}</p>
        </div>
      </div>
      <div className="box p-5">
        <SeriesFormLive
          action={issueSeriesAction}
          words={formWords(locale)}
          done={[t('desk.new.done', { count: 1 }), t('desk.new.done', { count: 2 }).replace('2', '#')]}
          issuers={issuers.map(({ issuerId, name }) => ({ value: issuerId, label: name }))}
          kinds={voucherKinds.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))}
          shops={shops
            .map(({ shopId, name }) => ({ value: shopId, label: name }))
            .toSorted((a, b) => a.label.localeCompare(b.label, locale))}
          departments={departments.map(({ id, name }) => ({ value: id, label: name }))}
          start={{ validFrom: localDay(now, timeZone), validUntil: localDay(plusMs(now, 365 * DAY), timeZone) }}
        />
      </div>
    </main>
  );
}

function formWords(locale: Locale): SeriesFormWords {
  const t = texts(locale, 'wallet');
  return {
    issuer: t('desk.issuer'),
    name: t('desk.new.name'),
    nameHint: t('desk.new.nameHint'),
    kind: t('desk.kind'),
    purpose: t('desk.new.purpose'),
    multi: t('desk.new.multi'),
    single: t('desk.new.single'),
    vatRate: t('desk.new.vatRate'),
    vatRateHint: t('desk.new.vatRateHint'),
    where: t('desk.new.where'),
    shops: t('desk.new.shops'),
    departments: t('desk.new.departments'),
    everywhere: t('desk.new.everywhere'),
    paysDelivery: t('desk.new.paysDelivery'),
    topUp: t('desk.new.topUp'),
    topUpHint: t('desk.new.topUpHint'),
    from: t('desk.new.from'),
    until: t('desk.new.until'),
    count: t('desk.new.count'),
    paid: t('desk.new.paid'),
    paidHint: t('desk.new.paidHint'),
    holder: t('desk.new.holder'),
    holderHint: t('desk.new.holderHint'),
    optional: t('desk.new.optional'),
    make: t('desk.new.make'),
    errorTitle: t('desk.new.errorTitle'),
    pageErrorTitle: t('desk.new.pageErrorTitle', { title: t('desk.new.title') }),
    codes: t('desk.new.codes'),
  };
}
