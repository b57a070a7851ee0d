import { z } from 'zod';
import type { Result } from '@/lib/kernel';
import { err, locales, ok } from '@/lib/kernel';

/** Countries whose rates of VAT and legal mentions come with this version: another needs its rows in db/seed/vocabulary first. */
const countries = ['FR'] as const;

const said = (hint: string, most = 200) =>
  z
    .string({ error: hint })
    .trim()
    .min(1, { error: hint })
    .max(most, { error: `at most ${most} letters` });
const email = (hint: string) => z.email({ error: hint }).max(254);
const degrees = (most: number, hint: string) => z.number({ error: hint }).min(-most, { error: hint }).max(most, { error: hint });

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Who runs the marketplace, as the law wants it shown to everybody (OP-07, OP-08, OP-14). */
export const operatorIdentity = z.strictObject({
  legalName: said('who runs the marketplace, as the register has it'),
  legalForm: said('the legal form, for example "Association loi 1901" or "SCIC SA"'),
  capital: said('the share capital, for example "18 500 € variable"; "sans objet" for an association'),
  address: said('the registered office: street, postal code, town'),
  phone: said('a telephone that is answered', 40),
  email: email('an e-mail address that is read'),
  register: said('register and number, for example "RCS Besançon 123 456 789" or "RNA W251234567"'),
  vatNumber: said('the VAT number, for example "FR12345678901"; "non assujetti" where there is none', 40),
  publicationDirector: said('the person who answers for what is published'),
  host: z.strictObject({
    name: said('who keeps the servers'),
    address: said('the address of who keeps the servers'),
    phone: said('the telephone of who keeps the servers', 40),
  }),
  contactForAuthorities: email('the e-mail address for authorities (DSA, article 11)'),
  productSafetyContact: email('the e-mail address about unsafe products (GPSR, article 22)'),
  safetyGateRegistrationId: said('the registration at the Safety Gate portal; "en cours" until it is given'),
});

/** A city as its operator describes it, in one file. Fields that nobody knows are refused: a slip of the pen is no silent default. */
export const cityFile = z.strictObject({
  city: z.strictObject({
    name: said('the name of the city, for example "Besançon"', 80),
    region: said('the region, for example "Bourgogne-Franche-Comté"', 80),
    country: z.enum(countries, { error: `one of ${countries.join(', ')}: only their rates of VAT are known here` }),
    latitude: degrees(90, 'the latitude of the centre, for example 47.2378'),
    longitude: degrees(180, 'the longitude of the centre, for example 6.0241'),
    timeZone: z.string().refine(isTimeZone, { error: 'a time zone such as Europe/Paris' }),
    language: z.enum(locales, { error: `one of ${locales.join(', ')}` }),
  }),
  operator: operatorIdentity,
  firstAdmin: z.strictObject({
    name: said('the name of the first person with every right', 120),
    email: email('the e-mail address of the first person with every right'),
  }),
});

export type CityFile = z.output<typeof cityFile>;

/** What a person fills in: everything that cannot be guessed is empty, and is asked for by name when it stays so. */
export const cityTemplate = {
  city: { name: '', region: '', country: 'FR', latitude: null, longitude: null, timeZone: 'Europe/Paris', language: 'fr' },
  operator: {
    legalName: '',
    legalForm: '',
    capital: '',
    address: '',
    phone: '',
    email: '',
    register: '',
    vatNumber: '',
    publicationDirector: '',
    host: { name: '', address: '', phone: '' },
    contactForAuthorities: '',
    productSafetyContact: '',
    safetyGateRegistrationId: '',
  },
  firstAdmin: { name: '', email: '' },
} as const satisfies { readonly [part in keyof CityFile]: object };

export type CityFileRefusal = { readonly kind: 'city-file-invalid'; readonly problems: readonly string[] };

/** Reads a city file. Errors: `city-file-invalid` with a line for each field: where it is, and what belongs there. */
export function readCityFile(text: string): Result<CityFile, CityFileRefusal> {
  const read = jsonOf(text);
  if (!read.ok) return read;
  const parsed = cityFile.safeParse(read.value);
  if (parsed.success) return ok(parsed.data);
  return err({
    kind: 'city-file-invalid',
    problems: parsed.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`),
  });
}

function jsonOf(text: string): Result<unknown, CityFileRefusal> {
  try {
    return ok(JSON.parse(text));
  } catch (error) {
    return err({ kind: 'city-file-invalid', problems: [`the file is no JSON: ${error instanceof Error ? error.message : String(error)}`] });
  }
}
