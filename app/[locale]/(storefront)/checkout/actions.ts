'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { postingShopper, doorOf, entriesOf, shopperAction, shopperForm, type Door, type FormAnswer } from '@/app/_actions/shopper-action';
import { explainCheckout, explainCheckoutField } from '@/app/_text/explain-checkout';
import { explainVoucher } from '@/app/_text/explain-voucher';
import { requestSender } from '@/app/_data/sender';
import { requestMoment } from '@/app/_data/showing';
import type { FormState } from '@/components/ui/form-state';
import {
  bringVoucher,
  chooseSetAside,
  enterCheckout,
  extendHold,
  findAddress,
  getCheckout,
  placeOrder,
  takeVoucherBack,
  voucherCodeInput,
} from '@/lib/checkout';
import { formatTime, parseId, pathTo, type ShopperScope } from '@/lib/kernel';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { nothingInput } from '../basket/schemas';
import { alsoNeeded, orderInput } from './schemas';
import type { z } from 'zod';

/** From the basket to the order: holds the units, or says what is gone and stays in the basket. */
export const enterCheckoutAction = shopperAction(nothingInput, async (shopper, _input, door) => {
  const entered = await enterCheckout(shopper);
  if (entered.ok) redirect(pathTo(door.locale, 'checkout'));
  return { kind: 'bad', text: explainCheckout(door.locale, entered.error) };
});

const placing = shopperForm(
  {
    schema: orderInput,
    also: alsoNeeded,
    wordOf: explainCheckoutField,
    apology: (locale) => explainCheckout(locale, { kind: 'unknown' }),
  },
  order,
);

/** The button with the legal words; the same form's "keep them longer" comes back with everything that was typed. */
export async function placeOrderAction(previous: FormState, posted: FormData): Promise<FormState> {
  const intent = posted.get('intent');
  if (intent === 'extend') return extended(previous, posted);
  if (intent === 'voucher') return voucherBrought(previous, posted);
  const [verb, subject] = typeof intent === 'string' ? intent.split(':') : [];
  if (verb === 'set-aside' || verb === 'pay-before') return paidWhere(previous, posted, { shop: subject, inShop: verb === 'set-aside' });
  if (verb === 'voucher-out') return voucherTakenBack(previous, posted, subject ?? '');
  // A code that was typed and not added yet: what it pays has to be read before anything is ordered.
  if (String(posted.get('voucherCode') ?? '').trim() !== '') return voucherBrought(previous, posted);
  return placing(previous, posted);
}

async function extended(previous: FormState, posted: FormData): Promise<FormState> {
  const door = await doorOf(posted);
  const held = await extendHold(await postingShopper());
  const state = { values: entriesOf(posted), attempt: previous.attempt + 1 };
  refresh();
  if (!held.ok) return { ...state, errors: [{ field: 'form', message: explainCheckout(door.locale, held.error) }] };
  const { timeZone } = await getCity();
  const time = formatTime(held.value.heldUntil, door.locale, timeZone);
  return { ...state, errors: [], notice: texts(door.locale, 'checkout')('hold.extended', { time }) };
}

/** Pay in the shop, or now: the page comes back with everything that was typed and another total. */
async function paidWhere(
  previous: FormState,
  posted: FormData,
  { shop, inShop }: { readonly shop: string | undefined; readonly inShop: boolean },
): Promise<FormState> {
  const { locale } = await doorOf(posted);
  const state = { values: entriesOf(posted), attempt: previous.attempt + 1 };
  const shopId = parseId('shop', shop ?? '');
  const chosen = shopId && (await chooseSetAside(await postingShopper(), { shopId, inShop }));
  refresh();
  if (chosen?.ok) return { ...state, errors: [], notice: texts(locale, 'checkout')('setAside.changed') };
  return { ...state, errors: [{ field: 'form', message: explainCheckout(locale, chosen ? chosen.error : { kind: 'unknown' }) }] };
}

/** A code is tried for its voucher; what was typed elsewhere comes back with the page. */
async function voucherBrought(previous: FormState, posted: FormData): Promise<FormState> {
  const door = await doorOf(posted);
  const values = entriesOf(posted);
  const parsed = voucherCodeInput.safeParse({ code: values['voucherCode'] });
  const code = parsed.success ? parsed.data.code : '';
  const brought = await bringVoucher(await postingShopper(), { code, sender: await requestSender() });
  refresh();
  const attempt = previous.attempt + 1;
  if (brought.ok) return { values, attempt, errors: [], notice: texts(door.locale, 'wallet')('added') };
  const { timeZone } = await getCity();
  return { values, attempt, errors: [{ field: 'voucherCode', message: explainVoucher(door.locale, brought.error, timeZone) }] };
}

async function voucherTakenBack(previous: FormState, posted: FormData, id: string): Promise<FormState> {
  const door = await doorOf(posted);
  const voucherId = parseId('voucher', id);
  if (voucherId !== undefined) await takeVoucherBack(await postingShopper(), voucherId);
  refresh();
  return { values: entriesOf(posted), attempt: previous.attempt + 1, errors: [], notice: texts(door.locale, 'wallet')('removed') };
}

type OrderInput = z.output<typeof orderInput>;
type Address = { readonly label: string; readonly latitude: number; readonly longitude: number };

async function order(shopper: ShopperScope, input: OrderInput, door: Door): Promise<FormAnswer> {
  const page = await getCheckout(shopper, requestMoment());
  if (page && page.toPayMinor !== input.totalSeenMinor) {
    refresh(); // the recap shows the new total before it is agreed to
    return refusedForm(explainCheckout(door.locale, { kind: 'price-changed' }));
  }
  const found = page?.needsAddress ? await findAddress(input.addressChoice ?? input.address ?? '') : undefined;
  if (found && !found.ok) {
    const message = explainCheckoutField(door.locale, { field: 'address', code: 'unknown' });
    return { errors: [{ field: 'address', message }], suggestions: found.error.near };
  }
  return place(shopper, input, { door, address: found?.value });
}

/** Also without a page to show: a second click, or the back button, is answered with the order that was made. */
async function place(
  shopper: ShopperScope,
  input: OrderInput,
  { door, address }: { readonly door: Door; readonly address: Address | undefined },
): Promise<FormAnswer> {
  if (shopper.basketId === undefined) return refusedForm(explainCheckout(door.locale, { kind: 'basket-not-found' }));
  const { key, email, name, phone, rescueWish, totalSeenMinor, dueSeenMinor } = input;
  const command = {
    basketId: shopper.basketId,
    key,
    email,
    name,
    phone,
    address,
    rescueWish,
    totalSeenMinor,
    dueSeenMinor,
    locale: door.locale,
  };
  const placed = await placeOrder(shopper, command);
  refresh(); // the count in the header, or what can still be had
  if (placed.ok) redirect(pathTo(door.locale, 'payment', { token: placed.value.orderToken }));
  return refusedForm(explainCheckout(door.locale, placed.error));
}

function refusedForm(message: string): FormAnswer {
  return { errors: [{ field: 'form', message }] };
}
