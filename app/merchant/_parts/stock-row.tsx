import { randomUUID } from 'node:crypto';
import { Arche } from '@/components/commerce/faience/faience';
import { SubmitButton } from '@/components/commerce/submit-button';
import { Icon } from '@/components/ui/icon';
import { Tag, type TagColour } from '@/components/ui/tag';
import type { ShopStockView } from '@/lib/inventory/views';
import type { Instant, Locale, SalesUnit } from '@/lib/kernel';
import { formatAge } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { changeStockAction, countStockAction } from '../[shop]/stock/actions';

type StockRowProps = { readonly row: ShopStockView; readonly locale: Locale; readonly slug: string; readonly now: Instant };

/** One tap changes a piece, or a handful of what is weighed or measured. */
const steps = { each: 1, gram: 100, millimetre: 100 } as const satisfies Record<SalesUnit, number>;

const colours = { confirmed: 'green', likely: 'neutral', check: 'honey' } as const satisfies Record<ShopStockView['confidence'], TagColour>;

/** One offer of the shop: its figure, how old it is, and three ways to put it right. */
export function StockRow({ row, locale, slug, now }: StockRowProps) {
  const t = texts(locale, 'merchant');
  const step = steps[row.salesUnit];
  const promised = row.reserved + row.allocated;
  const inputId = `count-${row.offerId}`;
  return (
    <li className="stock-row">
      <Arche seed={row.listingId} family={row.family} glyph={row.glyph} label={row.title} />
      <div className="min-w-0">
        <h2>{row.title}</h2>
        <p>{[row.keyAttribute, row.shelf].filter(Boolean).join('. ')}</p>
        <p className="mt-1 flex flex-wrap items-center gap-2">
          <Tag colour={colours[row.confidence]}>{t(`stock.confidence.${row.confidence}`)}</Tag>
          <span>{t('stock.counted', { age: formatAge(row.asOf, now, locale) })}</span>
          {promised > 0 && <span>{t('stock.promised', { count: promised })}</span>}
        </p>
      </div>
      <div className="stepper-big" role="group" aria-label={t('stock.group', { title: row.title })}>
        <Change row={row} slug={slug} delta={-step} label={t('stock.less', { title: row.title })} icon="minus" />
        <form action={countStockAction} className="flex flex-1 gap-2" data-keep="count" data-keep-of={row.title}>
          <Hidden row={row} slug={slug} />
          <label className="sr-only" htmlFor={inputId}>
            {t('stock.count', { title: row.title })}
          </label>
          <input
            id={inputId}
            name="counted"
            type="number"
            inputMode="numeric"
            min={0}
            step={1}
            key={`${row.onHand}-${row.asOf}`}
            defaultValue={Math.max(0, row.onHand)}
            required
          />
          <SubmitButton className="" label={t('stock.confirm', { title: row.title })}>
            <Icon name="check" />
          </SubmitButton>
        </form>
        <Change row={row} slug={slug} delta={step} label={t('stock.more', { title: row.title })} icon="plus" />
      </div>
    </li>
  );
}

function Hidden({ row, slug }: { row: ShopStockView; slug: string }) {
  return (
    <>
      <input type="hidden" name="shop" value={slug} />
      <input type="hidden" name="offerId" value={row.offerId} />
      <input type="hidden" name="title" value={row.title} />
      <input type="hidden" name="key" value={randomUUID()} />
    </>
  );
}

type ChangeProps = {
  readonly row: ShopStockView;
  readonly slug: string;
  readonly delta: number;
  readonly label: string;
  readonly icon: 'plus' | 'minus';
};

function Change({ row, slug, delta, label, icon }: ChangeProps) {
  return (
    <form action={changeStockAction} data-keep="change" data-keep-of={row.title}>
      <Hidden row={row} slug={slug} />
      <input type="hidden" name="delta" value={delta} />
      <SubmitButton className="" label={label}>
        <Icon name={icon} />
      </SubmitButton>
    </form>
  );
}
