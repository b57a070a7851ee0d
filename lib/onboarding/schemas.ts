import { z } from 'zod';
import { catalogueSources } from '@/db/schema';
import { isVatNumberOf, parseSiren, vatNumberOfSiren } from './register-numbers';

const words = (most: number, code: string) => z.string({ error: code }).trim().min(2, code).max(most, code);
const phone = z
  .string({ error: 'phone-wrong' })
  .trim()
  .regex(/^\+?[\d\s.\u00a0-]{9,20}$/, 'phone-wrong');
const ticked = z.string({ error: 'must-agree' }).transform(() => true);
const maybe = z.string().trim().optional().default('');

/** "12,50", "12.5" or "12" in cents; nothing is undefined. */
const euros = maybe.transform((text, context) => {
  if (text === '') return undefined;
  if (/^\d{1,4}(?:[.,]\d{1,2})?$/.test(text)) return Math.round(Number(text.replace(',', '.')) * 100);
  context.addIssue({ code: 'custom', message: 'price-wrong' });
  return z.NEVER;
});

/** What is read over the door. */
export const signInput = z.object({
  name: words(80, 'name-missing'),
  trade: words(40, 'trade-missing'),
  address: words(160, 'address-missing'),
  phone,
  keeper: words(80, 'keeper-missing'),
});
export type SignWish = z.output<typeof signInput>;

/** The legal person, with its two declarations. The VAT number follows from the SIREN; one that is typed must be that one. */
export const companyInput = z
  .object({
    siren: z.string({ error: 'siren-wrong' }).transform((text, context) => {
      const siren = parseSiren(text);
      if (siren === undefined) context.addIssue({ code: 'custom', message: 'siren-wrong' });
      return siren ?? z.NEVER;
    }),
    legalName: words(120, 'legal-name-missing'),
    legalForm: words(60, 'legal-form-missing'),
    capital: maybe.pipe(z.string().max(40, 'too-long')),
    register: words(60, 'register-missing'),
    legalAddress: words(200, 'legal-address-missing'),
    email: z.email('email-wrong').max(200, 'email-wrong'),
    regime: z.enum(['normal', 'exempt', 'margin'], 'regime-missing'),
    vatNumber: maybe,
    professional: ticked,
    conforming: ticked,
  })
  .transform(({ vatNumber, ...company }, context) => {
    if (vatNumber !== '' && !isVatNumberOf(vatNumber, company.siren)) {
      context.addIssue({ code: 'custom', message: 'vat-number-wrong', path: ['vatNumber'] });
      return z.NEVER;
    }
    // Who is exempt has none on its documents unless it says so (CGI 286 ter).
    const stated = company.regime === 'exempt' && vatNumber === '' ? undefined : vatNumberOfSiren(company.siren);
    return { ...company, vatNumber: stated };
  });
export type CompanyWish = z.output<typeof companyInput>;

const day = maybe.pipe(z.string().max(80, 'hours-unreadable'));
export const hoursInput = z.object({ Mo: day, Tu: day, We: day, Th: day, Fr: day, Sa: day, Su: day, holidaysOff: z.string().optional() });

const kilometres = maybe.transform((text, context) => {
  if (text === '') return undefined;
  const metres = Math.round(Number(text.replace(',', '.')) * 1_000);
  if (metres >= 200 && metres <= 30_000) return metres;
  context.addIssue({ code: 'custom', message: 'distance-wrong' });
  return z.NEVER;
});

/** How goods reach people: at least one way. */
export const receivingInput = z
  .object({
    pickup: z.string().optional(),
    setAside: z.string().optional(),
    courier: z.string().optional(),
    courierPrice: euros,
    courierRadius: kilometres,
    parcel: z.string().optional(),
    parcelPrice: euros,
    preparation: z.coerce.number('preparation-wrong').int('preparation-wrong').min(5, 'preparation-wrong').max(2_880, 'preparation-wrong'),
  })
  .superRefine(({ pickup, courier, parcel, courierPrice, courierRadius, parcelPrice }, context) => {
    const lacks = (field: string, message: string) => context.addIssue({ code: 'custom', message, path: [field] });
    if (!pickup && !courier && !parcel) lacks('pickup', 'no-way');
    if (courier && courierPrice === undefined) lacks('courierPrice', 'price-wrong');
    if (courier && courierRadius === undefined) lacks('courierRadius', 'distance-wrong');
    if (parcel && parcelPrice === undefined) lacks('parcelPrice', 'price-wrong');
  });
export type ReceivingWish = z.output<typeof receivingInput>;

export const sourceInput = z.object({ source: z.enum(catalogueSources, 'source-missing') });

/** Who mediates disputes, and the mandate to write invoices in the shop's name. */
export const moneyInput = z.object({
  mediatorName: words(120, 'mediator-missing'),
  mediatorUrl: z
    .string({ error: 'address-of-page-wrong' })
    .trim()
    .transform((text) => (/^https?:\/\//i.test(text) ? text : `https://${text}`))
    .refine((text) => URL.canParse(text) && new URL(text).hostname.includes('.'), 'address-of-page-wrong'),
  mandate: ticked,
});
export type MoneyWish = z.output<typeof moneyInput>;
