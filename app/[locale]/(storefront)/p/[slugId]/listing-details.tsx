import { Still } from '@/components/ui/still';
import type { ListingView } from '@/lib/catalogue/views';
import type { Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts';

/** What it is: words, properties, who makes it, where the words come from. */
export function ListingDetails({ listing, locale }: { listing: ListingView; locale: Locale }) {
  const t = texts(locale, 'listing');
  const rows = [
    ...(listing.brand === undefined ? [] : [{ name: t('brand'), value: listing.brand }]),
    ...listing.attributes,
    ...(listing.gtin === undefined ? [] : [{ name: t('reference'), value: listing.gtin.replace(/^0/, '') }]),
    ...(listing.manufacturer === undefined
      ? []
      : [
          {
            name: t('manufacturer'),
            value: `${listing.manufacturer.name}, ${listing.manufacturer.address}, ${listing.manufacturer.email}`,
          },
        ]),
  ];
  return (
    <Still as="section" aria-labelledby="details" className="grid gap-4">
      <h2 id="details" className="text-xl">
        {t('attributes')}
      </h2>
      {listing.description !== undefined && <p className="prose">{listing.description}</p>}
      <dl className="identity">
        {rows.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="text-sm text-ink-soft">{t('source', { source: listing.source, licence: listing.licence })}</p>
    </Still>
  );
}
