import { FigureLines, LineFees } from '@/app/_shell/ledger-lines';
import type { Currency, Minor } from '@/lib/kernel';
import { formatMoney, moneyOf } from '@/lib/kernel';
import type { PartMoneyView } from '@/lib/settlement/views';
import { texts } from '@/lib/texts';
import type { DeskShowing } from './desk-words';

type PartMoneyProps = { readonly money: PartMoneyView; readonly currency: Currency; readonly showing: DeskShowing };

/** What an order's part comes to for the shop: figures, each of which opens to its entries, and how the commission came about. For whoever runs the shop,
 * and folded away: who prepares needs the hands, not the money. */
export function PartMoney({ money: { figures, books }, currency, showing: { locale, timeZone } }: PartMoneyProps) {
  const t = texts(locale, 'payouts');
  const money = (amount: Minor) => formatMoney(moneyOf(amount, currency), locale);
  return (
    <details id="money" className="mt-3 text-base print:hidden">
      <summary className="inline-flex min-h-[64px] cursor-pointer items-center text-plaque underline">{t('figure.part')}</summary>
      <div className="grid gap-2">
        {figures.length === 0 ? (
          <p className="text-base text-ink-soft">{t('figure.none')}</p>
        ) : (
          figures.map((figure) => (
            <details key={figure.figure} className="panel px-4 text-base">
              <summary className="flex min-h-[64px] cursor-pointer items-center justify-between gap-4">
                <span>{t(`figure.${figure.figure}`)}</span>
                <b className="num">{money(figure.sumMinor)}</b>
              </summary>
              <FigureLines figure={figure} locale={locale} money={money} timeZone={timeZone} />
            </details>
          ))
        )}
        {books.map((book) => (
          <LineFees
            key={book.cause}
            line={book}
            name={texts(locale, 'money')(`books.kind.${book.kind}`, { number: book.subOrderNumber ?? '' })}
            locale={locale}
            money={money}
            timeZone={timeZone}
          />
        ))}
      </div>
    </details>
  );
}
