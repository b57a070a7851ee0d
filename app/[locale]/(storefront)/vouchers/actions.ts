'use server';

import { z } from 'zod';
import { doorOf } from '@/app/_actions/shopper-action';
import { requestSender } from '@/app/_data/sender';
import { explainVoucher } from '@/app/_text/explain-voucher';
import type { VoucherBalanceState, VoucherBalanceWords } from '@/components/commerce/voucher-balance-live';
import { formatDate, formatMoney, formatTime, moneyOf, type Locale, type Minor } from '@/lib/kernel';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { getVoucherBalance } from '@/lib/wallet';
import type { VoucherBalanceView } from '@/lib/wallet/views';

const input = z.object({ code: z.string().trim().max(60) });

/** What is on the voucher of a code; the answer comes back on the same page. */
export async function showBalanceAction(_previous: VoucherBalanceState, posted: FormData): Promise<VoucherBalanceState> {
  const { locale } = await doorOf(posted);
  const { timeZone } = await getCity();
  const parsed = input.safeParse({ code: posted.get('code') });
  const code = parsed.success ? parsed.data.code : '';
  const read = await getVoucherBalance({ code, sender: await requestSender(), locale });
  if (!read.ok) return { typed: code, error: explainVoucher(locale, read.error, timeZone) };
  return { typed: '', balance: balanceWords(locale, read.value, timeZone) };
}

function balanceWords(locale: Locale, view: VoucherBalanceView, timeZone: string): VoucherBalanceWords {
  const t = texts(locale, 'wallet');
  const money = (amount: Minor) => formatMoney(moneyOf(amount, view.currency), locale);
  const listed = (names: readonly string[]) => new Intl.ListFormat(locale, { type: 'conjunction' }).format([...names]);
  return {
    title: view.name,
    left: t('balance.left'),
    amount: money(view.balanceMinor),
    notes: [
      t('balance.issuedBy', { kind: t(`kinds.${view.kind}`), issuer: view.issuerName }),
      `${t(`balance.state.${view.state}`)}. ${t('balance.until', { date: formatDate(view.validUntil, locale, timeZone) })}. ${t('balance.end', { end: view.codeEnd })}.`,
      ...(view.reservedMinor > 0 ? [t('balance.reserved', { amount: money(view.reservedMinor) })] : []),
    ],
    facts: [
      { label: t('balance.where'), text: view.shops.length === 0 ? t('balance.everywhere') : listed(view.shops) },
      { label: t('balance.forWhat'), text: view.departments.length === 0 ? t('balance.everything') : listed(view.departments) },
      { label: t('balance.delivery'), text: t(view.paysDelivery ? 'balance.deliveryYes' : 'balance.deliveryNo') },
    ],
    movementsTitle: t('balance.movements'),
    none: t('balance.none'),
    movements: view.movements.map((movement) => ({
      when: `${formatDate(movement.at, locale, timeZone)}, ${formatTime(movement.at, locale, timeZone)}`,
      what: movementWords(locale, movement, money),
      amount: money(movement.amountMinor),
    })),
  };
}

function movementWords(locale: Locale, movement: VoucherBalanceView['movements'][number], money: (amount: Minor) => string): string {
  const t = texts(locale, 'wallet');
  if (movement.kind !== 'loaded') return t(`balance.${movement.kind}`, { number: movement.orderNumber ?? '' });
  return movement.grantedMinor > 0 ? t('balance.granted', { amount: money(movement.grantedMinor) }) : t('balance.loaded');
}
