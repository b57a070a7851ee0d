import { formatBps, formatDecimal, formatMoney, minor, moneyOf, NBSP } from '@/lib/kernel';
import type { Minor } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import type { DocumentContent, DocumentParty } from './content';
import { footOf } from './to-ubl';

/** Documents are written in French: the law wants them so (BO-19), and their legal mentions are. */
const LOCALE = 'fr';

export type PrintedRow = { readonly label: string; readonly amount: string; readonly isTotal: boolean };

/** Everything a printed document says, ready to be placed. */
export type PrintedWords = ReturnType<typeof documentTexts>;

/** The words of a printed document. */
export function documentTexts(document: DocumentContent) {
  const t = texts(LOCALE, 'documents');
  const { kind, number, merchant, buyer, preceding } = document;
  const heading = t('number', { title: t(`title.${kind}`), number });
  return {
    heading,
    dates: [[t('issuedOn'), dateOf(document.issuedOn)] as const, ...aboutOf(document)],
    corrects: preceding ? t('corrects', { number: preceding.number, date: dateOf(preceding.issuedOn) }) : undefined,
    merchant: {
      title: t('merchant'),
      lines: [
        merchant.tradeName,
        [merchant.name, merchant.legalForm, merchant.capital === undefined ? '' : t('capital', { amount: merchant.capital })]
          .filter((part) => part !== '')
          .join(', '),
        ...addressLines(merchant),
        t('siren', { number: merchant.registrationNumber }) + (merchant.register === '' ? '' : `, ${merchant.register}`),
        ...(merchant.vatNumber === undefined ? [] : [t('vatNumber', { number: merchant.vatNumber })]),
        `${merchant.phone}, ${merchant.email}`,
      ],
    },
    buyer: {
      title: t('buyer'),
      lines: [
        buyer.name,
        ...addressLines(buyer),
        ...(buyer.registrationNumber === undefined ? [] : [t('siren', { number: buyer.registrationNumber })]),
        ...(buyer.vatNumber === undefined ? [] : [t('vatNumber', { number: buyer.vatNumber })]),
        buyer.email,
      ],
    },
    columns: [t('item'), t('quantity'), showsVat(document) ? t('rate') : '', t(amountHeading(document))] as const,
    items: document.lines.map((line) => itemOf(document, line)),
    sums: sumsOf(document),
    paid: t(document.period ? `cleared.${kind}` : `paid.${kind}`, {
      due: money(minor(0)),
      by: document.transferredTo === undefined ? 'card' : 'transfer',
    }),
    notes: [
      ...(document.exemption ? [document.exemption.reason] : []),
      ...document.mentions,
      ...(document.mandateVersion === undefined ? [] : [t('mandate', { version: document.mandateVersion })]),
      t('electronic'),
    ],
    page: (page: number, pages: number) => t('page', { page, pages }),
  };
}

/** What a document is about, and when: a contract and its supply, or a period. */
function aboutOf({ period, suppliedOn, subOrderNumber }: DocumentContent): readonly (readonly [string, string])[] {
  const t = texts(LOCALE, 'documents');
  if (period) return [[t('period'), t('fromTo', { from: dateOf(period.from), to: dateOf(period.to) })]];
  return [
    [t('suppliedOn'), dateOf(suppliedOn)],
    [t('order'), subOrderNumber ?? ''],
  ];
}

/** Consumers read prices with tax, businesses without. */
function amountHeading(document: DocumentContent): 'amountNet' | 'amount' | 'amountNoVat' {
  if (document.period) return 'amountNet';
  return showsVat(document) ? 'amount' : 'amountNoVat';
}

function showsVat({ regime }: DocumentContent): boolean {
  return regime === 'normal';
}

function money(amount: Minor): string {
  return formatMoney(moneyOf(amount, 'EUR'), LOCALE);
}

function dateOf(day: string): string {
  return day.split('-').toReversed().join('/');
}

function addressLines({ street, postcode, town }: DocumentParty): readonly string[] {
  return [street, `${postcode} ${town}`.trim()].filter((line) => line !== '');
}

function itemOf(document: DocumentContent, line: DocumentContent['lines'][number]) {
  const t = texts(LOCALE, 'documents');
  const thousandth = () => formatDecimal(line.quantity / 1000, LOCALE);
  const quantity = {
    each: () => String(line.quantity),
    gram: () => t('grams', { quantity: thousandth() }),
    millimetre: () => t('metres', { quantity: thousandth() }),
  }[line.salesUnit]();
  return [
    line.detail === undefined ? line.title : `${line.title}\n${line.detail}`,
    quantity,
    showsVat(document) ? formatBps(line.rateBps, LOCALE) : '',
    money(document.period ? line.goodsNetMinor : line.goodsMinor),
  ] as const;
}

function sumsOf(document: DocumentContent): readonly PrintedRow[] {
  const t = texts(LOCALE, 'documents');
  const foot = footOf(document);
  const row = (label: string, amount: Minor, isTotal = false): PrintedRow => ({ label, amount: money(amount), isTotal });
  const beside = [
    ...(foot.discountMinor === 0 ? [] : [row(t('discount'), minor(-foot.discountMinor))]),
    ...(foot.deliveryMinor === 0 ? [] : [row(t('delivery'), foot.deliveryMinor)]),
  ];
  if (!showsVat(document)) return [...beside, row(t(`grossNoVat.${document.kind}`), document.totals.grossMinor, true)];
  const vat = document.groups.map((group) =>
    row(t('vatAt', { rate: formatBps(group.rateBps, LOCALE), base: money(group.netMinor) }), group.vatMinor),
  );
  return [...beside, row(t('net'), document.totals.netMinor), ...vat, row(t(`gross.${document.kind}`), document.totals.grossMinor, true)];
}

/**
 * A text in the signs our typeface holds: an accent it lacks is dropped, a sign it lacks becomes a question mark; the narrow space of French
 * numbers becomes a plain unbreakable one. The embedded XML keeps every text as it is.
 */
export function printable(text: string): string {
  return [...text.replaceAll('\u202f', NBSP)].map((sign) => (sign === '\n' || isHeld(sign) ? sign : plain(sign))).join('');
}

function plain(sign: string): string {
  const bare = sign.normalize('NFKD').replace(/\p{M}/gu, '');
  return bare !== '' && [...bare].every(isHeld) ? bare : '?';
}

function isHeld(sign: string): boolean {
  return /^[\u0020-\u007e\u00a0-\u00ff\u0152\u0153\u20ac\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u2212]$/u.test(sign);
}
