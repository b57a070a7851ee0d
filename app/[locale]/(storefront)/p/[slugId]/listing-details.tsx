import { Still } from '@/components/ui/still';
import type { ListingView, ResponsibleView } from '@/lib/catalogue/views';
import type { Locale } from '@/lib/kernel';
import { attributeName, texts } from '@/lib/texts';

const reached = ({ name, address, email }: ResponsibleView): string => `${name}, ${address}, ${email}`;

/** What it is: words, properties, who makes it and answers for it, what to beware of, where the words come from. */
export function ListingDetails({ listing, locale }: { listing: ListingView; locale: Locale }) {
  const t = texts(locale, 'listing');
  const fieldWords = texts(locale, 'imports');
  const { brand, gtin, manufacturer, responsiblePerson, warnings } = listing;
  const rows = [
    ...(brand === undefined ? [] : [{ name: t('brand'), value: brand }]),
    ...listing.attributes.map(({ name, value }) => ({ name: attributeName(name, locale), value })),
    ...(gtin === undefined ? [] : [{ name: t('reference'), value: gtin.replace(/^0/, '') }]),
    ...(manufacturer === undefined ? [] : [{ name: t('manufacturer'), value: reached(manufacturer) }]),
    ...(responsiblePerson === undefined ? [] : [{ name: fieldWords('fields.responsibleName'), value: reached(responsiblePerson) }]),
    ...(warnings === undefined ? [] : [{ name: fieldWords('fields.warnings'), value: warnings }]),
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
