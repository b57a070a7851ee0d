import type { Metadata } from 'next';
import { deskLocale, enterCity } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { SubmitButton } from '@/components/commerce/submit-button';
import { Icon } from '@/components/ui/icon';
import { TextField } from '@/components/ui/field';
import type { Locale } from '@/lib/kernel';
import { listVoucherSettlements } from '@/lib/settlement';
import type { VoucherSettlementsView } from '@/lib/settlement/views';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import type { IssuerView } from '@/lib/wallet';
import { listIssuers, listSeries } from '@/lib/wallet';
import { financeRoles } from '@/lib/payouts';
import { GridTable } from '../../_parts/grid-table';
import type { MoneyShowing } from '../../_parts/voucher-tables';
import { DueTable, SeriesTable } from '../../_parts/voucher-tables';
import { createIssuerAction } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'wallet')('desk.title') };
}

/** The city's vouchers: who issues them, what is left on them, what issuers owe shops. */
export default async function VouchersPage() {
  const entered = await enterCity(financeRoles);
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, locale } = entered.value;
  const [city, issuers, series, settlements] = await Promise.all([
    getCity(),
    listIssuers(scope),
    listSeries(scope),
    listVoucherSettlements(scope),
  ]);
  const t = texts(locale, 'wallet');
  const showing = { locale, now: requestMoment(), timeZone: city.timeZone, currency: city.currency };
  return (
    <main id="main" className="ops-main">
      <div className="ops-head">
        <div>
          <h1>{t('desk.title')}</h1>
          <p className="max-w-[72ch]">{t('desk.intro')}</p>
        </div>
        {issuers.length > 0 && (
          <div className="ops-actions">
            <a className="btn btn-primary" href="/admin/vouchers/new">
              <Icon name="plus" />
              {t('desk.issue')}
            </a>
          </div>
        )}
      </div>
      <div className="grid gap-5">
        <section className="box">
          <h2 className="box-title">
            {t('desk.series')} <small>{t('desk.seriesHint')}</small>
          </h2>
          {series.length === 0 ? <p className="box-note">{t('desk.noSeries')}</p> : <SeriesTable rows={series} showing={showing} />}
        </section>
        <Settlements settlements={settlements} showing={showing} />
        <Issuers issuers={issuers} locale={locale} />
      </div>
    </main>
  );
}

function Settlements({ settlements, showing }: { readonly settlements: VoucherSettlementsView; readonly showing: MoneyShowing }) {
  const t = texts(showing.locale, 'wallet');
  return (
    <div className="parts">
      <section className="box">
        <h2 className="box-title">
          {t('desk.due')} <small>{t('desk.dueHint')}</small>
        </h2>
        {settlements.due.length === 0 ? (
          <p className="box-note">{t('desk.noDue')}</p>
        ) : (
          <DueTable
            caption={t('desk.due')}
            rows={settlements.due.map((row) => ({ ...row, key: `${row.issuerName} ${row.merchantName}` }))}
            showing={showing}
          />
        )}
      </section>
      <section className="box">
        <h2 className="box-title">{t('desk.made')}</h2>
        {settlements.made.length === 0 ? (
          <p className="box-note">{t('desk.noMade')}</p>
        ) : (
          <DueTable caption={t('desk.made')} rows={settlements.made.map((row) => ({ ...row, key: row.settlementId }))} showing={showing} />
        )}
      </section>
    </div>
  );
}

function Issuers({ issuers, locale }: { readonly issuers: readonly IssuerView[]; readonly locale: Locale }) {
  const t = texts(locale, 'wallet');
  return (
    <section className="box">
      <h2 className="box-title">
        {t('desk.issuers')} <small>{t('desk.issuersHint')}</small>
      </h2>
      {issuers.length === 0 ? (
        <p className="box-note">{t('desk.noIssuers')}</p>
      ) : (
        <GridTable
          caption={t('desk.issuers')}
          rows={issuers}
          rowKey={(issuer) => issuer.issuerId}
          columns={[
            { head: t('desk.issuer'), cell: (issuer) => issuer.name },
            { head: t('desk.account'), cell: (issuer) => issuer.providerAccount },
            { head: t('desk.contact'), cell: (issuer) => issuer.contact },
          ]}
        />
      )}
      <details className="px-4 pt-1 pb-4" open={issuers.length === 0}>
        <summary className="min-h-11 cursor-pointer py-2 font-semibold">{t('desk.addIssuer')}</summary>
        <form action={createIssuerAction} className="grid max-w-[880px] gap-4 md:grid-cols-3">
          <TextField id="issuer-name" name="name" label={t('desk.issuer')} maxLength={120} autoComplete="off" required />
          <TextField id="issuer-account" name="providerAccount" label={t('desk.account')} maxLength={120} autoComplete="off" required />
          <TextField
            id="issuer-contact"
            name="contact"
            label={t('desk.contact')}
            hint={t('desk.contactHint')}
            maxLength={200}
            autoComplete="off"
            required
          />
          <div className="md:col-span-3">
            <SubmitButton className="btn btn-secondary">{t('desk.addIssuer')}</SubmitButton>
          </div>
        </form>
      </details>
    </section>
  );
}
