import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { localeFrom, showingFor } from '@/app/_data/showing';
import type { Showing } from '@/components/commerce/showing';
import { Banner } from '@/components/ui/banner';
import { Icon } from '@/components/ui/icon';
import { getRunSheet } from '@/lib/courier';
import type { RunSheetView } from '@/lib/courier/views';
import { runScope } from '@/lib/identity';
import { formatDay, formatTime, pathTo } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { DoorStop } from './door-stop';
import { PickUpStop } from './pick-up-stop';
import { ToBringBack } from './to-bring-back';

type RunPageProps = { readonly params: Promise<{ locale: string; token: string }> };

export async function generateMetadata({ params }: RunPageProps): Promise<Metadata> {
  const { locale, token } = await params;
  const isOpen = (await runScope(token)) !== undefined;
  const title = texts(localeFrom(locale), 'courier')('pageTitle');
  return { ...(isOpen && { title }), robots: { index: false }, referrer: 'same-origin' };
}

/** The way of one courier, stop by stop. Whoever holds the link works it; without JavaScript too. */
export default async function RunPage({ params }: RunPageProps) {
  const showing = await showingFor(params);
  const { token } = await params;
  const scope = await runScope(token);
  const run = scope && (await getRunSheet(scope));
  if (!run) notFound();
  const { locale, now, timeZone } = showing;
  const t = texts(locale, 'courier');
  const stops = [...run.pickUps, ...run.doors].filter((stop) => !stop.isDone);
  const [next] = stops;
  const time = (at: RunSheetView['asOf']) => formatTime(at, locale, timeZone);
  return (
    <main id="main" className="wrap page run">
      <p className="text-ink-soft">
        {t('slot', { day: formatDay(run.slotFrom, now, locale, timeZone), from: time(run.slotFrom), to: time(run.slotTo) })}
      </p>
      <h1 className="mt-1 text-4xl max-md:text-3xl">{t('title', { name: run.courierName })}</h1>
      <p className="mt-2 text-lg" data-testid="run-progress">
        {t('progress', { ended: run.ended, count: run.count, stops: stops.length })}
      </p>
      <p className="mt-1 flex flex-wrap items-center gap-x-4 text-md text-ink-soft">
        <span>{t('asOf', { time: time(run.asOf) })}</span>
        <a href={pathTo(locale, 'run', { token })} className="inline-flex min-h-11 items-center gap-1.5">
          <Icon name="refresh-cw" />
          {t('refresh')}
        </a>
      </p>
      {stops.length === 0 && (
        <div className="mt-5">
          <Banner kind="good">{t('finished')}</Banner>
        </div>
      )}
      <Stops run={run} token={token} showing={showing} next={next?.position} />
      <ToBringBack parts={run.toBringBack} token={token} locale={locale} />
    </main>
  );
}

type StopsProps = { readonly run: RunSheetView; readonly token: string; readonly showing: Showing; readonly next: number | undefined };

function Stops({ run, token, showing: { locale }, next }: StopsProps) {
  const t = texts(locale, 'courier');
  return (
    <>
      <section aria-labelledby="pick-ups" className="mt-8">
        <h2 id="pick-ups" className="mb-3 text-2xl">
          {t('pickUps')}
        </h2>
        <ol className="run-stops">
          {run.pickUps.map((stop) => (
            <PickUpStop key={stop.position} stop={stop} token={token} locale={locale} isNext={stop.position === next} />
          ))}
        </ol>
      </section>
      <section aria-labelledby="doors" className="mt-9">
        <h2 id="doors" className="mb-3 text-2xl">
          {t('doors')}
        </h2>
        <ol className="run-stops" start={run.pickUps.length + 1}>
          {run.doors.map((stop) => (
            <DoorStop key={stop.position} stop={stop} token={token} locale={locale} isNext={stop.position === next} />
          ))}
        </ol>
      </section>
    </>
  );
}
