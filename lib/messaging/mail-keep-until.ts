import { and, eq, gt, lte, notExists, sql } from 'drizzle-orm';
import { messages, orders, subOrders } from '@/db/schema';
import { passTokenOf } from '@/lib/fulfilment';
import { DAY, HOUR, pathTo, plusMs } from '@/lib/kernel';
import { env } from '@/lib/platform/env';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { texts } from '@/lib/texts';
import { deliverMail } from './deliver-mail';
import { footerOf, readOrderFacts } from './mail-facts';
import { mailWords } from './mail-words';

const KIND = 'keep-until-reminder';
const BATCH = 100;

/** A bag is asked about so long before its time ends: the evening before, for what is kept until a closing hour. */
const AHEAD_MS = DAY + 2 * HOUR;

/** The reminder of the evening before (ux.md F5 c), once per part. Returns how many were written. */
export async function remindKeptUntil(ports: Ports = systemPorts): Promise<number> {
  const now = ports.clock.now();
  const due = await reader()
    .select({ subOrder: subOrders, orderId: orders.id })
    .from(subOrders)
    .innerJoin(orders, and(eq(orders.id, subOrders.orderId), eq(orders.isReplayed, false)))
    .where(
      and(
        eq(subOrders.state, 'ready'),
        eq(subOrders.method, 'pickup'),
        gt(subOrders.keptUntil, now),
        lte(subOrders.keptUntil, plusMs(now, AHEAD_MS)),
        notExists(
          reader()
            .select({ one: sql`1` })
            .from(messages)
            .where(and(eq(messages.kind, KIND), eq(messages.subject, subOrders.id))),
        ),
      ),
    )
    .limit(BATCH);
  for (const { subOrder, orderId } of due) {
    const facts = await readOrderFacts(orderId);
    const part = facts?.parts.find((one) => one.subOrder.id === subOrder.id);
    if (!facts || !part || subOrder.keptUntil === null) continue;
    const { order, city, locale } = facts;
    const t = texts(locale, 'mail');
    const words = mailWords(locale, city, now);
    const values = { shop: part.shop.name, day: words.day(subOrder.keptUntil), time: words.time(subOrder.keptUntil) };
    const pass = `${env().baseUrl}${pathTo(locale, 'pickup', { token: passTokenOf(subOrder.number) })}`;
    await deliverMail(
      {
        kind: KIND,
        subject: subOrder.id,
        causeKey: subOrder.id,
        recipient: order.email,
        locale,
        title: t('keepUntil.title', values),
        blocks: [
          { kind: 'heading', text: t('keepUntil.heading', values) },
          { kind: 'text', text: t('keepUntil.text', values) },
          { kind: 'code', label: t('change.ready.code'), code: subOrder.pickupCode },
          { kind: 'button', label: t('change.ready.pass'), url: pass },
        ],
        footer: footerOf(city, locale),
      },
      ports,
    );
  }
  return due.length;
}
