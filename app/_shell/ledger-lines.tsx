import { ruleSentence } from '@/lib/commission';
import type { Locale, Minor } from '@/lib/kernel';
import { atRate, formatBps, formatDate } from '@/lib/kernel';
import type { FigureView, StatementLine } from '@/lib/settlement/views';
import { texts } from '@/lib/texts';

type LineProps = {
  readonly line: Pick<StatementLine, 'fees' | 'commissionMinor' | 'commissionVatMinor' | 'entries'>;
  /** What the line is called, for who does not see where it stands. */
  readonly name: string;
  readonly locale: Locale;
  readonly money: (amount: Minor) => string;
  readonly timeZone: string;
};

/** How a line's commission came about: basis × rate for each rule, with the sentence that says why it counted, and the VAT on it. */
export function LineFees({ line, name, locale, money, timeZone }: LineProps) {
  const t = texts(locale, 'payouts');
  const [first] = line.fees;
  if (!first) return null;
  const { commissionMinor: fee, commissionVatMinor: vat } = line;
  const isPlain = vat === atRate(fee, first.vatRateBps);
  return (
    <details className="text-md">
      <summary className="inline-flex min-h-11 cursor-pointer items-center text-plaque underline">
        {t('fees.show')}
        <span className="sr-only"> {name}</span>
      </summary>
      <ul className="grid max-w-[30rem] gap-2 border-l-2 border-line pl-3">
        {line.fees.map((one, index) => (
          <li key={index}>
            {t('fees.row', { basis: money(one.basisMinor), rate: formatBps(one.rateBps, locale), fee: money(one.feeMinor) })}
            <span className="block text-ink-soft">{ruleSentence(one.rule, locale, timeZone)}</span>
          </li>
        ))}
        <li>
          {isPlain
            ? t('fees.vat', { fee: money(fee), rate: formatBps(first.vatRateBps, locale), vat: money(vat) })
            : t('fees.vatBack', { vat: money(vat) })}
        </li>
      </ul>
    </details>
  );
}

/** What a line is made of in the ledger: every posting, and the nothing they sum to. */
export function LineEntries({
  line,
  name,
  locale,
  money,
}: Omit<LineProps, 'timeZone' | 'line'> & { readonly line: Pick<StatementLine, 'entries'> }) {
  const t = texts(locale, 'payouts');
  return (
    <details className="text-md">
      <summary className="inline-flex min-h-11 cursor-pointer items-center text-plaque underline">
        {t('entries.show')}
        <span className="sr-only"> {name}</span>
      </summary>
      <dl className="grid max-w-[22rem] grid-cols-[1fr_auto] gap-x-4 gap-y-1 border-l-2 border-line pl-3">
        {line.entries.map((entry, index) => (
          <div key={index} className="contents">
            <dt className="text-ink-soft">{t(`entries.account.${entry.account}`)}</dt>
            <dd className="text-right">{money(entry.amountMinor)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

type FigureProps = Pick<LineProps, 'locale' | 'money' | 'timeZone'> & { readonly figure: FigureView };

/** What a figure is the sum of: a transaction of the ledger a line, each of which opens to its entries; the last line is the figure. */
export function FigureLines({ figure: { sumMinor, lines, earlier }, locale, money, timeZone }: FigureProps) {
  const t = texts(locale, 'payouts');
  const kinds = texts(locale, 'money');
  const nameOf = ({ kind, subOrderNumber = '' }: FigureView['lines'][number]) =>
    kinds(`books.kind.${kind}`, { number: subOrderNumber }).trim();
  return (
    <ul className="num grid max-w-[46rem] divide-y divide-line [&>li]:grid [&>li]:grid-cols-[1fr_auto] [&>li]:gap-x-4 [&>li]:py-2">
      {lines.map((line) => {
        const name = nameOf(line);
        const { subOrderNumber: number } = line;
        const day = formatDate(line.occurredAt, locale, timeZone);
        return (
          <li key={line.cause}>
            <span>
              {name}
              <span className="block text-md text-ink-soft">
                {number === undefined || name.includes(number) ? day : t('figure.of', { number, day })}
              </span>
            </span>
            <b>{money(line.amountMinor)}</b>
            <div className="col-span-2">
              <LineEntries line={line} name={name} locale={locale} money={money} />
            </div>
          </li>
        );
      })}
      {earlier && (
        <li>
          <span>{t('figure.earlier', { count: earlier.count })}</span>
          <b>{money(earlier.amountMinor)}</b>
        </li>
      )}
      <li className="font-bold">
        <span>{t('total')}</span>
        <b>{money(sumMinor)}</b>
      </li>
    </ul>
  );
}
