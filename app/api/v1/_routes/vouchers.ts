import { z } from 'zod';
import { bringVoucher, getCheckout, takeVoucherBack, voucherCodeInput } from '@/lib/checkout';
import { openBasket } from '@/lib/identity';
import { err, ok } from '@/lib/kernel';
import { getVoucherBalance } from '@/lib/wallet';
import { voucherKinds } from '@/lib/wallet/views';
import type { Endpoint } from '../_door/endpoint';
import { endpoint } from '../_door/endpoint';
import { callMoment, currency, idOf, idText, iso, linkToken, minorUnits, moment, nothing } from '../_door/fields';

const inBasket = z.object({ basketToken: linkToken });

const tenders = z
  .object({
    vouchers: z
      .array(
        z.object({
          voucherId: idText('voucher'),
          name: z.string(),
          issuer: z.string(),
          codeEnd: z.string(),
          paysMinor: minorUnits,
          leftMinor: minorUnits,
        }),
      )
      .readonly(),
    paidMinor: minorUnits,
    cardMinor: minorUnits.meta({ description: 'What vouchers leave to the card; say it as `dueSeenMinor` when ordering.' }),
  })
  .meta({ id: 'Tenders' });

const balance = z
  .object({
    name: z.string(),
    issuer: z.string(),
    kind: z.enum(voucherKinds),
    codeEnd: z.string(),
    state: z.enum(['usable', 'blocked', 'expired', 'not-yet']),
    balanceMinor: minorUnits,
    reservedMinor: minorUnits,
    currency,
    validUntil: moment,
  })
  .meta({ id: 'VoucherBalance' });

/** Paying with vouchers: their codes are secrets, so they travel in bodies only. */
export const voucherEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/baskets/{basketToken}/vouchers',
    id: 'bringVoucher',
    tag: 'Basket',
    summary: 'Brings a voucher to pay with; nothing is held until the order is placed',
    needs: 'nobody',
    refuses: [
      'module-off',
      'basket-not-found',
      'code-unknown',
      'too-many-codes',
      'voucher-blocked',
      'voucher-expired',
      'voucher-not-yet',
      'voucher-empty',
      'too-many-vouchers',
    ],
    params: inBasket,
    query: nothing,
    body: voucherCodeInput,
    answer: z.object({ voucherId: idText('voucher') }).meta({ id: 'BroughtVoucher' }),
    handle: async ({ sender }, { params, body }) => {
      const shopper = await openBasket(params.basketToken);
      return shopper ? bringVoucher(shopper, { code: body.code, sender }) : err({ kind: 'basket-not-found' });
    },
  }),
  endpoint({
    method: 'DELETE',
    path: '/baskets/{basketToken}/vouchers/{voucherId}',
    id: 'takeVoucherBack',
    tag: 'Basket',
    summary: 'Takes a voucher out of the basket',
    needs: 'nobody',
    refuses: ['basket-not-found'],
    params: inBasket.extend({ voucherId: idOf('voucher') }),
    query: nothing,
    body: nothing,
    answer: z.object({ done: z.literal(true) }),
    handle: async (_caller, { params }) => {
      const shopper = await openBasket(params.basketToken);
      const taken = shopper ? await takeVoucherBack(shopper, params.voucherId) : err({ kind: 'basket-not-found' as const });
      return taken.ok ? ok({ done: true as const }) : taken;
    },
  }),
  endpoint({
    method: 'GET',
    path: '/baskets/{basketToken}/tenders',
    id: 'getTenders',
    tag: 'Basket',
    summary: 'What vouchers pay of a held basket, and what they leave to the card',
    needs: 'nobody',
    refuses: ['basket-not-found'],
    params: inBasket,
    query: nothing,
    body: nothing,
    answer: tenders,
    handle: async (_caller, { params }) => {
      const shopper = await openBasket(params.basketToken);
      const page = shopper && (await getCheckout(shopper, callMoment()));
      if (!page) return err({ kind: 'basket-not-found' });
      const { vouchers, paidMinor, cardMinor } = page.tenders;
      const told = vouchers.map(({ voucherId, name, issuerName, codeEnd, paysMinor, leftMinor }) => ({
        voucherId,
        name,
        issuer: issuerName,
        codeEnd,
        paysMinor,
        leftMinor,
      }));
      return ok({ vouchers: told, paidMinor, cardMinor });
    },
  }),
  endpoint({
    method: 'POST',
    path: '/vouchers/balance',
    id: 'getVoucherBalance',
    tag: 'Basket',
    summary: 'What is left on a voucher, for whoever has its code',
    needs: 'nobody',
    refuses: ['code-unknown', 'too-many-codes'],
    params: nothing,
    query: nothing,
    body: voucherCodeInput,
    answer: balance,
    handle: async ({ sender }, { body }) => {
      const read = await getVoucherBalance({ code: body.code, sender, locale: 'fr' });
      if (!read.ok) return read;
      const { name, issuerName, kind, codeEnd, state, balanceMinor, reservedMinor, validUntil } = read.value;
      return ok({
        name,
        issuer: issuerName,
        kind,
        codeEnd,
        state,
        balanceMinor,
        reservedMinor,
        currency: read.value.currency,
        validUntil: iso(validUntil),
      });
    },
  }),
];
