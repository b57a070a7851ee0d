import { Arche } from '@/components/commerce/faience/faience';
import { SubmitButton } from '@/components/commerce/submit-button';
import { classNames } from '@/components/ui/class-names';
import { Icon } from '@/components/ui/icon';
import type { PickLineView } from '@/lib/fulfilment/views';
import type { Locale } from '@/lib/kernel';
import { formatDecimal } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { tickAction } from '../[shop]/counter/actions';
import { TickButton } from './tick-button';

/** How much is wanted, big: `×2`, `350 g`, `1,2 m`. */
export function quantityText(locale: Locale, quantity: number, salesUnit: PickLineView['salesUnit']): string {
  switch (salesUnit) {
    case 'each':
      return `×${quantity}`;
    case 'gram':
      return quantity < 1000 ? `${quantity}\u00a0g` : `${formatDecimal(quantity / 1000, locale)}\u00a0kg`;
    case 'millimetre':
      return quantity < 1000 ? `${formatDecimal(quantity / 10, locale)}\u00a0cm` : `${formatDecimal(quantity / 1000, locale)}\u00a0m`;
  }
}

type PickLineProps = {
  readonly line: PickLineView;
  readonly locale: Locale;
  readonly slug: string;
  /** While it is being prepared it can be ticked; before and after it only shows. */
  readonly canTick: boolean;
};

/** One article to take from the shelf. The same big square ticks it and takes the tick back. */
export function PickLine({ line, locale, slug, canTick }: PickLineProps) {
  const t = texts(locale, 'merchant');
  const picked = line.pickedQuantity;
  const wanted = line.quantity - line.refusedQuantity;
  const isLost = wanted === 0;
  const isWhole = picked === wanted;
  const isShort = !isLost && picked !== undefined && !isWhole;
  const missing = isShort ? quantityText(locale, wanted - picked, line.salesUnit) : '';
  const lost = quantityText(locale, line.refusedQuantity, line.salesUnit);
  return (
    <li
      className={classNames(
        'pick',
        isWhole && !isLost && 'is-picked',
        (isShort || isLost) && 'is-missing',
        (isLost || picked === 0) && 'is-gone',
      )}
    >
      <Arche seed={line.productId} family={line.family} glyph={line.glyph} label={line.title} isEarly />
      <div className="min-w-0">
        <h2>{line.title}</h2>
        <p>{[line.keyAttribute, line.shelf].filter(Boolean).join('. ')}</p>
        {line.minimumAge !== undefined && <p className="pick-news">{t('pick.age', { age: line.minimumAge })}</p>}
        {line.refusedQuantity > 0 && <p className="pick-news">{isLost ? t('pick.lostAll') : t('pick.lost', { quantity: lost })}</p>}
        {isShort && <p className="pick-news">{picked === 0 ? t('pick.gone') : t('pick.short', { quantity: missing })}</p>}
      </div>
      <span className="pick-quantity">
        {quantityText(locale, isLost ? line.quantity : wanted, line.salesUnit)}
        {isShort && picked > 0 && <small>{t('pick.found', { quantity: quantityText(locale, picked, line.salesUnit) })}</small>}
      </span>
      <span className="pick-act">
        {canTick && !isLost && (
          <form action={tickAction} data-keep="tick" data-keep-of={line.title}>
            <input type="hidden" name="shop" value={slug} />
            <input type="hidden" name="lineId" value={line.lineId} />
            {!isWhole && <input type="hidden" name="pickedQuantity" value={wanted} />}
            {isShort ? (
              <SubmitButton className="btn btn-secondary btn-counter">
                <Icon name="undo-2" />
                {t('pick.foundIt')}
              </SubmitButton>
            ) : (
              <TickButton
                slug={slug}
                lineId={line.lineId}
                isPicked={isWhole}
                label={isWhole ? t('pick.picked', { title: line.title }) : t('pick.pick', { title: line.title })}
              >
                <Icon name="check" />
              </TickButton>
            )}
          </form>
        )}
      </span>
    </li>
  );
}
