import type { Minor } from '@/lib/kernel';
import { minor } from '@/lib/kernel';
import type { DocumentContent } from './content';

/** The plain EN 16931 profile: no country extension, so every receiver reads it. */
const PROFILE = 'urn:cen.eu:en16931:2017';
/** UNTDID 1001: commercial invoice, credit note. */
const typeCodes = { invoice: '380', 'credit-note': '381' } as const;
/** UNTDID 4461: bank card, SEPA credit transfer, instrument not defined; clearing between partners, for what was kept of a payout. */
const BANK_CARD = '48';
const SEPA_CREDIT_TRANSFER = '58';
const NOT_DEFINED = '1';
const CLEARING = '97';
/** Scheme of an e-mail address as an electronic address, and of a French SIREN as a legal identifier. */
const EMAIL_SCHEME = 'EM';
const SIREN_SCHEME = '0002';

/** A sales unit as UN/ECE Recommendation 20 names the unit people pay by, and how many steps make one. */
const units = {
  each: { code: 'C62', steps: 1 },
  gram: { code: 'KGM', steps: 1000 },
  millimetre: { code: 'MTR', steps: 1000 },
} as const;

/**
 * How it was paid (BG-16). A SEPA credit transfer names the account it went to (BR-61); one that goes back to the buyer goes to an account only the
 * provider knows, so a credit note defines no instrument.
 */
function meansOf({ kind, period, transferredTo: iban }: DocumentContent) {
  if (period) return { 'cbc:PaymentMeansCode': CLEARING };
  if (iban === undefined) return { 'cbc:PaymentMeansCode': BANK_CARD };
  if (kind === 'credit-note') return { 'cbc:PaymentMeansCode': NOT_DEFINED };
  return { 'cbc:PaymentMeansCode': SEPA_CREDIT_TRANSFER, 'cac:PayeeFinancialAccount': { 'cbc:ID': iban } };
}

/**
 * A document as EN 16931 sees it, in the names of UBL; the library writes UBL and CII from it.
 * Guarantees: every amount is one of the document's own; nothing is rounded anew.
 */
export function toUbl(document: DocumentContent) {
  const { totals, currency } = document;
  const money = amountIn(currency);
  return {
    'ubl:Invoice': {
      'cbc:CustomizationID': PROFILE,
      'cbc:ID': document.number,
      'cbc:IssueDate': document.issuedOn,
      'cbc:InvoiceTypeCode': typeCodes[document.kind],
      ...(document.mentions.length > 0 ? { 'cbc:Note': [document.mentions.join('\n')] } : {}),
      'cbc:DocumentCurrencyCode': currency,
      ...aboutOf(document),
      ...precedingOf(document),
      'cac:AccountingSupplierParty': { 'cac:Party': merchantParty(document) },
      'cac:AccountingCustomerParty': { 'cac:Party': buyerOf(document) },
      'cac:Delivery': { 'cbc:ActualDeliveryDate': document.suppliedOn },
      'cac:PaymentMeans': [meansOf(document)],
      ...chargesOf(document),
      'cac:TaxTotal': [
        {
          ...money('cbc:TaxAmount', totals.vatMinor),
          'cac:TaxSubtotal': document.groups.map((group) => ({
            ...money('cbc:TaxableAmount', group.netMinor),
            ...money('cbc:TaxAmount', group.vatMinor),
            'cac:TaxCategory': { ...categoryOf(document, group.rateBps), ...exemptionOf(document) },
          })),
        },
      ],
      'cac:LegalMonetaryTotal': totalsOf(document),
      'cac:InvoiceLine': document.lines.map((line, index) => lineOf(document, line, index)),
    },
  };
}

function amountIn(currency: string) {
  return <Name extends string>(name: Name, amount: Minor) => ({ [name]: decimal(amount), [`${name}@currencyID`]: currency });
}

/** `1234` as `12.34`: EN 16931 amounts have two decimals. */
function decimal(amount: Minor): string {
  const digits = String(Math.abs(amount)).padStart(3, '0');
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function categoryOf({ regime }: DocumentContent, rateBps: number) {
  return {
    'cbc:ID': regime === 'normal' && rateBps > 0 ? 'S' : 'E',
    'cbc:Percent': (rateBps / 100).toFixed(2),
    'cac:TaxScheme': { 'cbc:ID': 'VAT' },
  };
}

function exemptionOf({ exemption }: DocumentContent) {
  if (!exemption) return {};
  const code = exemption.code === undefined ? {} : { 'cbc:TaxExemptionReasonCode': exemption.code };
  return { ...code, 'cbc:TaxExemptionReason': exemption.reason };
}

function aboutOf({ subOrderNumber, period }: DocumentContent) {
  return {
    ...(period ? { 'cac:InvoicePeriod': { 'cbc:StartDate': period.from, 'cbc:EndDate': period.to } } : {}),
    ...(subOrderNumber === undefined ? {} : { 'cac:OrderReference': { 'cbc:ID': subOrderNumber } }),
  };
}

function precedingOf({ preceding }: DocumentContent) {
  if (!preceding) return {};
  const reference = { 'cbc:ID': preceding.number, 'cbc:IssueDate': preceding.issuedOn };
  return { 'cac:BillingReference': [{ 'cac:InvoiceDocumentReference': reference }] };
}

function addressOf({ street, postcode, town, country }: DocumentContent['buyer']) {
  return {
    ...(street === '' ? {} : { 'cbc:StreetName': street }),
    ...(town === '' ? {} : { 'cbc:CityName': town }),
    ...(postcode === '' ? {} : { 'cbc:PostalZone': postcode }),
    'cac:Country': { 'cbc:IdentificationCode': country },
  };
}

function merchantParty({ merchant }: DocumentContent) {
  // A business without a VAT number (exempt) is known to the tax office by its registration (BT-32).
  const tax = merchant.vatNumber === undefined ? [merchant.registrationNumber, 'FC'] : [merchant.vatNumber, 'VAT'];
  const legal = [merchant.legalForm, merchant.capital, merchant.register].filter((part) => part !== undefined && part !== '');
  return {
    'cbc:EndpointID': merchant.email,
    'cbc:EndpointID@schemeID': EMAIL_SCHEME,
    'cac:PartyName': { 'cbc:Name': merchant.tradeName },
    'cac:PostalAddress': addressOf(merchant),
    'cac:PartyTaxScheme': [{ 'cbc:CompanyID': tax[0], 'cac:TaxScheme': { 'cbc:ID': tax[1] } }],
    'cac:PartyLegalEntity': {
      'cbc:RegistrationName': merchant.name,
      ...legalIdOf(merchant),
      'cbc:CompanyLegalForm': legal.join(', '),
    },
    'cac:Contact': { 'cbc:Name': merchant.tradeName, 'cbc:Telephone': merchant.phone, 'cbc:ElectronicMail': merchant.email },
  };
}

function legalIdOf({ registrationNumber, country }: { readonly registrationNumber?: string | undefined; readonly country: string }) {
  if (registrationNumber === undefined) return {};
  return { 'cbc:CompanyID': registrationNumber, ...(country === 'FR' ? { 'cbc:CompanyID@schemeID': SIREN_SCHEME } : {}) };
}

function buyerOf({ buyer }: DocumentContent) {
  return {
    'cbc:EndpointID': buyer.email,
    'cbc:EndpointID@schemeID': EMAIL_SCHEME,
    'cac:PostalAddress': addressOf(buyer),
    ...(buyer.vatNumber === undefined
      ? {}
      : { 'cac:PartyTaxScheme': { 'cbc:CompanyID': buyer.vatNumber, 'cac:TaxScheme': { 'cbc:ID': 'VAT' } } }),
    'cac:PartyLegalEntity': { 'cbc:RegistrationName': buyer.name, ...legalIdOf(buyer) },
  };
}

function chargesOf(document: DocumentContent) {
  const charges = document.groups.flatMap((group) => allowancesOf(document, group));
  return charges.length === 0 ? {} : { 'cac:AllowanceCharge': charges };
}

type Group = DocumentContent['groups'][number];

/** Discounts and delivery stand beside the lines, each at the rate it bears (UNTDID 5189 95: discount; 7161 DL: delivery). */
function allowancesOf(document: DocumentContent, group: Group) {
  const money = amountIn(document.currency);
  const tax = { 'cac:TaxCategory': categoryOf(document, group.rateBps) };
  const discount = {
    'cbc:ChargeIndicator': 'false',
    'cbc:AllowanceChargeReasonCode': '95',
    'cbc:AllowanceChargeReason': 'Remise',
    ...money('cbc:Amount', group.discountNetMinor),
    ...tax,
  };
  const delivery = {
    'cbc:ChargeIndicator': 'true',
    'cbc:AllowanceChargeReasonCode': 'DL',
    'cbc:AllowanceChargeReason': 'Livraison',
    ...money('cbc:Amount', group.deliveryNetMinor),
    ...tax,
  };
  return [...(group.discountNetMinor === 0 ? [] : [discount]), ...(group.deliveryNetMinor === 0 ? [] : [delivery])];
}

/** The sums at the foot of a document. Everything was paid before the goods left, so nothing is due. */
export function footOf(document: DocumentContent) {
  const sum = (of: (group: Group) => number) => minor(document.groups.reduce((total, group) => total + of(group), 0));
  return {
    goodsNetMinor: minor(document.lines.reduce((total, line) => total + line.goodsNetMinor, 0)),
    discountNetMinor: sum((group) => group.discountNetMinor),
    deliveryNetMinor: sum((group) => group.deliveryNetMinor),
    deliveryMinor: sum((group) => group.deliveryMinor),
    discountMinor: sum((group) => group.discountMinor),
  };
}

function totalsOf(document: DocumentContent) {
  const { totals, currency } = document;
  const money = amountIn(currency);
  const foot = footOf(document);
  return {
    ...money('cbc:LineExtensionAmount', foot.goodsNetMinor),
    ...money('cbc:TaxExclusiveAmount', totals.netMinor),
    ...money('cbc:TaxInclusiveAmount', totals.grossMinor),
    ...money('cbc:AllowanceTotalAmount', foot.discountNetMinor),
    ...money('cbc:ChargeTotalAmount', foot.deliveryNetMinor),
    ...money('cbc:PrepaidAmount', totals.grossMinor),
    ...money('cbc:PayableAmount', minor(0)),
  };
}

function lineOf(document: DocumentContent, line: DocumentContent['lines'][number], index: number) {
  const money = amountIn(document.currency);
  const unit = units[line.salesUnit];
  const quantity = line.quantity / unit.steps;
  return {
    'cbc:ID': String(index + 1),
    'cbc:InvoicedQuantity': String(quantity),
    'cbc:InvoicedQuantity@unitCode': unit.code,
    ...money('cbc:LineExtensionAmount', line.goodsNetMinor),
    'cac:Item': {
      ...(line.detail === undefined ? {} : { 'cbc:Description': line.detail }),
      'cbc:Name': line.title,
      'cac:ClassifiedTaxCategory': categoryOf(document, line.rateBps),
    },
    'cac:Price': priceOf(line, quantity, unit.code, money),
  };
}

/** The price of one unit where it is whole cents; else of the line's whole quantity, which is exact where a rounded unit price would not be. */
function priceOf(line: DocumentContent['lines'][number], quantity: number, unitCode: string, money: ReturnType<typeof amountIn>) {
  const unitNet = line.goodsNetMinor / quantity;
  if (Number.isInteger(unitNet)) return money('cbc:PriceAmount', minor(unitNet));
  return {
    ...money('cbc:PriceAmount', line.goodsNetMinor),
    'cbc:BaseQuantity': String(quantity),
    'cbc:BaseQuantity@unitCode': unitCode,
  };
}
