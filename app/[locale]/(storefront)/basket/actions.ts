'use server';

import { keepBasket } from '@/app/_actions/keep-basket';
import type { Saying } from '@/app/_actions/said';
import { shopperAction, type Door } from '@/app/_actions/shopper-action';
import { explainBasket, type BasketRefusalWords } from '@/app/_text/explain-basket';
import { addLine, chooseMethod, choosePlan, countBasket, removeLine, replaceLine, setLineQuantity, undoPlan } from '@/lib/basket';
import type { ShopperScope } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { addInput, methodInput, nothingInput, planInput, quantityInput, replaceInput } from './schemas';

/** Puts an offer into the basket; the first one makes the basket and its cookie. */
export const addLineAction = shopperAction(addInput, async (shopper, input, door) => {
  const added = await addLine(shopper, input, undefined, door.locale);
  if (!added.ok) return refused(door, added.error);
  const { basketId, token, title } = added.value;
  const owner: ShopperScope = { ...shopper, basketId };
  if (token !== undefined) await keepBasket(owner, token);
  return { kind: 'good', text: texts(door.locale, 'basket')('said.added', { title, count: await countBasket(owner) }), leadsTo: 'basket' };
});

/** Sets the quantity of a line; zero takes it out, with a way back. */
export const setQuantityAction = shopperAction(quantityInput, async (shopper, input, door) => {
  if (input.quantity > 0) {
    const set = await setLineQuantity(shopper, input);
    return set.ok ? undefined : refused(door, set.error);
  }
  const removed = await removeLine(shopper, input);
  if (!removed.ok) return refused(door, removed.error);
  const { title, ...line } = removed.value;
  return { kind: 'good', text: texts(door.locale, 'basket')('said.removed', { title }), undo: { of: 'line', ...line } };
});

/** Takes another shop's offer in place of one that is gone. */
export const replaceLineAction = shopperAction(replaceInput, async (shopper, input, door) => {
  const replaced = await replaceLine(shopper, input);
  if (!replaced.ok) return refused(door, replaced.error);
  return { kind: 'good', text: texts(door.locale, 'basket')('gone.replaced', { title: replaced.value.title }) };
});

/** Chooses one of the ways to receive the basket. */
export const choosePlanAction = shopperAction(planInput, async (shopper, input, door) => {
  const chosen = await choosePlan(shopper, input);
  if (!chosen.ok) return refused(door, chosen.error);
  const t = texts(door.locale, 'basket');
  return { kind: 'good', text: t('said.plan', { plan: t(`plans.kind.${input.plan}`) }), undo: { of: 'plan' } };
});

/** Goes back to the plan before the last change. */
export const undoPlanAction = shopperAction(nothingInput, async (shopper, _input, door) => {
  const undone = await undoPlan(shopper);
  return undone.ok ? { kind: 'good', text: texts(door.locale, 'basket')('said.undone') } : refused(door, undone.error);
});

/** Fixes how one shop's part is received. */
export const chooseMethodAction = shopperAction(methodInput, async (shopper, input, door) => {
  const chosen = await chooseMethod(shopper, input);
  return chosen.ok ? { kind: 'good', text: texts(door.locale, 'basket')('said.method') } : refused(door, chosen.error);
});

function refused(door: Door, refusal: BasketRefusalWords): Saying {
  return { kind: 'bad', text: explainBasket(door.locale, refusal) };
}
