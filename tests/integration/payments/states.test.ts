import fc from 'fast-check';
import { expect, test } from 'vitest';
import { acceptSubOrder } from '@/lib/fulfilment';
import { DAY, HOUR, minor, plusMs } from '@/lib/kernel';
import { meetCaptureDeadlines } from '@/lib/payments';
import { passesLuhn } from '@/lib/payments/card-entry';
import { epcCode } from '@/lib/payments/epc-code';
import { stateAfterReport, type PaymentState } from '@/lib/payments/payment-state';
import type { IntentState } from '@/lib/intents';
import { demoIban, isIban } from '@/lib/intents/iban';
import { given, portsAt, wednesdayMorning } from '../../support/builders';
import { moneyOf, paidOrder, partOf } from '../../support/paid-order';

const reports: readonly IntentState[] = ['open', 'challenged', 'processing', 'authorised', 'captured', 'declined', 'cancelled'];
const fold = (heard: readonly IntentState[]): PaymentState => heard.reduce<PaymentState>(stateAfterReport, 'created');

test('whatever comes before, between and after in whatever order, an authorisation that was heard stays one until it ends', () => {
  const early: readonly IntentState[] = ['open', 'challenged', 'processing', 'declined'];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...early)), fc.array(fc.constantFrom(...early)), (before, after) => {
      expect(fold([...before, 'authorised', ...after])).toBe('authorised');
      expect(fold([...before, 'authorised', 'captured', ...after, 'cancelled', 'authorised'])).toBe('captured');
      expect(fold([...before, 'cancelled', ...after, 'authorised'])).toBe('voided');
    }),
  );
});

test('the same report twice is the same as once', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...reports)), fc.constantFrom(...reports), (heard, last) => {
      expect(fold([...heard, last, last])).toBe(fold([...heard, last]));
    }),
  );
});

test('one wrong digit of a card number is always seen', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 1, max: 9 }), (place, shift) => {
      const digits = [...'4000002760003184'];
      digits[place] = String((Number(digits[place]) + shift) % 10);
      expect(passesLuhn(digits.join(''))).toBe(false);
    }),
  );
});

test('an account number of the demo is one that a bank reads, and one wrong digit is not; a code is of euros and fits its bytes', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 11n - 1n), fc.nat(26), fc.integer({ min: 1, max: 9 }), (account, place, shift) => {
      const iban = demoIban(String(account).padStart(11, '0'));
      expect(isIban(iban)).toBe(true);
      const digits = [...iban];
      if (/\d/.test(digits[place] ?? '')) {
        digits[place] = String((Number(digits[place]) + shift) % 10);
        expect(isIban(digits.join(''))).toBe(false);
      }
    }),
  );
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.string({ maxLength: 60 }),
      fc.integer({ min: 1, max: 99_999_999_999 }),
      (name, reference, amount) => {
        const to = { beneficiary: name, reference, iban: demoIban('00000000001'), bic: 'DEMOFRPPXXX', amountMinor: minor(amount) };
        expect(Buffer.byteLength(epcCode({ ...to, currency: 'EUR' }) ?? '')).toBeLessThanOrEqual(331);
        expect(epcCode({ ...to, currency: 'CHF' as never })).toBeUndefined();
      },
    ),
  );
});

test('held money is taken a day before it would lapse, and whoever has not answered by then is not waited for', async () => {
  const [quick, slow] = [await given.shop(), await given.shop({ openingHours: 'Su 03:00-03:30' })];
  const order = await paidOrder([
    { offer: await given.offer({ shop: quick }) },
    { offer: await given.offer({ shop: slow, listing: await given.listing({ title: 'Sel' }) }) },
  ]);
  await acceptSubOrder(quick.scope, (await partOf(order, quick)).id, portsAt());
  await meetCaptureDeadlines(portsAt(plusMs(wednesdayMorning, 5 * DAY)));
  expect((await moneyOf(order)).state).toBe('authorised');
  await meetCaptureDeadlines(portsAt(plusMs(wednesdayMorning, 6 * DAY + HOUR)));
  expect(await moneyOf(order)).toMatchObject({ state: 'captured', providerCaptured: 450 });
  expect((await partOf(order, slow)).state).toBe('unanswered');
});
