import type { Showing } from '@/components/commerce/showing';
import type { ShipmentView } from '@/lib/carriers/views';
import { formatDay, formatTime } from '@/lib/kernel';
import { texts } from '@/lib/texts';

/** Everything the carrier said of a parcel, on our page: the latest first. */
export function Parcel({ parcel, showing }: { readonly parcel: ShipmentView | undefined; readonly showing: Showing }) {
  if (!parcel) return null;
  const { locale, now, timeZone } = showing;
  const t = texts(locale, 'tracking');
  const id = `parcel-${parcel.number}`;
  return (
    <section className="border-t border-line px-[22px] py-4 max-md:px-4" aria-labelledby={id}>
      <h3 id={id} className="text-md">
        {t('parcel.title')}
      </h3>
      <p className="figures text-md text-ink-soft">{t('parcel.code', { code: parcel.trackingCode })}</p>
      {parcel.events.length === 0 ? (
        <p className="mt-2 text-md">{t('parcel.none')}</p>
      ) : (
        <ol className="mt-2 grid gap-1.5 text-md">
          {parcel.events.map(({ code, place, at }) => (
            <li key={`${code}-${at}`} className="flex flex-wrap justify-between gap-x-4">
              <span>{place === undefined ? t(`parcel.event.${code}`) : t('parcel.at', { event: t(`parcel.event.${code}`), place })}</span>
              <time className="text-ink-soft" dateTime={new Date(at).toISOString()}>
                {formatDay(at, now, locale, timeZone)} {formatTime(at, locale, timeZone)}
              </time>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
