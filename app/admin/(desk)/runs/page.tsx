import type { Metadata } from 'next';
import { deskLocale, enterCity } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { listRuns, listSlots } from '@/lib/courier';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { mailRoles } from '../../_parts/ops-nav';
import { RunTable } from './run-table';
import { SlotForm } from './slot-form';
import { slotText } from './slot-text';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'courier')('city.title') };
}

/** What couriers are to carry, slot by slot, and the runs that carry it. */
export default async function RunsPage() {
  const entered = await enterCity(mailRoles);
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, locale } = entered.value;
  const [city, slots, runs] = await Promise.all([getCity(), listSlots(scope), listRuns(scope)]);
  const showing = { locale, now: requestMoment(), timeZone: city.timeZone };
  const t = texts(locale, 'courier');
  return (
    <main id="main" className="ops-main">
      <div className="ops-head">
        <div>
          <h1>{t('city.title')}</h1>
          <p>{t('city.text')}</p>
        </div>
      </div>
      <section className="box">
        <h2 id="runs" className="box-title">
          {t('city.runs')}
        </h2>
        {runs.length === 0 ? <p className="box-note">{t('city.noRuns')}</p> : <RunTable runs={runs} showing={showing} />}
      </section>
      <section className="mt-6" aria-labelledby="waiting">
        <h2 id="waiting" className="box-title">
          {t('city.waiting')}
        </h2>
        {slots.length === 0 && (
          <div className="box">
            <p className="box-note">{t('city.nothing')}</p>
          </div>
        )}
        {slots.map((slot) => (
          <SlotForm key={`${slot.slotFrom}-${slot.slotTo}`} slot={slot} title={slotText(slot, showing)} locale={locale} />
        ))}
      </section>
    </main>
  );
}
