import { z } from 'zod';

/** Every way a call can end badly: the status and what it means, in the words of the document. */
export const problems = {
  'body-unreadable': [400, 'The body is not JSON, or a text in it holds a zero byte.'],
  'invalid-input': [400, 'Something in the call is not as the document asks; `errors` names each field.'],
  'key-missing': [401, 'This call needs a key: send it as a bearer token.'],
  'key-unknown': [401, 'This key opens nothing; it may have been revoked.'],
  'scope-missing': [403, 'The key may not do this; `needs` names the scope.'],
  'not-found': [404, 'There is no such thing here, or it is not yours.'],
  'no-such-address': [404, 'The API has no such address.'],
  'method-not-allowed': [405, 'This address does not answer to that method.'],
  'idempotency-key-missing': [400, 'Every write carries an Idempotency-Key of 8 to 128 letters, digits or `_ : . -`.'],
  'idempotency-key-reused': [422, 'This Idempotency-Key was used for another call.'],
  'call-in-progress': [409, 'The same call is being carried out; ask again in a moment.'],
  'body-too-long': [413, 'The body is longer than this call takes.'],
  'type-not-supported': [415, 'Send the body with the content type the document names.'],
  'too-many-calls': [429, 'Too many calls this minute; `RateLimit-Reset` says when to go on.'],
  unexpected: [500, 'Something went wrong on our side.'],

  'basket-not-found': [404, 'There is no such basket, or it has been ordered.'],
  'basket-empty': [422, 'The basket is empty.'],
  'basket-full': [422, 'A basket takes no more lines than this.'],
  'line-not-found': [404, 'There is no such line.'],
  'offer-not-found': [404, 'There is no such offer, or it is not sold any more.'],
  'invalid-quantity': [422, 'The quantity is none that can be ordered.'],
  'method-not-offered': [422, 'The shop does not offer this way of receiving.'],
  'address-unknown': [422, 'No address of the city is meant by this; `near` lists what comes near.'],
  'address-missing': [422, 'What is brought needs an address.'],
  'address-out-of-reach': [422, 'The address is beyond the round of the shop.'],
  'insufficient-stock': [409, 'There are fewer units than wanted; `shortfalls` says what is left.'],
  'shop-not-selling': [409, 'A shop takes no orders now.'],
  'price-changed': [409, 'A price is another one than was shown; read the basket again.'],
  'not-set-aside': [409, 'A shop does not set these things aside; leave it out of setAside and read the total again.'],
  'too-many-set-asides': [429, 'This person has too many things set aside already; pay for these, or collect the others first.'],
  'not-fetched-before': [409, 'This person did not collect what was set aside lately; pay for these.'],
  'shop-sets-no-more-aside': [409, 'Too much is set aside at a shop already; pay for these.'],
  'promise-gone': [409, 'What was read has changed; hold the basket again and read it.'],
  'too-many-holds': [429, 'This basket was held too often within the hour.'],
  'cannot-extend': [409, 'The hold has run out, or was extended already.'],
  'age-not-confirmed': [422, 'Something asks for a minimum age, and it was not confirmed.'],
  'module-off': [409, 'The city has switched this off; `module` names it. What was begun before goes on.'],
  'code-unknown': [404, 'No voucher has this code.'],
  'too-many-codes': [429, 'Too many wrong codes; wait a quarter of an hour.'],
  'too-many-vouchers': [422, 'An order takes no more vouchers than this.'],
  'voucher-blocked': [409, 'The voucher is blocked by its issuer.'],
  'voucher-expired': [409, 'The voucher is no longer valid.'],
  'voucher-not-yet': [409, 'The voucher is not valid yet.'],
  'voucher-empty': [409, 'Nothing is left on the voucher, or an order in progress holds it.'],
  'voucher-pays-nothing': [409, 'A voucher pays nothing of this order; `codeEnd` names it.'],
  'voucher-not-yours': [409, 'A voucher belongs to another e-mail address; `codeEnd` names it.'],
  'vouchers-changed': [409, 'Vouchers pay something else than was read; read the tenders again.'],
  'order-not-found': [404, 'There is no such order.'],
  'order-over': [409, 'The order has ended; nothing is left to pay.'],
  'order-not-expired': [409, 'The order has not run out.'],
  'payment-declined': [402, 'The card was declined; nothing was taken.'],
  'not-a-test-card': [422, 'The demo bank takes its own test cards only.'],
  'card-invalid': [422, 'Something about the card is not right; `field` names it.'],
  'no-demo-here': [
    409,
    'There is nothing of the demo’s bank here: cards are entered at the city’s payment provider, transfers come from the payer’s bank.',
  ],
  'paid-by-transfer': [409, 'This order is being paid by bank transfer. Choose the card again to pay this way.'],
  'transfer-not-offered': [409, 'This city does not take bank transfers.'],
  'money-arrived': [
    409,
    'Part of the transfer has arrived. The rest comes the same way, or all of it goes back when the time to pay is over.',
  ],
  'already-picked': [409, 'The shop has begun to prepare it.'],

  'department-not-found': [422, 'There is no such department, or it has others below it.'],
  'variant-twice': [422, 'Two variants have the same options; `row` is the second.'],
  'gtin-yours': [409, 'The shop sells this bar code already; `offerId` names it.'],
  'gtin-elsewhere': [409, 'The bar code is another product’s; sell on its page: `listingId`, absent until that page is made.'],
  'product-shared': [409, 'Others sell this product too: its variants are not one shop’s to add to.'],
  'photo-too-large': [413, 'The picture is larger than eight megabytes.'],
  'photo-unreadable': [422, 'The file is no picture that can be read.'],
  'no-picture': [404, 'There is no such picture, or another shop gave it.'],
  'too-many-pictures': [409, 'The product has as many pictures as a page shows.'],

  'import-not-found': [404, 'There is no such import.'],
  'import-under-way': [409, 'The import is being read, taken over or taken back.'],
  'nothing-to-import': [409, 'Everything is as in the file, or rejected.'],
  'too-late-to-undo': [409, 'An import can be taken back for a day.'],
  'file-empty': [422, 'The file has no rows.'],
  'file-too-large': [413, 'The file is larger than an import takes.'],
  'file-not-readable': [422, 'The file is damaged or cut off.'],
  'file-kind-unknown': [422, 'The file is no table: `looksLike` says what it seems to be.'],

  'hours-unreadable': [422, 'A line of hours cannot be read; `day` names it.'],
  'hours-missing': [422, 'A week without any hour is no week of a shop.'],
  'hours-of-day-unreadable': [422, 'The line of hours cannot be read.'],
  'day-wrong': [422, 'The day is none to come within a year.'],
  'too-many-days': [422, 'No more exceptional days than this at a time.'],

  'request-not-found': [404, 'There is no such request, or it is not for you.'],
  'request-over': [409, 'The request has ended.'],
  'offer-gone': [409, 'The shop has taken its offer back.'],
  'offer-incomplete': [422, 'An offer says what, for how much and how many.'],
  'nothing-asked': [422, 'Say what is looked for, in three letters at least.'],
  'contact-details': [422, 'A request has no addresses, links or numbers of people in it.'],
  'no-fitting-shop': [422, 'No shop sells this kind of thing.'],
  'too-many-requests': [429, 'Too many requests are open, or were made today.'],

  'sub-order-not-found': [404, 'There is no such sub-order in this shop.'],
  'transition-not-allowed': [409, 'The sub-order is in a state in which this cannot happen.'],
  'more-than-ordered': [422, 'More was picked than ordered.'],
  'lines-not-picked': [409, 'Some lines are not picked; say `withMissing` when they are missing.'],
  'nothing-picked': [409, 'Nothing was picked: refuse the order instead.'],
  'wrong-code': [422, 'The code opens no order of this shop.'],
  'several-match': [409, 'Several orders match; use the code.'],
  'already-handed-over': [409, 'It was handed over before.'],
  'not-ready': [409, 'It is not ready yet.'],
  'transfer-not-found': [404, 'The shop is asked for no such thing.'],
  'transfer-is': [409, 'It was answered before, or nobody waits for it any more; `state` says which.'],
  'nothing-to-return': [422, 'Nothing was named that can come back.'],
  'more-than-left': [422, 'More is to come back than was bought and is not on its way back already; `left` says how many.'],
  'no-right-to-return': [409, 'The period is over, or the thing has no such right; `until` names the last day.'],
  'shop-takes-no-returns': [422, 'This shop does not take this return.'],
  'exchange-not-there': [409, 'The variant asked for is not on the shelf any more.'],
  'return-not-found': [404, 'There is no such return, or it is not yours.'],
  'return-not-open': [409, 'The return is in a state in which this cannot happen.'],
  'wrong-pass': [422, 'The pass opens no return at this shop.'],
  'already-received': [409, 'The goods were taken in before; `shop` and `at` say where and when.'],
  'nothing-brought': [422, 'Nothing was counted.'],
  'more-than-stated': [422, 'More was counted than the return is about.'],
  'withdrawal-stands': [409, 'A withdrawal is not refused; something may be kept back for wear.'],
  'only-withdrawals-are-lessened': [422, 'Something is kept back from withdrawals only.'],
  'deduction-too-large': [422, 'No more is kept back than was paid; `mostMinor` says how much that is.'],
  'not-there-yet': [409, 'The goods are not there yet.'],
  'product-not-found': [404, 'Nothing in the commons has this barcode or page.'],
  'sku-taken': [409, 'This code is another thing of the shop already.'],
  'too-many-rows': [413, 'A batch has no more rows than this.'],
  'absurd-quantity': [422, 'Nobody has that much on a shelf.'],
  'closure-in-the-past': [422, 'The closure ends in the past.'],
  'closure-too-long': [422, 'A closure lasts no longer than this.'],
  'address-not-allowed': [422, 'Webhooks go to public HTTPS addresses only.'],
  'webhook-not-found': [404, 'The shop has no such webhook.'],
  'delivery-not-found': [404, 'No such message was sent to this shop.'],
  'too-many-webhooks': [409, 'A shop has no more webhooks than this.'],
} as const satisfies Readonly<Record<string, readonly [number, string]>>;

export type ProblemKind = keyof typeof problems;

/** An error as every call tells it (RFC 9457). */
export const problemSchema = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    kind: z.string(),
    requestId: z.string(),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457; `kind` is stable, further members are facts of that kind.' });

export function isProblemKind(kind: string): kind is ProblemKind {
  return Object.hasOwn(problems, kind);
}

export function statusOf(kind: string): number {
  return isProblemKind(kind) ? problems[kind][0] : 409;
}

/** Members that carry a moment: told in words, as everywhere in the API. */
const moments = new Set(['since', 'at', 'retryAt', 'until']);

/** The body of a problem: the refusal's own facts beside what every problem has. */
export function problemBody(refusal: { readonly kind: string }, requestId: string): Readonly<Record<string, unknown>> {
  const { kind, ...facts } = refusal;
  const told = Object.entries(facts).map(([name, value]): readonly [string, unknown] => [
    name,
    moments.has(name) && typeof value === 'number' ? new Date(value).toISOString() : value,
  ]);
  const title = isProblemKind(kind) ? problems[kind][1] : kind;
  return { type: `/api/v1/docs#${kind}`, title, status: statusOf(kind), kind, requestId, ...Object.fromEntries(told) };
}
