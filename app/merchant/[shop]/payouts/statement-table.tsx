import { LineEntries, LineFees } from '@/app/_shell/ledger-lines';
import type { Locale, Minor } from '@/lib/kernel';
import { formatDate, minor, sumMinor } from '@/lib/kernel';
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
  const nameOf = (line: StatementLine) => t(`line.${line.kind}`, { number: line.subOrderNumber ?? '' });
  const leaf = { locale, money, timeZone };
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
                {nameOf(line)}
                <span className="block text-md text-ink-soft">{formatDate(line.occurredAt, locale, timeZone)}</span>
                <LineFees {...leaf} line={line} name={nameOf(line)} />
                <LineEntries {...leaf} line={line} name={nameOf(line)} />
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
