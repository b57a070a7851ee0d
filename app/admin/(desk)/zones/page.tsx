import type { Metadata } from 'next';
import { deskLocale, enterCity } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { SubmitButton } from '@/components/commerce/submit-button';
import { TextAreaField, TextField } from '@/components/ui/field';
import type { OperatorScope } from '@/lib/kernel';
import { formatDistance, formatMoney, minor, moneyOf } from '@/lib/kernel';
import type { CityPageView } from '@/lib/shops';
import { getCity } from '@/lib/shops';
import type { ZoneReachView, ZoneView } from '@/lib/sourcing';
import { listZones, zoneReach } from '@/lib/sourcing';
import { texts } from '@/lib/texts';
import { stamp, type OpsShowing } from '../../_parts/order-table';
import { publishZoneAction } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'admin')('zones.title') };
}

/** Where the city's couriers ride: areas, slots with their doors, prices; and what each touches. */
export default async function ZonesPage() {
  const entered = await enterCity();
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, locale } = entered.value;
  const [zones, city] = await Promise.all([listZones(scope), getCity()]);
  const now = requestMoment();
  const reaches = await Promise.all(zones.map((zone) => zoneReach(scope, zone, now)));
  const t = texts(locale, 'admin');
  const around = { scope, city, showing: { locale, now, timeZone: city.timeZone } };
  return (
    <main id="main" className="ops-main">
      <div className="ops-head">
        <div>
          <h1>{t('zones.title')}</h1>
          <p>{t('zones.intro')}</p>
        </div>
      </div>
      {zones.length === 0 && <p className="box box-note">{t('zones.none')}</p>}
      {zones.map((zone, index) => (
        <Zone key={zone.slug} zone={zone} reach={reaches[index]} around={around} />
      ))}
      {scope.role === 'admin' && (
        <section className="box" aria-labelledby="new-zone">
          <h2 id="new-zone">{t('zones.new')}</h2>
          <ZoneForm zone={undefined} around={around} />
        </section>
      )}
    </main>
  );
}

type Around = { readonly scope: OperatorScope; readonly city: CityPageView; readonly showing: OpsShowing };

function Zone({ zone, reach, around }: { readonly zone: ZoneView; readonly reach: ZoneReachView | undefined; readonly around: Around }) {
  const { locale } = around.showing;
  const t = texts(locale, 'admin');
  const money = (amount: number) => formatMoney(moneyOf(minor(amount), around.city.currency), locale);
  const slots = zone.slots.map((slot) => t('zones.slot', { from: slot.from, to: slot.to, stops: slot.stops }));
  return (
    <section className="box" aria-labelledby={`zone-${zone.slug}`}>
      <h2 id={`zone-${zone.slug}`}>{zone.name}</h2>
      <ul className="grid gap-1.5 p-4 pl-8 [list-style:disc]">
        <li>{t('zones.area', { radius: formatDistance(zone.radiusMetres, locale) })}</li>
        <li>{t('zones.price', { price: money(zone.priceMinor), further: money(zone.furtherShopMinor) })}</li>
        <li>{slots.length === 0 ? t('zones.closed') : t('zones.slots', { slots: new Intl.ListFormat(locale).format(slots) })}</li>
        {reach && <li>{t('zones.reach', { ...reach })}</li>}
        <li>
          {t('zones.since', {
            version: zone.version,
            when: stamp(zone.since, around.showing),
            who: zone.by ?? t('routing.nobody'),
            why: zone.source,
          })}
        </li>
      </ul>
      {around.scope.role === 'admin' && (
        <details className="px-4 pb-4">
          <summary className="min-h-11 cursor-pointer py-2 font-semibold">{t('zones.edit', { name: zone.name })}</summary>
          <ZoneForm zone={zone} around={around} />
        </details>
      )}
    </section>
  );
}

function ZoneForm({ zone, around }: { readonly zone: ZoneView | undefined; readonly around: Around }) {
  const { locale } = around.showing;
  const t = texts(locale, 'admin');
  const id = zone?.slug ?? 'new';
  const number = (name: 'latitude' | 'longitude' | 'radiusMetres' | 'priceMinor' | 'furtherShopMinor', value: number) => (
    <TextField
      id={`${id}-${name}`}
      name={name}
      type="number"
      step={name === 'latitude' || name === 'longitude' ? 'any' : 1}
      inputMode="decimal"
      label={t(`zones.field.${name}`)}
      defaultValue={value}
      required
    />
  );
  return (
    <form action={publishZoneAction} className="grid gap-4 p-4 md:grid-cols-2">
      <input type="hidden" name="slug" value={zone?.slug ?? ''} />
      <input type="hidden" name="from" value={zone?.version ?? 0} />
      <TextField
        id={`${id}-name`}
        name="name"
        label={t('zones.field.name')}
        defaultValue={zone?.name ?? ''}
        minLength={2}
        maxLength={60}
        required
      />
      {number('radiusMetres', zone?.radiusMetres ?? 2_000)}
      {number('latitude', zone?.latitude ?? around.city.at.latitude)}
      {number('longitude', zone?.longitude ?? around.city.at.longitude)}
      {number('priceMinor', zone?.priceMinor ?? 390)}
      {number('furtherShopMinor', zone?.furtherShopMinor ?? 90)}
      <TextAreaField
        id={`${id}-slots`}
        name="slots"
        rows={4}
        label={t('zones.field.slots')}
        hint={t('zones.field.slotsHint')}
        defaultValue={(zone?.slots ?? []).map((slot) => `${slot.from}-${slot.to} ${slot.stops}`).join('\n')}
      />
      <TextField id={`${id}-source`} name="source" label={t('routing.source')} minLength={3} maxLength={200} required />
      <div className="md:col-span-2">
        <SubmitButton className="btn btn-primary">{t('zones.publish')}</SubmitButton>
      </div>
    </form>
  );
}
