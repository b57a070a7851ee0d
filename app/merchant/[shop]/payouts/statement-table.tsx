import { ruleSentence } from '@/lib/commission';
import type { Locale, Minor } from '@/lib/kernel';
import { atRate, formatBps, formatDate, minor, sumMinor } from '@/lib/kernel';
import type { StatementLine, StatementView } from '@/lib/settlement/views';
import { texts } from '@/lib/texts';

type StatementTableProps = {
  readonly statement: StatementView;
  readonly locale: Locale;
  readonly money: (amount: Minor) => string;
};

/** Every cause of money with what it is made of; the last row adds the columns up. On a phone it scrolls sideways. */
export function StatementTable({ statement: { lines, timeZone }, locale, money }: StatementTableProps) {
  const t = texts(locale, 'payouts');
  const total = (of: (line: StatementLine) => Minor) => money(sumMinor(lines.map(of)));
  const fee = (line: StatementLine) => minor(-line.commissionMinor);
  const vat = (line: StatementLine) => minor(-line.commissionVatMinor);
  const vouchers = (line: StatementLine) => minor(-line.vouchersMinor);
  const hasVouchers = lines.some((line) => line.vouchersMinor !== 0);
  return (
    <div className="overflow-x-auto" role="region" aria-labelledby="lines" tabIndex={0}>
      <table className="num w-full min-w-[640px] border-collapse text-base [&_:is(td,th)]:px-3 [&_:is(td,th)]:py-2.5 [&_:is(td,th):not(:first-child)]:text-right [&_tr]:border-b [&_tr]:border-line">
        <thead className="text-md text-ink-soft">
          <tr>
            <th scope="col" className="text-left">
              {t('lines')}
            </th>
            <th scope="col">{t('worth')}</th>
            <th scope="col">{t('commission')}</th>
            <th scope="col">{t('vat')}</th>
            {hasVouchers && <th scope="col">{t('vouchers')}</th>}
            <th scope="col">{t('net')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.cause}>
              <th scope="row" className="text-left font-normal">
                {t(`line.${line.kind}`, { number: line.subOrderNumber ?? '' })}
                <span className="block text-md text-ink-soft">{formatDate(line.occurredAt, locale, timeZone)}</span>
                <LineFees line={line} locale={locale} money={money} timeZone={timeZone} />
                <LineEntries line={line} locale={locale} money={money} />
              </th>
              <td>{money(line.worthMinor)}</td>
              <td>{money(fee(line))}</td>
              <td>{money(vat(line))}</td>
              {hasVouchers && <td>{money(vouchers(line))}</td>}
              <td className="font-bold">{money(line.netMinor)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot className="font-bold">
          <tr>
            <th scope="row" className="text-left">
              {t('total')}
            </th>
            <td>{total((line) => line.worthMinor)}</td>
            <td>{total(fee)}</td>
            <td>{total(vat)}</td>
            {hasVouchers && <td>{total(vouchers)}</td>}
            <td>{total((line) => line.netMinor)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

type LineProps = Pick<StatementTableProps, 'locale' | 'money'> & { readonly line: StatementLine };

/** How a line's commission came about: basis × rate for each rule, with the sentence that says why it counted, and the VAT on it. */
function LineFees({ line, locale, money, timeZone }: LineProps & { readonly timeZone: string }) {
  const t = texts(locale, 'payouts');
  const [first] = line.fees;
  if (!first) return null;
  const { commissionMinor: fee, commissionVatMinor: vat } = line;
  const isPlain = vat === atRate(fee, first.vatRateBps);
  return (
    <details className="text-md">
      <summary className="inline-flex min-h-11 cursor-pointer items-center text-plaque underline">
        {t('fees.show')}
        <span className="sr-only"> {t(`line.${line.kind}`, { number: line.subOrderNumber ?? '' })}</span>
      </summary>
      <ul className="grid max-w-[30rem] gap-2 border-l-2 border-line pl-3">
        {line.fees.map((one) => (
          <li key={`${one.rateBps} ${one.rule?.validFrom}`}>
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
function LineEntries({ line, locale, money }: LineProps) {
  const t = texts(locale, 'payouts');
  return (
    <details className="text-md">
      <summary className="inline-flex min-h-11 cursor-pointer items-center text-plaque underline">
        {t('entries.show')}
        <span className="sr-only"> {t(`line.${line.kind}`, { number: line.subOrderNumber ?? '' })}</span>
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
