import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import QRCode from 'qrcode';
import type { ReactNode } from 'react';
import { localeFrom, showingFor } from '@/app/_data/showing';
import { directionsUrl } from '@/app/_text/directions';
import { quantityText } from '@/app/_text/quantity-text';
import { PickupPass } from '@/components/commerce/pickup-pass';
import { ShareLive } from '@/components/commerce/share-live';
import type { Showing } from '@/components/commerce/showing';
import { ButtonLink } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { getPickupPass } from '@/lib/fulfilment';
import type { PassView } from '@/lib/fulfilment/views';
import { formatDay, formatTime, formatTimeRange, type Instant } from '@/lib/kernel';
import { texts } from '@/lib/texts';

type PassPageProps = { readonly params: Promise<{ locale: string; token: string }> };

export async function generateMetadata({ params }: PassPageProps): Promise<Metadata> {
  const { locale, token } = await params;
  const pass = await getPickupPass(decodeURIComponent(token));
  const t = texts(localeFrom(locale), 'tracking');
  return { ...(pass && { title: t('pass.pageTitle', { number: pass.number }) }), robots: { index: false }, referrer: 'same-origin' };
}

/** What is shown over the counter, by the shopper or by a friend: this link opens one part and nothing else of the order. */
export default async function PassPage({ params }: PassPageProps) {
  const showing = await showingFor(params);
  const pass = await getPickupPass(decodeURIComponent((await params).token));
  if (!pass) notFound();
  const t = texts(showing.locale, 'tracking');
  const { shop } = pass;
  const qrSvg = await QRCode.toString(pass.qrText, { type: 'svg', errorCorrectionLevel: 'M', margin: 0 });
  return (
    <main id="main" className="wrap page">
      <h1 className="mx-auto mb-5 max-w-[420px] text-2xl">{t('pass.title', { shop: shop.name })}</h1>
      <PickupPass
        locale={showing.locale}
        awning={shop.awning}
        shopName={shop.name}
        where={`${shop.street}, ${shop.postcode} ${shop.town}`}
        qrSvg={qrSvg}
        code={pass.code}
        status={statusText(pass, showing)}
        isUsable={pass.state === 'ready' || pass.state === 'early'}
      >
        <Facts pass={pass} showing={showing} />
        <Items pass={pass} showing={showing} />
        <PassActions pass={pass} showing={showing} />
      </PickupPass>
    </main>
  );
}

function dayAndTime(at: Instant, { locale, now, timeZone }: Showing): string {
  return `${formatDay(at, now, locale, timeZone)} ${formatTime(at, locale, timeZone)}`;
}

function statusText(pass: PassView, showing: Showing): string {
  const t = texts(showing.locale, 'tracking');
  switch (pass.state) {
    case 'ready':
      return pass.keptUntil === undefined
        ? t('pass.state.ready')
        : `${t('pass.state.ready')}. ${t('pass.kept', { when: dayAndTime(pass.keptUntil, showing) })}`;
    case 'early':
      return `${t('pass.readyFrom', { when: dayAndTime(pass.promisedFrom, showing) })}. ${t('pass.state.early')}`;
    case 'collected':
      return t('pass.state.collected', { when: dayAndTime(pass.collectedAt ?? pass.asOf, showing) });
    case 'ended':
      return t('pass.state.ended');
  }
}

/** Door, hours of today, until when it is kept, who must bring what. */
function Facts({ pass, showing }: { pass: PassView; showing: Showing }) {
  const { locale, timeZone } = showing;
  const t = texts(locale, 'tracking');
  const { openToday } = pass.shop;
  const hours = openToday.map((interval) => formatTimeRange(interval.from, interval.to, locale, timeZone)).join(', ');
  return (
    <dl className="grid w-full gap-2.5 text-left text-md">
      <Fact term={t('pass.today')}>
        {hours === '' ? t('pass.closedToday') : hours}
        {hours === '' &&
          pass.shop.changesAt !== undefined &&
          `. ${t('pass.opensNext', { when: dayAndTime(pass.shop.changesAt, showing) })}`}
      </Fact>
      {pass.bag !== undefined && <Fact term={t('pass.items')}>{t('pass.bag', { bag: pass.bag })}</Fact>}
      {pass.minimumAge !== undefined && <p className="font-semibold">{t('pass.age', { age: pass.minimumAge })}</p>}
    </dl>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="flex justify-between gap-4 border-b border-line pb-2.5">
      <dt className="text-ink-soft">{term}</dt>
      <dd className="figures text-right">{children}</dd>
    </div>
  );
}

function Items({ pass, showing }: { pass: PassView; showing: Showing }) {
  const t = texts(showing.locale, 'tracking');
  return (
    <section className="w-full text-left" aria-labelledby="pass-items">
      <h3 id="pass-items" className="mb-2 text-lg">
        {t('pass.items')}
      </h3>
      <ul className="grid gap-1.5 text-md">
        {pass.lines.map((line) => (
          <li key={`${line.productId}-${line.title}`} className="flex justify-between gap-4">
            <span>{[line.title, line.keyAttribute].filter((part) => part !== undefined).join(', ')}</span>
            <span className="figures">{quantityText(showing.locale, line.quantity, line.salesUnit)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function PassActions({ pass, showing }: { pass: PassView; showing: Showing }) {
  const t = texts(showing.locale, 'tracking');
  if (pass.state !== 'ready' && pass.state !== 'early') return null;
  const { shop } = pass;
  return (
    <div className="no-print grid w-full gap-2.5">
      <ButtonLink kind="secondary" href={directionsUrl(shop)} rel="noreferrer">
        <Icon name="navigation" />
        {t('sub.directions')}
      </ButtonLink>
      <ButtonLink kind="secondary" href={`/api/passes/${encodeURIComponent(pass.passToken)}/calendar?locale=${showing.locale}`}>
        <Icon name="calendar-plus" />
        {t('pass.calendar')}
      </ButtonLink>
      <ShareLive text={t('pass.shareText', { shop: shop.name, street: shop.street, code: pass.code })} copied={t('pass.shareCopied')}>
        <Icon name="share-2" />
        {t('pass.share')}
      </ShareLive>
      <p className="hint">{t('pass.shareHint')}</p>
      <p className="hint">{t('pass.rule')}</p>
    </div>
  );
}
