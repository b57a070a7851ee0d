import { LineItem, type LineItemView } from '@/components/commerce/line-item';
import { methodIcon, PromisePill } from '@/components/commerce/promise';
import { costText } from '@/components/commerce/price';
import type { Showing } from '@/components/commerce/showing';
import { SubOrderGroup } from '@/components/commerce/sub-order-group';
import { SubmitButton } from '@/components/commerce/submit-button';
import { Icon } from '@/components/ui/icon';
import { VisuallyHidden } from '@/components/ui/tag';
import { quantityText, unitPriceText } from '@/app/_text/quantity-text';
import { shelfCheckText } from '@/app/_text/shelf-check-text';
import type { BasketGroupView, BasketLineView, BasketShopView, BasketView } from '@/lib/basket/views';
import { formatDay, formatTime, moneyOf, pathTo } from '@/lib/kernel';
import type { ShelfCheckView } from '@/lib/shelves/views';
import { promisePlace, promiseText, texts } from '@/lib/texts';
import { chooseMethodAction, setQuantityAction } from './actions';

type Checks = ReadonlyMap<BasketLineView['offerId'], ShelfCheckView>;

/** One group per shop: its awning, what it promises, its lines. */
export function BasketGroups({ basket, checks, showing }: { basket: BasketView; checks: Checks; showing: Showing }) {
  const hasOneRule = new Set(basket.groups.map((group) => group.shop.returnDays)).size === 1;
  return basket.groups.map((group) => (
    <SubOrderGroup
      key={group.shop.shopId}
      id={`shop-${group.shop.slug}`}
      awning={group.shop.awning}
      shopName={group.shop.name}
      shopHref={pathTo(showing.locale, 'shop', { slug: group.shop.slug })}
      where={whereText(group.shop, showing)}
      note={hasOneRule ? undefined : texts(showing.locale, 'basket')('group.returns', { days: group.shop.returnDays })}
      promise={
        <PromisePill
          promise={group.promise}
          place={basket.place && texts(showing.locale, 'basket')('group.toPlace', { place: basket.place.label })}
          action={group.methods.length > 1 ? <ChangeMethod group={group} showing={showing} /> : undefined}
          {...showing}
        />
      }
      lines={group.lines.map((line) => (
        <LineItem
          key={line.lineId}
          line={lineItemOf(line, showing, wholeQuantity(basket, line))}
          locale={showing.locale}
          action={setQuantityAction}
        >
          <LineNotes line={line} promise={group.promise} showing={showing} />
          <CheckNote check={checks.get(line.offerId)} shop={group.shop.name} showing={showing} />
        </LineItem>
      ))}
    />
  ));
}

/** `4 rue des Étameurs, 6 min à pied`. */
export function whereText(shop: Pick<BasketShopView, 'street' | 'walkingMinutes'>, { locale }: Showing): string {
  if (shop.walkingMinutes === undefined) return shop.street;
  return texts(locale, 'basket')('group.walk', { street: shop.street, minutes: shop.walkingMinutes });
}

/** A wish may be served by two shops: each shows its part, the stepper changes the wish. */
function wholeQuantity(basket: BasketView, line: BasketLineView): number {
  const parts = basket.groups.flatMap((group) => group.lines.filter((part) => part.lineId === line.lineId));
  return parts.reduce((sum, part) => sum + part.quantity, 0);
}

/** A line of the basket in the words of the line component. */
function lineItemOf(line: BasketLineView, { locale }: Showing, whole: number): LineItemView {
  const unitPrice = unitPriceText(locale, line.unitPriceMinor, line.salesUnit);
  const note = [line.keyAttribute, unitPrice].filter((part) => part !== undefined).join(', ');
  return {
    lineId: line.lineId,
    seed: line.listingId,
    family: line.family,
    glyph: line.glyph,
    title: line.title,
    href: pathTo(locale, 'listing', { slugId: line.slugId }),
    note: note === '' ? undefined : note,
    quantityText: quantityText(locale, line.quantity, line.salesUnit),
    quantity: whole,
    step: line.stepQuantity,
    maximum: line.maximumQuantity,
    total: moneyOf(line.totalMinor),
    formerPrice: line.former && moneyOf(line.former.unitPriceMinor),
  };
}

function inside(text: string, locale: string): string {
  return text.charAt(0).toLocaleLowerCase(locale) + text.slice(1);
}

/** What changed since it was added, and what one should know before ordering it. */
function LineNotes({ line, promise, showing }: { line: BasketLineView; promise: BasketGroupView['promise']; showing: Showing }) {
  const { locale, now, timeZone } = showing;
  const t = texts(locale, 'basket');
  return (
    <>
      {line.movedFromShopName !== undefined && <p className="line-note">{t('line.movedFrom', { shop: line.movedFromShopName })}</p>}
      {line.formerPromiseAt !== undefined && (
        <p className="line-note text-miel-ink">
          {t('line.promiseWas', {
            old: `${formatDay(line.formerPromiseAt, now, locale, timeZone)} ${formatTime(line.formerPromiseAt, locale, timeZone)}`,
            new: inside(promiseText(locale, promise, showing), locale),
          })}
        </p>
      )}
      {line.minimumAge !== undefined && <p className="line-note">{t('line.age', { age: line.minimumAge })}</p>}
      {line.withdrawalException !== undefined && <p className="line-note">{t('line.noWithdrawal')}</p>}
    </>
  );
}

/** What the shop was asked to look for, and what it answered. */
function CheckNote({ check, shop, showing }: { check: ShelfCheckView | undefined; shop: string; showing: Showing }) {
  if (!check) return null;
  return <p className="line-note">{shelfCheckText(check, shop, showing)}</p>;
}

/** "Changer": the ways this shop offers, each with its hour and cost, one tap each. Opens without script. */
function ChangeMethod({ group, showing }: { group: BasketGroupView; showing: Showing }) {
  const t = texts(showing.locale, 'basket');
  const { shop } = group;
  return (
    <details className="change">
      <summary>
        {t('group.change')}
        <VisuallyHidden>{t('group.changeHidden', { shop: shop.name })}</VisuallyHidden>
      </summary>
      <form action={chooseMethodAction} className="change-ways">
        <input type="hidden" name="locale" value={showing.locale} />
        <input type="hidden" name="shopId" value={shop.shopId} />
        <p className="display text-lg font-[650]">{t('group.changeLegend', { shop: shop.name })}</p>
        {group.methods.map(({ method, promise, isChosen }) => (
          <SubmitButton key={method} className={isChosen ? 'way is-chosen' : 'way'} name="method" value={method}>
            <Icon name={methodIcon[method]} />
            <span className="min-w-0 flex-1">
              <b>{promisePlace(showing.locale, promise, showing)}</b>
              <span>{costText(promise.cost, showing.locale)}</span>
            </span>
            {isChosen && (
              <span className="inline-flex items-center gap-1">
                <Icon name="check" />
                {t('group.chosen')}
              </span>
            )}
          </SubmitButton>
        ))}
      </form>
    </details>
  );
}
