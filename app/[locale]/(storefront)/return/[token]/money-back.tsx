import { Icon } from '@/components/ui/icon';
import { formatMoney, moneyOf, type Currency, type Locale, type Minor } from '@/lib/kernel';
import type { LineBackView } from '@/lib/settlement/views';
import { texts } from '@/lib/texts';

type MoneyBackProps = { readonly back: readonly LineBackView[]; readonly currency: Currency; readonly locale: Locale };

/** Line by line, to which voucher and to which card the money went; only where vouchers paid, otherwise there is nothing to tell apart. */
export function MoneyBack({ back, currency, locale }: MoneyBackProps) {
  if (back.length === 0) return null;
  const t = texts(locale, 'wallet');
  const money = (amount: Minor) => formatMoney(moneyOf(amount, currency), locale);
  return (
    <section className="panel px-[22px] py-4 max-md:px-4" aria-labelledby="money-back" data-testid="money-back">
      <h3 id="money-back" className="flex items-center gap-2 text-base font-semibold">
        <Icon name="hand-coins" className="text-plaque" />
        {t('back.title')}
      </h3>
      <ul className="mt-2 grid gap-3">
        {back.map((line) => (
          <li key={line.lineId ?? 'delivery'}>
            <p className="flex justify-between gap-4">
              <span>{line.title ?? t('back.delivery')}</span>
              <span className="figures font-semibold">{money(line.amountMinor)}</span>
            </p>
            <ul className="text-md text-ink-soft">
              {line.vouchers.map((voucher) => (
                <li key={voucher.codeEnd} className="flex justify-between gap-4">
                  <span>{t('back.voucher', { name: voucher.name, end: voucher.codeEnd })}</span>
                  <span className="figures">{money(voucher.amountMinor)}</span>
                </li>
              ))}
              {line.cardMinor > 0 && (
                <li className="flex justify-between gap-4">
                  <span>{t('back.card')}</span>
                  <span className="figures">{money(line.cardMinor)}</span>
                </li>
              )}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}
