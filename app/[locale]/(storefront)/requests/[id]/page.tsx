import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { currentPlace } from '@/app/_data/place';
import { localeFrom, showingFor } from '@/app/_data/showing';
import { SwitchedOff, WhileOn } from '@/app/_shell/while-on';
import { TrackingLive } from '@/components/commerce/tracking-live';
import { ButtonLink } from '@/components/ui/button';
import { requestScope } from '@/lib/identity';
import { formatDay, formatTime, pathTo } from '@/lib/kernel';
import { currentModules } from '@/lib/modules';
import { getRequest, type RequestView } from '@/lib/requests';
import { texts } from '@/lib/texts';
import { closeRequestAction } from './actions';
import { RequestOffers } from './request-offers';

type RequestProps = { readonly params: Promise<{ locale: string; id: string }> };

export async function generateMetadata({ params }: RequestProps): Promise<Metadata> {
  const locale = localeFrom((await params).locale);
  return { title: texts(locale, 'requests')('page.tab'), robots: { index: false, follow: false } };
}

/** What the street was asked for, and what it answers: the link is the key, no account is needed. */
export default async function RequestPage({ params }: RequestProps) {
  const showing = await showingFor(params);
  const { locale, now, timeZone } = showing;
  const scope = await requestScope((await params).id);
  const request = scope && (await getRequest(scope, { place: await currentPlace(), now }));
  if (!request) notFound();
  const t = texts(locale, 'requests');
  const isOpen = request.state === 'open';
  if (isOpen && !(await currentModules()).works('requests')) return <SwitchedOff name="requests" title={t('page.tab')} locale={locale} />;
  return (
    <main id="main" className="wrap page grid max-w-[860px] gap-6">
      <div className="grid gap-2">
        <p className="flex flex-wrap items-center gap-3 text-ink-soft">
          {t('page.tab')}
          {isOpen && (
            <TrackingLive
              url={`/api/live?request=${encodeURIComponent(request.token)}`}
              words={{ live: t('page.live.live'), polling: t('page.live.polling'), offline: t('page.live.offline') }}
            />
          )}
        </p>
        <h1 className="text-4xl [overflow-wrap:anywhere]" tabIndex={-1}>
          {request.words === '' ? t('page.removedTitle') : t('page.title', { words: request.words })}
        </h1>
        <p role="status">{t(`page.state.${request.state}`, { shops: request.shopsAsked, silent: request.shopsSilent })}</p>
        {isOpen && (
          <p className="text-md text-ink-soft">
            {t('page.until', {
              day: formatDay(request.expiresAt, now, locale, timeZone),
              time: formatTime(request.expiresAt, locale, timeZone),
            })}{' '}
            {request.isMailed ? t('page.mailed') : t('page.keep')}
          </p>
        )}
      </div>
      {request.photoKey !== undefined && (
        <img
          className="max-h-72 w-auto max-w-full justify-self-start rounded-2xl border border-line"
          src={`/api/photos/${request.photoKey}`}
          alt={t('page.photo')}
        />
      )}
      <RequestOffers request={request} showing={showing} />
      <Ways request={request} locale={locale} />
    </main>
  );
}

function Ways({ request, locale }: { readonly request: RequestView; readonly locale: 'fr' | 'en' }) {
  const t = texts(locale, 'requests');
  if (request.state !== 'open') {
    return (
      <p className="flex flex-wrap gap-3">
        {request.state === 'accepted' && <ButtonLink href={pathTo(locale, 'basket')}>{t('page.toBasket')}</ButtonLink>}
        <WhileOn name="requests">
          <ButtonLink kind="secondary" href={pathTo(locale, 'ask', {}, { q: request.state === 'expired' ? request.words : undefined })}>
            {t('page.again')}
          </ButtonLink>
        </WhileOn>
      </p>
    );
  }
  return (
    <form action={closeRequestAction} className="flex flex-wrap gap-3">
      <input type="hidden" name="locale" value={locale} />
      <input type="hidden" name="token" value={request.token} />
      <ButtonLink kind="secondary" href={pathTo(locale, 'request', { id: request.token })}>
        {t('page.refresh')}
      </ButtonLink>
      <button type="submit" className="btn btn-quiet">
        {t('page.close')}
      </button>
    </form>
  );
}
