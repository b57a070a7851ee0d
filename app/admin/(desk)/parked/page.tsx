import type { Metadata } from 'next';
import { deskLocale, enterCity } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { SubmitButton } from '@/components/commerce/submit-button';
import { listParkedJobs } from '@/lib/insights';
import type { ParkedJobView } from '@/lib/insights/views';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { mailRoles } from '../../_parts/ops-nav';
import { stamp, type OpsShowing } from '../../_parts/order-table';
import { retryParkedAction } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'admin')('parked.title') };
}

/** What was to be done and failed too often: seen, and sent again. */
export default async function ParkedPage() {
  const entered = await enterCity(mailRoles);
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, locale } = entered.value;
  const [city, jobs] = await Promise.all([getCity(), listParkedJobs(scope)]);
  const t = texts(locale, 'admin');
  return (
    <main id="main" className="ops-main">
      <div className="ops-head">
        <div>
          <h1>{t('parked.title')}</h1>
          <p role="status">{t('parked.found', { count: jobs.length })}</p>
        </div>
      </div>
      <div className="box">
        <p className="box-note">{jobs.length === 0 ? t('parked.none') : t('parked.why')}</p>
        {jobs.length > 0 && <JobTable jobs={jobs} showing={{ locale, now: requestMoment(), timeZone: city.timeZone }} />}
      </div>
    </main>
  );
}

function JobTable({ jobs, showing }: { jobs: readonly ParkedJobView[]; showing: OpsShowing }) {
  const t = texts(showing.locale, 'admin');
  return (
    <div className="grid-scroll" role="region" aria-label={t('parked.title')} tabIndex={0}>
      <table className="grid-table">
        <caption className="sr-only">{t('parked.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('parked.task')}</th>
            <th scope="col">{t('parked.event')}</th>
            <th scope="col">{t('parked.failed')}</th>
            <th scope="col">{t('parked.reason')}</th>
            <th scope="col">
              <span className="sr-only">{t('parked.retry')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {jobs.map((job) => (
            <tr key={job.id}>
              <th scope="row">{job.consumer}</th>
              <td>
                {job.event} {job.subject}
              </td>
              <td className="nowrap">{stamp(job.parkedAt, showing)}</td>
              <td>{job.reason}</td>
              <td>
                <form action={retryParkedAction}>
                  <input type="hidden" name="id" value={job.id} />
                  <SubmitButton className="btn btn-secondary">{t('parked.retry')}</SubmitButton>
                </form>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
