import type { Metadata } from 'next';
import Link from 'next/link';
import { deskLocale, enterCity } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { Button } from '@/components/ui/button';
import { Pagination } from '@/components/ui/navigation';
import { formatNumber } from '@/lib/kernel';
import { listMailbox, mailboxFilterInput } from '@/lib/messaging';
import type { MailboxRowView } from '@/lib/messaging/views';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { mailRoles } from '../../_parts/ops-nav';
import { stamp, type OpsShowing } from '../../_parts/order-table';
import type { SearchParams } from '../../_parts/order-query';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'admin')('mailbox.title') };
}

const hrefOf = (words: string | undefined, page: number) => {
  const query = new URLSearchParams({ ...(words ? { words } : {}), ...(page > 1 ? { page: String(page) } : {}) }).toString();
  return query === '' ? '/admin/mailbox' : `/admin/mailbox?${query}`;
};

/** Every mail this installation wrote. */
export default async function MailboxPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const entered = await enterCity(mailRoles);
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, locale } = entered.value;
  const { words, page } = await searchParams;
  const filter = mailboxFilterInput.parse({ words: words === '' ? undefined : words, page: page ?? 1 });
  const [city, found] = await Promise.all([getCity(), listMailbox(scope, filter)]);
  const t = texts(locale, 'admin');
  const showing: OpsShowing = { locale, now: requestMoment(), timeZone: city.timeZone };
  return (
    <main id="main" className="ops-main">
      <div className="ops-head">
        <div>
          <h1>{t('mailbox.title')}</h1>
          <p role="status">{t('mailbox.found', { count: found.total, number: formatNumber(found.total, locale) })}</p>
        </div>
      </div>
      <div className="box">
        <form className="ops-filters" method="get">
          <label>
            {t('mailbox.words')}
            <input name="words" type="search" maxLength={120} defaultValue={filter.words ?? ''} autoComplete="off" />
          </label>
          <Button kind="secondary" size="ops">
            {t('filter.apply')}
          </Button>
        </form>
        {found.rows.length === 0 ? <p className="box-note">{t('mailbox.none')}</p> : <MailTable rows={found.rows} showing={showing} />}
        <div className="ops-pages">
          <Pagination
            page={found.page}
            pages={found.pageCount}
            href={(one) => hrefOf(filter.words, one)}
            words={{
              label: t('pages.label'),
              previous: t('pages.previous'),
              next: t('pages.next'),
              page: (one) => t('pages.page', { page: one }),
            }}
          />
        </div>
      </div>
    </main>
  );
}

function MailTable({ rows, showing }: { rows: readonly MailboxRowView[]; showing: OpsShowing }) {
  const t = texts(showing.locale, 'admin');
  return (
    <div className="grid-scroll" role="region" aria-label={t('mailbox.title')} tabIndex={0}>
      <table className="grid-table">
        <caption className="sr-only">{t('mailbox.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('mailbox.subject')}</th>
            <th scope="col">{t('mailbox.recipient')}</th>
            <th scope="col">{t('mailbox.written')}</th>
            <th scope="col">{t('mailbox.sent')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.messageId}>
              <th scope="row">
                <Link href={`/admin/mailbox/${row.messageId}`} prefetch={false}>
                  {row.title}
                </Link>
              </th>
              <td>{row.recipient}</td>
              <td className="nowrap">{stamp(row.createdAt, showing)}</td>
              <td className="nowrap soft">{row.sentAt === undefined ? t('mailbox.kept') : stamp(row.sentAt, showing)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
