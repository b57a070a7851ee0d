import { PlanPickerLive } from '@/components/commerce/plan-picker-live';
import { PlanPicker, type PlanChoiceView } from '@/components/commerce/plan-picker';
import type { Showing } from '@/components/commerce/showing';
import { Icon, type IconName } from '@/components/ui/icon';
import type { BasketView, PlanKind, PlanView, WalkView } from '@/lib/basket/views';
import {
  assertNever,
  formatDay,
  formatDecimal,
  formatDistance,
  formatMoney,
  formatMoneyDifference,
  formatTime,
  minor,
  moneyOf,
} from '@/lib/kernel';
import { methodText, texts } from '@/lib/texts';
import { choosePlanAction } from './actions';

const icons: Readonly<Record<PlanKind, IconName>> = {
  suggested: 'check',
  fewest: 'boxes',
  soonest: 'zap',
  cheapest: 'euro',
  greenest: 'leaf',
  walk: 'map-pin',
  round: 'bike',
};

/** The ways to receive the basket, when there is more than one. */
export function BasketPlans({ basket, showing }: { basket: BasketView; showing: Showing }) {
  const t = texts(showing.locale, 'basket');
  const chosen = basket.plans.find((plan) => plan.isChosen);
  return (
    <>
      {basket.plans.length >= 2 && (
        <PlanPickerLive>
          <PlanPicker
            action={choosePlanAction}
            legend={t('plans.legend')}
            listLabel={t('plans.list', { count: basket.plans.length })}
            plans={basket.plans.map((plan) => choiceOf(plan, { basket, chosen, showing }))}
            apply={t('plans.apply')}
            hidden={<input type="hidden" name="locale" value={showing.locale} />}
          />
        </PlanPickerLive>
      )}
      {chosen?.walk && <WalkOrder walk={chosen.walk} showing={showing} />}
      {chosen?.isOneRound && (
        <p className="mt-3 flex items-start gap-2 text-ink-soft">
          <Icon name="bike" />
          {t('plans.roundOrder', { shops: chosen.shopCount })}
        </p>
      )}
    </>
  );
}

/** The walk in which everything is collected, shop by shop. */
function WalkOrder({ walk, showing }: { walk: WalkView; showing: Showing }) {
  const { locale, now, timeZone } = showing;
  const when = `${formatDay(walk.leaveAt, now, locale, timeZone)} ${formatTime(walk.leaveAt, locale, timeZone)}`;
  const shops = new Intl.ListFormat(locale, { type: 'conjunction' }).format(walk.shopNames);
  return (
    <p className="mt-3 flex items-start gap-2 text-ink-soft">
      <Icon name="map-pin" />
      {texts(locale, 'basket')('plans.walkOrder', { minutes: walk.minutes, distance: formatDistance(walk.metres, locale), when, shops })}
    </p>
  );
}

type Context = { readonly basket: BasketView; readonly chosen: PlanView | undefined; readonly showing: Showing };

function choiceOf(plan: PlanView, context: Context): PlanChoiceView {
  const t = texts(context.showing.locale, 'basket');
  return {
    kind: plan.kind,
    icon: icons[plan.kind],
    name: t(`plans.kind.${plan.kind}`),
    outcome: outcomeOf(plan, context.showing),
    change: changeOf(plan, context),
    cost: costOf(plan, context),
    isChosen: plan.isChosen,
  };
}

/** What comes out of a plan, in the terms it is chosen for. */
function outcomeOf(plan: PlanView, showing: Showing): string {
  const t = texts(showing.locale, 'basket');
  switch (plan.kind) {
    case 'suggested':
      return t('plans.shopsBy', { shops: plan.shopCount, when: momentText(plan, showing) });
    case 'soonest':
      return t('plans.allBy', { when: momentText(plan, showing) });
    case 'walk':
      return plan.walk ? walkText(plan, plan.walk, showing) : waysText(plan, showing);
    case 'round':
      return t('plans.roundOf', { shops: plan.shopCount, when: momentText(plan, showing) });
    case 'fewest':
    case 'cheapest':
    case 'greenest':
      return waysText(plan, showing);
    default:
      return assertNever(plan.kind);
  }
}

function walkText(plan: PlanView, { minutes, metres }: WalkView, { locale }: Showing): string {
  return texts(locale, 'basket')('plans.walkOf', { minutes, distance: formatDistance(metres, locale), shops: plan.shopCount });
}

function momentText(plan: PlanView, { locale, now, timeZone }: Showing): string {
  return `${formatDay(plan.lastAt, now, locale, timeZone)} ${formatTime(plan.lastAt, locale, timeZone)}`;
}

/** `1 retrait + 1 livraison à vélo`. */
function waysText(plan: PlanView, showing: Showing): string {
  const t = texts(showing.locale, 'basket');
  const ways = [
    plan.pickupCount > 0 && t('plans.pickups', { count: plan.pickupCount }),
    plan.courierCount > 0 && t('plans.couriers', { count: plan.courierCount }),
    plan.parcelCount > 0 && t('plans.parcels', { count: plan.parcelCount }),
  ].filter((way) => way !== false);
  const way = ways.reduce((first, second) => t('plans.and', { first, second }));
  if (plan.isOneBag) return t('plans.oneBag', { way });
  return plan.walk ? t('plans.oneWalk', { way }) : way;
}

/** What is different from the chosen plan: other shops first, else why one would take it; the greener one says its figure. */
function changeOf(plan: PlanView, { chosen, showing }: Context): string {
  const t = texts(showing.locale, 'basket');
  const usual = chosen?.co2Grams;
  if (plan.kind === 'greenest' && usual !== undefined && usual > plan.co2Grams) {
    const kilograms = (grams: number) => formatDecimal(Math.round(grams / 10) / 100, showing.locale);
    return t('plans.co2', { kg: kilograms(plan.co2Grams), usual: kilograms(usual) });
  }
  const shops = new Set(plan.changes.flatMap((change) => (change.kind === 'shop' ? [change.shopName] : [])));
  if (shops.size > 0) return t('plans.fromElsewhere', { shops: listed([...shops], showing) });
  const [otherwise] = plan.changes;
  if (otherwise?.kind === 'method')
    return t('plans.otherwise', { shop: otherwise.shopName, method: methodText(showing.locale, otherwise.method) });
  return plan.isChosen || plan.kind === 'suggested' ? t(`plans.why.${plan.kind}`) : waysText(plan, showing);
}

function listed(names: readonly string[], { locale }: Showing): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(names.slice(0, 3));
}

/** The chosen plan says what receiving costs, every other one the difference. */
function costOf(plan: PlanView, { basket, showing }: Context): string {
  const t = texts(showing.locale, 'basket');
  const money = (amount: number) => moneyOf(minor(amount), basket.currency);
  if (plan.isChosen) return plan.deliveryMinor === 0 ? t('plans.free') : formatMoney(money(plan.deliveryMinor), showing.locale);
  return plan.differenceMinor === 0 ? t('plans.samePrice') : formatMoneyDifference(money(plan.differenceMinor), showing.locale);
}
