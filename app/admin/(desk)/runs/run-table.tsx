import { SubmitButton } from '@/components/commerce/submit-button';
import type { RunView } from '@/lib/courier/views';
import { pathTo, type Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import type { OpsShowing } from '../../_parts/order-table';
import { callOffRunAction } from './actions';
import { slotText } from './slot-text';

/** Who rides what, how far it is, and the link to send. */
export function RunTable({ runs, showing }: { readonly runs: readonly RunView[]; readonly showing: OpsShowing }) {
  const { locale } = showing;
  const t = texts(locale, 'courier');
  return (
    <div className="grid-scroll" role="region" aria-label={t('city.runs')} tabIndex={0}>
      <table className="grid-table">
        <caption className="sr-only">{t('city.runs')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('city.courier')}</th>
            <th scope="col">{t('city.slotHead')}</th>
            <th scope="col">{t('city.progress')}</th>
            <th scope="col">{t('city.link')}</th>
            <th scope="col">
              <span className="sr-only">{t('city.callOff')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.runId}>
              <th scope="row">{run.courierName}</th>
              <td className="nowrap">{slotText(run, showing)}</td>
              <td>{run.isCalledOff ? t('city.calledOff') : progressText(run, locale)}</td>
              <td>
                {!run.isCalledOff && (
                  <a href={pathTo(locale, 'run', { token: run.token })} rel="noreferrer">
                    {t('city.link')}
                    <span className="sr-only"> {t('city.linkHidden', { name: run.courierName })}</span>
                  </a>
                )}
              </td>
              <td>
                {!run.isCalledOff && run.fetched === 0 && (
                  <form action={callOffRunAction}>
                    <input type="hidden" name="runId" value={run.runId} />
                    <SubmitButton className="btn btn-secondary btn-ops">
                      {t('city.callOff')}
                      <span className="sr-only"> {t('city.callOffHidden', { name: run.courierName })}</span>
                    </SubmitButton>
                  </form>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function progressText({ parts, fetched, delivered, absent, back }: RunView, locale: Locale): string {
  return texts(locale, 'courier')('city.progressText', { parts, fetched, delivered, absent, back });
}
