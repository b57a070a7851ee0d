/** A city as its operator would describe it; people and numbers are invented. */
export const besancon = {
  city: {
    name: 'Besançon',
    region: 'Bourgogne-Franche-Comté',
    country: 'FR',
    latitude: 47.2378,
    longitude: 6.0241,
    timeZone: 'Europe/Paris',
    language: 'fr',
  },
  operator: {
    legalName: 'Halles de la Boucle',
    legalForm: 'Association loi 1901',
    capital: 'sans objet',
    address: '3 rue de la Fiction, 25000 Besançon',
    phone: '03 65 71 00 01',
    email: 'bonjour@halles-boucle.example',
    register: 'RNA W999000001',
    vatNumber: 'non assujetti',
    publicationDirector: 'Maude Perrenet',
    host: { name: 'Hébergeur de la Boucle', address: '4 rue de la Fiction, 25000 Besançon', phone: '03 65 71 00 02' },
    contactForAuthorities: 'autorites@halles-boucle.example',
    productSafetyContact: 'securite@halles-boucle.example',
    safetyGateRegistrationId: 'en cours',
  },
  firstAdmin: { name: 'Maude Perrenet', email: 'Maude@Halles-Boucle.example' },
} as const;

const HEAD = 'id;id_fantoir;numero;rep;nom_voie;code_postal;code_insee;nom_commune;x;y;lon;lat;certification_commune';

/** Lines of a file of the Base Adresse Nationale. */
export function addressLines(
  ...rows: readonly (readonly [id: string, number: string, street: string, lon: number, lat: number])[]
): string {
  const lines = rows.map(([id, number, street, lon, lat]) => {
    const [digits = '', suffix = ''] = number.split(' ');
    return `${id};;${digits};${suffix};${street};25000;25056;Besançon;0;0;${lon};${lat};1`;
  });
  return [HEAD, ...lines, ''].join('\n');
}
