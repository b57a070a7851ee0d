import type { ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';
import { Icon } from '@/components/ui/icon';
import type { Locale, Money } from '@/lib/kernel';
import { formatMoney } from '@/lib/kernel';
import { texts } from '@/lib/texts/views';
import { Arche } from './faience/faience';
import { Price } from './price';
import type { FormAction } from './showing';
import { SubmitButton } from './submit-button';

export type LineItemView = {
  readonly lineId: string;
  readonly seed: string;
  readonly family: string;
  readonly glyph: string;
  readonly title: string;
  readonly href?: string | undefined;
  readonly note?: string | undefined;
  /** What the stepper shows: `2`, `250 g`. */
  readonly quantityText: string;
  readonly quantity: number;
  readonly step: number;
  readonly maximum: number;
  readonly total: Money;
  /** Price of one when it was added, if it has changed since. */
  readonly formerPrice?: Money | undefined;
  /** No longer for sale: greyed, kept, never silently removed. */
  readonly isGone?: boolean;
};

/** Minus, count, plus and "Retirer" in one form: each button posts the quantity it leads to as `quantity`. */
export function QuantityStepper({ line, action, locale }: { line: LineItemView; action: FormAction; locale: Locale }) {
  const t = texts(locale, 'common');
  return (
    <form action={action} className="line-quantity">
      <input type="hidden" name="lineId" value={line.lineId} />
      {line.isGone !== true && (
        <span className="stepper" role="group" aria-label={t('quantity.label', { title: line.title })}>
          <SubmitButton className="" name="quantity" value={String(Math.max(0, line.quantity - line.step))} label={t('quantity.less')}>
            <Icon name="minus" />
          </SubmitButton>
          <b>{line.quantityText}</b>
          <SubmitButton
            className=""
            name="quantity"
            value={String(Math.min(line.maximum, line.quantity + line.step))}
            label={t('quantity.more')}
          >
            <Icon name="plus" />
          </SubmitButton>
        </span>
      )}
      <SubmitButton className="text-button" name="quantity" value="0" label={t('quantity.removeOf', { title: line.title })}>
        {t('quantity.remove')}
      </SubmitButton>
    </form>
  );
}

type LineItemProps = { readonly line: LineItemView; readonly locale: Locale; readonly action?: FormAction; readonly children?: ReactNode };

/** One line of a basket or an order: tile 64 × 80, title, quantity, price. Without `action` the quantity is only told. */
export function LineItem({ line, locale, action, children }: LineItemProps) {
  const t = texts(locale, 'common');
  return (
    <li className={classNames('line', line.isGone === true && 'is-gone')}>
      <Arche className="arche-line" seed={line.seed} family={line.family} glyph={line.glyph} label={line.title} />
      <div>
        <h3>{line.href === undefined ? line.title : <a href={line.href}>{line.title}</a>}</h3>
        {line.note !== undefined && <p className="line-note">{line.note}</p>}
        {line.isGone === true && <p className="line-note">{t('quantity.gone')}</p>}
        {line.formerPrice !== undefined && (
          <p className="line-note">{t('quantity.was', { price: formatMoney(line.formerPrice, locale) })}</p>
        )}
        {children}
      </div>
      {action ? (
        <QuantityStepper line={line} action={action} locale={locale} />
      ) : (
        <span className="line-quantity figures">{line.quantityText}</span>
      )}
      <Price money={line.total} locale={locale} />
    </li>
  );
}
