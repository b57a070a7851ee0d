import type { ReactNode } from 'react';
import { Banner } from '@/components/ui/banner';
import type { CounterSubOrderView } from '@/lib/fulfilment/views';
import { formatDate, formatTime } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import type { DeskShowing } from './desk-words';
import { PickLine } from './pick-line';
import { WorkFoot } from './work-foot';
import { WorkHead } from './work-head';

/** The sub-order in hand: head, articles, what to do next. Also the picking list when printed. */
export function Work({ subOrder, showing, children }: { subOrder: CounterSubOrderView; showing: DeskShowing; children?: ReactNode }) {
  const { locale, timeZone, now } = showing;
  const t = texts(locale, 'merchant');
  const canTick = subOrder.state === 'accepted' || subOrder.state === 'preparing';
  const ended = subOrder.state === 'refused' || subOrder.state === 'unanswered' || subOrder.state === 'cancelled';
  return (
    <section className="work" aria-labelledby="work-title">
      <WorkHead subOrder={subOrder} showing={showing} />
      <div className="work-body" tabIndex={0} role="region" aria-label={t('work.lines')}>
        <p className="print-only">
          {t('work.printed', { date: formatDate(now, locale, timeZone), time: formatTime(now, locale, timeZone) })}
        </p>
        {ended && (
          <div className="mb-3">
            <Banner kind="careful">{t(`work.ended.${subOrder.state}`)}</Banner>
          </div>
        )}
        <RescueOutcomes subOrder={subOrder} showing={showing} />
        <ul className="pick-lines">
          {subOrder.lines.map((line) => (
            <PickLine key={line.lineId} line={line} locale={locale} slug={showing.slug} canTick={canTick} />
          ))}
        </ul>
        {children}
      </div>
      <WorkFoot subOrder={subOrder} showing={showing} />
    </section>
  );
}

/** What became of what this shop could not serve: one sentence each (ux.md F7 d). */
function RescueOutcomes({ subOrder, showing: { locale, timeZone } }: { subOrder: CounterSubOrderView; showing: DeskShowing }) {
  const t = texts(locale, 'merchant');
  if (subOrder.rescues.length === 0 && subOrder.carriedFrom === undefined) return null;
  return (
    <div className="mb-3 grid gap-2" role="group" aria-label={t('rescued.title')}>
      {subOrder.carriedFrom !== undefined && <Banner kind="news">{t('carry.comes', { shop: subOrder.carriedFrom })}</Banner>}
      {subOrder.rescues.map((rescue) => (
        <Banner key={rescue.rescueId} kind="news">
          {t(rescue.carriedFrom === undefined ? `rescued.${rescue.state}` : 'rescued.carried', {
            title: rescue.title,
            other: rescue.carriedFrom ?? rescue.servedBy?.shopName ?? '',
            time: rescue.decideBy === undefined ? '' : formatTime(rescue.decideBy, locale, timeZone),
          })}
        </Banner>
      ))}
    </div>
  );
}

/** Nothing chosen and nothing waiting. */
export function NoWork({ locale }: { locale: DeskShowing['locale'] }) {
  const t = texts(locale, 'merchant');
  return (
    <section className="work" aria-labelledby="work-title">
      <div className="work-head">
        <h1 id="work-title">{t('work.noneTitle')}</h1>
      </div>
      <div className="work-body">
        <p className="max-w-[50ch] text-ink-soft">{t('work.noneText')}</p>
      </div>
      <div />
    </section>
  );
}
