import type postgres from 'postgres';
import { readAddresses } from './city/shops';
import { plainWords } from '@/lib/kernel';
import { at, copyRows } from '../copy-rows';
import { legalMentionRows, vatRateRows } from './reference';

/** Fictional identity of the city's operator, complete as the law wants it shown. */
const operator = {
  legalName: 'Halles de Grenoble (démonstration)',
  legalForm: 'Société coopérative d’intérêt collectif à responsabilité limitée',
  capital: '150\u00a0000\u00a0€ variable',
  address: '2 place Lionel Terray, 38100 Grenoble',
  phone: '04\u00a065\u00a071\u00a000\u00a001',
  email: 'bonjour@halles-grenoble.example',
  register: 'RCS Grenoble 999 100 017',
  vatNumber: 'FR56999100017',
  publicationDirector: 'Alix Montaubry',
  host: {
    name: 'Régie du numérique (démonstration)',
    address: '1 rue Jules Horowitz, 38000 Grenoble',
    phone: '04\u00a065\u00a071\u00a000\u00a002',
  },
  contactForAuthorities: 'autorites@halles-grenoble.example',
  productSafetyContact: 'securite-produits@halles-grenoble.example',
  safetyGateRegistrationId: 'DEMO-0000',
};

/** The one area into which the city's own couriers ride (demo figures). */
const centre = {
  slug: 'centre',
  version: 1,
  name: 'Grenoble centre',
  latitude: 45.1885,
  longitude: 5.7245,
  radiusMetres: 3_500,
  priceMinor: 390,
  furtherShopMinor: 90,
  slots: [
    { from: '09:00', to: '12:00', stops: 24 },
    { from: '14:00', to: '17:00', stops: 24 },
    { from: '17:30', to: '20:00', stops: 18 },
  ],
};

/** The city itself: its settings, dated rates of VAT and legal mentions, the couriers' area and known addresses. */
export async function seedFrame(sql: postgres.TransactionSql, now: number): Promise<void> {
  await copyRows(sql, 'city_settings', [
    {
      onlyRow: true,
      name: 'Grenoble',
      slug: 'grenoble',
      latitude: 45.1885,
      longitude: 5.7245,
      defaultLocale: 'fr',
      currency: 'EUR',
      timeZone: 'Europe/Paris',
      country: 'FR',
      region: 'Auvergne-Rhône-Alpes',
      operator,
      isDemo: true,
      updatedAt: at(now),
    },
  ]);
  await copyRows(sql, 'vat_rates', vatRateRows());
  await copyRows(sql, 'legal_mentions', legalMentionRows());
  await copyRows(sql, 'delivery_zones', [{ ...centre, source: 'Demo city', changedBy: null, changedAt: at(now) }]);
  await copyRows(sql, 'addresses', addressRows());
}

function addressRows(): readonly Readonly<Record<string, string | number>>[] {
  return readAddresses().map(({ street, postcode, town, latitude, longitude }, index) => {
    const label = `${street}, ${postcode} ${town}`;
    return {
      id: `adr_${String(index + 1).padStart(5, '0')}`,
      label,
      folded: plainWords(label),
      postcode,
      town,
      latitude,
      longitude,
    };
  });
}
