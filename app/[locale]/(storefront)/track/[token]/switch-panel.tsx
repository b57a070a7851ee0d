import type { Showing } from '@/components/commerce/showing';
import { SubmitButton } from '@/components/commerce/submit-button';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { formatDay, formatMoney, formatTime, minor, moneyOf, pathTo } from '@/lib/kernel';
import type { SwitchOptionView, SwitchesView } from '@/lib/switching/views';
import { methodText, texts } from '@/lib/texts';
import { switchAction } from './actions';

type PanelProps = { readonly switches: SwitchesView; readonly orderToken: string; readonly showing: Showing };

/** How one part could be received otherwise: each way with its hour, its whole price and the difference, said before anything is tapped. */
export function SwitchPanel({ switches, orderToken, showing }: PanelProps) {
  const t = texts(showing.locale, 'tracking');
  const heading = `switch-${switches.number}`;
  return (
    <section className="border-t border-line px-[22px] py-5 max-md:px-4" aria-labelledby={heading}>
      <h3 id={heading} className="text-lg">
        {t('switch.title')}
      </h3>
      <p className="mt-1 text-ink-soft">{t('switch.text')}</p>
      {switches.options.length === 0 && <p className="mt-3">{t('switch.none')}</p>}
      <ul className="mt-3 grid gap-3">
        {switches.options.map((option) => (
          <Option key={`${option.shopId} ${option.method}`} option={option} switches={switches} orderToken={orderToken} showing={showing} />
        ))}
      </ul>
      {switches.address === undefined && (
        <form method="get" action={pathTo(showing.locale, 'track', { token: orderToken })} className="mt-4 grid max-w-md gap-3">
          <input type="hidden" name="changer" value={switches.number} />
          <TextField
            id={`address-${switches.number}`}
            name="adresse"
            label={t('switch.address')}
            hint={t('switch.addressHint')}
            autoComplete="street-address"
            required
          />
          <div>
            <Button kind="secondary">{t('switch.addressGo')}</Button>
          </div>
        </form>
      )}
    </section>
  );
}

function Option({ option, switches, orderToken, showing }: PanelProps & { readonly option: SwitchOptionView }) {
  const { locale } = showing;
  const t = texts(locale, 'tracking');
  const money = (amount: number) => formatMoney(moneyOf(minor(amount), switches.currency), locale);
  const words = { shop: option.shopName, method: methodText(locale, option.method), when: momentOf(option, showing) };
  const difference = option.differenceMinor;
  return (
    <li className="grid gap-3 rounded-control border border-line p-4 md:grid-cols-[1fr_auto] md:items-end">
      <div>
        <p className="font-semibold">
          <Icon name={option.method === 'pickup' ? 'shopping-bag' : option.method === 'courier' ? 'bike' : 'package'} />{' '}
          {t(option.isSameShop ? 'switch.way' : 'switch.elsewhere', words)}
        </p>
        <p className="text-ink-soft">{t('switch.when', words)}</p>
        <p className="mt-1">
          {difference > 0
            ? t('switch.more', { total: money(option.totalMinor), more: money(difference), paid: money(switches.paidMinor) })
            : difference < 0
              ? t('switch.less', { total: money(option.totalMinor), less: money(-difference) })
              : t('switch.same', { total: money(option.totalMinor) })}
        </p>
      </div>
      <form action={switchAction}>
        <input type="hidden" name="locale" value={locale} />
        <input type="hidden" name="token" value={orderToken} />
        <input type="hidden" name="subOrderId" value={switches.subOrderId} />
        <input type="hidden" name="shopId" value={option.shopId} />
        <input type="hidden" name="method" value={option.method} />
        <input type="hidden" name="total" value={option.totalMinor} />
        <input type="hidden" name="shop" value={option.shopName} />
        <input type="hidden" name="adresse" value={switches.address ?? ''} />
        <SubmitButton className={difference > 0 ? 'btn btn-primary' : 'btn btn-secondary'} label={t('switch.chooseLabel', words)}>
          {difference > 0 ? texts(locale, 'checkout')('button') : t('switch.choose')}
        </SubmitButton>
      </form>
    </li>
  );
}

function momentOf({ from, to }: SwitchOptionView, { locale, now, timeZone }: Showing): string {
  const time = (moment: typeof from) => formatTime(moment, locale, timeZone);
  const day = formatDay(from, now, locale, timeZone);
  return to === undefined ? `${day} ${time(from)}` : `${day} ${time(from)} – ${time(to)}`;
}
