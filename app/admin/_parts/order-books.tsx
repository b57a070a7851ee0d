import { LineEntries, LineFees } from '@/app/_shell/ledger-lines';
import type { Currency, Minor } from '@/lib/kernel';
import { formatMoney, moneyOf } from '@/lib/kernel';
import type { OrderBookView } from '@/lib/settlement/views';
import { texts } from '@/lib/texts';
import { stamp, type OpsShowing } from './order-table';

type OrderBooksProps = { readonly books: readonly OrderBookView[]; readonly currency: Currency; readonly showing: OpsShowing };

/** An order's transactions in the ledger, each with its entries and how its commission came about. */
export function OrderBooks({ books, currency, showing }: OrderBooksProps) {
  const t = texts(showing.locale, 'money');
  const leaf = {
    locale: showing.locale,
    timeZone: showing.timeZone,
    money: (amount: Minor) => formatMoney(moneyOf(amount, currency), showing.locale),
  };
  return (
    <section className="box" aria-labelledby="books">
      <h2 id="books">{t('books.title')}</h2>
      <div className="box-body">
        {books.length === 0 ? (
          <p>{t('books.none')}</p>
        ) : (
          <ul className="grid gap-3">
            {books.map((line) => {
              const name = t(`books.kind.${line.kind}`, { number: line.subOrderNumber ?? '' });
              return (
                <li key={line.cause}>
                  <span className="flex flex-wrap justify-between gap-x-4">
                    <b>{name}</b>
                    <small>{stamp(line.occurredAt, showing)}</small>
                  </span>
                  <LineFees {...leaf} line={line} name={name} />
                  <LineEntries {...leaf} line={line} name={name} />
                </li>
              );
            })}
          </ul>
        )}
      </div>
    </section>
  );
}
