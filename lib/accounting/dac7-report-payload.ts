import type { Instant, MerchantId, SystemScope } from '@/lib/kernel';
import { dateOf, invariant, parseId } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { getCity } from '@/lib/shops';
import { listMerchantYears } from './list-merchant-years';
import type { MerchantYearView } from './views';
import type { MerchantRow, Year } from './year-facts';
import { findMerchant, yearOf } from './year-facts';

/** The yearly report and what was left out of it. */
export type Dac7Report = { readonly xml: string; readonly reported: number; readonly leftOut: number };

type Child = Xml | string;
type Xml = { readonly name: string; readonly attributes: Readonly<Record<string, string>>; readonly children: readonly Child[] };

/** The report's own namespace and that of the common types of OECD reports. */
const DPI = 'urn:oecd:ties:dpi:v1';
const STF = 'urn:oecd:ties:dpistf:v1';

const el = (name: string, children: readonly Child[] | string, attributes: Xml['attributes'] = {}): Xml => ({
  name: name.includes(':') ? name : `dpi:${name}`,
  attributes,
  children: typeof children === 'string' ? [children] : children,
});

/**
 * The yearly report of merchants in the shape of the OECD's digital platform information, by which DAC7 is told: every merchant the law does not
 * leave out, by quarter. Amounts are whole euros, as that shape wants them.
 *
 * Source: Directive 2011/16, annex V; CGI 1649 ter A; OP-23. The official schema is not among what this repository may carry, so a city
 * validates the file where it hands it in.
 */
export async function writeDac7Report(
  scope: SystemScope,
  year: number,
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<Dac7Report> {
  const city = await getCity();
  const span = yearOf(year, city.timeZone);
  const merchants = await listMerchantYears(reader(), scope, span);
  const reported = merchants.filter((merchant) => merchant.isReported);
  const elements: Xml[] = [];
  for (const [index, merchant] of reported.entries()) elements.push(merchantElement(merchant, await merchantOf(merchant), { span, index }));
  const xml = rendered(
    el('DPI_OECD', [messageSpec(city, span, clock.now()), el('DPIBody', [operatorElement(city, span), ...elements])], {
      'xmlns:dpi': DPI,
      'xmlns:stf': STF,
      version: '1.0',
    }),
  );
  return {
    xml: `<?xml version="1.0" encoding="UTF-8"?>\n${xml}\n`,
    reported: reported.length,
    leftOut: merchants.length - reported.length,
  };
}

type City = Awaited<ReturnType<typeof getCity>>;

async function merchantOf({ merchantId }: MerchantYearView): Promise<MerchantRow> {
  const id: MerchantId | undefined = parseId('merchant', merchantId);
  const merchant = id && (await findMerchant(reader(), id));
  invariant(merchant, 'a merchant is a merchant');
  return merchant;
}

function messageSpec({ country, name }: City, { year }: Year, now: Instant): Xml {
  return el('MessageSpec', [
    el('TransmittingCountry', country),
    el('ReceivingCountry', country),
    el('MessageType', 'DPI'),
    el('MessageRefId', `${country}${year}${slug(name)}${now}`),
    el('MessageTypeIndic', 'DPI401'),
    el('ReportingPeriod', `${year}-12-31`),
    el('Timestamp', dateOf(now).toISOString().slice(0, 19)),
  ]);
}

function operatorElement({ country, name, operator }: City, { year }: Year): Xml {
  return el('PlatformOperator', [
    el('ResCountryCode', country),
    el('TIN', operator.vatNumber.replace(/\s/g, ''), { issuedBy: country }),
    el('Name', operator.legalName),
    el('PlatformBusinessName', name),
    address(country, operator.address),
    docSpec(`${country}${year}-operator`),
  ]);
}

function merchantElement(sold: MerchantYearView, merchant: MerchantRow, at: { readonly span: Year; readonly index: number }): Xml {
  const { country } = merchant;
  const quarterly = (name: string, values: readonly number[], attributes: Xml['attributes'] = {}) =>
    el(
      name,
      values.map((value, quarter) => el(`${prefixes[name] ?? ''}Q${quarter + 1}`, String(value), attributes)),
    );
  const euros = (minorUnits: number): number => Math.round(minorUnits / 100);
  return el('ReportableSeller', [
    el('Identity', [
      el('EntitySeller', [
        el('Standard', [
          el('EntSellerID', [
            el('ResCountryCode', country),
            el('TIN', merchant.registrationNumber.replace(/\s/g, ''), { issuedBy: country }),
            ...(merchant.vatNumber === null ? [] : [el('VAT', merchant.vatNumber)]),
            el('Name', merchant.legalName),
            address(country, merchant.address),
          ]),
        ]),
      ]),
    ]),
    el('RelevantActivities', [
      el('SaleOfGoods', [
        quarterly(
          'Consideration',
          sold.quarters.map((quarter) => euros(quarter.considerationMinor)),
          { currCode: 'EUR' },
        ),
        quarterly(
          'NumberOfActivities',
          sold.quarters.map((quarter) => quarter.sales),
        ),
        quarterly(
          'Fees',
          sold.quarters.map((quarter) => euros(quarter.feesMinor)),
          { currCode: 'EUR' },
        ),
        quarterly('Taxes', [0, 0, 0, 0], { currCode: 'EUR' }),
      ]),
    ]),
    docSpec(`${country}${at.span.year}-merchant-${at.index + 1}`),
  ]);
}

const prefixes: Readonly<Record<string, string>> = { Consideration: 'Cons', NumberOfActivities: 'Numb', Fees: 'Fees', Taxes: 'Tax' };

function address(country: string, free: string): Xml {
  return el('Address', [el('CountryCode', country), el('AddressFree', free)], { legalAddressType: 'OECD303' });
}

/** New data (OECD1), under a reference of its own. */
function docSpec(reference: string): Xml {
  return el('DocSpec', [el('stf:DocTypeIndic', 'OECD1'), el('stf:DocRefId', reference)]);
}

function rendered({ name, attributes, children }: Xml): string {
  const said = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const inside = children.map((child) => (typeof child === 'string' ? escaped(child) : rendered(child)));
  return `<${name}${said.join('')}>${inside.join('')}</${name}>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function slug(text: string): string {
  return text.normalize('NFD').replace(/[^A-Za-z0-9]/g, '');
}
