import { eq } from 'drizzle-orm';
import { merchants, returnCases, shops } from '@/db/schema';
import type { EventNamed } from '@/lib/kernel';
import { pathTo } from '@/lib/kernel';
import { env } from '@/lib/platform/env';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { isWished } from '@/lib/push';
import type { ReturnPassView } from '@/lib/returns';
import { getReturnPass, returnTokenOf } from '@/lib/returns';
import { texts } from '@/lib/texts';
import { deliverMail } from './deliver-mail';
import type { MailBlock } from './mail';
import type { OrderFacts } from './mail-facts';
import { footerOf, localeOf, readOrderFacts } from './mail-facts';
import { mailWords } from './mail-words';

type Letter = { readonly title: string; readonly blocks: readonly MailBlock[] };

/** Tells whoever waits what happened to goods on their way back: the shopper at each step that is news, the selling shop when it is asked. */
export async function mailReturn(event: EventNamed<'ReturnChanged'>, eventId: string, ports: Ports = systemPorts): Promise<void> {
  const [row] = await reader()
    .select({ row: returnCases, origin: shops, merchant: merchants })
    .from(returnCases)
    .innerJoin(shops, eq(shops.id, returnCases.shopId))
    .innerJoin(merchants, eq(merchants.id, shops.merchantId))
    .where(eq(returnCases.id, event.subject));
  const facts = await readOrderFacts(event.facts.orderId);
  if (!row || !facts || facts.order.isReplayed) return;
  const pass = await getReturnPass(returnTokenOf(row.row.number), ports);
  if (!pass) return;
  const { order, city } = facts;
  const about = { kind: `return-${event.facts.event}`, subject: pass.returnId, causeKey: eventId };
  const mine = toShopper(event.facts.event, { pass, facts, mediator: row.merchant.mediatorUrl }, ports);
  if (mine) {
    await deliverMail({ ...about, recipient: order.email, locale: facts.locale, ...mine, footer: footerOf(city, facts.locale) }, ports);
  }
  const theirs = toOrigin(event.facts.event, { pass, facts, shopSlug: row.origin.slug }, ports);
  if (theirs && (await isWished(row.origin.id, 'return', 'mail'))) {
    const locale = localeOf(city.defaultLocale);
    await deliverMail({ ...about, recipient: row.origin.email, locale, ...theirs, footer: footerOf(city, locale) }, ports);
  }
}

type Telling = { readonly pass: ReturnPassView; readonly facts: OrderFacts };

function toShopper(event: string, { pass, facts, mediator }: Telling & { readonly mediator: string }, ports: Ports): Letter | undefined {
  const { locale, city, order } = facts;
  const t = texts(locale, 'returns');
  const words = mailWords(locale, city, ports.clock.now());
  const { number } = pass;
  const text = (sentence: string): MailBlock => ({ kind: 'text', text: sentence });
  const button = (label: string, url: string): MailBlock => ({ kind: 'button', label, url: `${env().baseUrl}${url}` });
  const toPass = (label: string) => button(label, pathTo(locale, 'return', { token: pass.returnToken }));
  const letter = (title: string, heading: string, blocks: readonly MailBlock[]): Letter => ({
    title,
    blocks: [{ kind: 'heading', text: heading }, ...blocks],
  });
  const shop = pass.receivedShop ?? pass.originName;
  switch (event) {
    case 'accept': {
      const day = words.day(pass.bringBy);
      const how =
        pass.way === 'parcel'
          ? [text(t('mail.accept.parcel', { day, address: pass.originAddress }))]
          : [
              text(t('mail.accept.text', { day })),
              ...(pass.remedy === 'refund' ? [text(t('mail.accept.where', { shop: pass.chosenShop ?? pass.originName }))] : []),
            ];
      const code: MailBlock = { kind: 'code', label: t('mail.accept.code'), code: pass.code };
      return letter(t('mail.accept.title', { number }), t('mail.accept.heading'), [...how, code, toPass(t('mail.accept.button'))]);
    }
    case 'settle': {
      const done = pass.remedy === 'repair' ? 'mended' : pass.remedy === 'refund' ? 'refunded' : 'swapped';
      const said = text(t(`mail.settle.${done}`, { amount: words.money(pass.refundedMinor) }));
      return letter(t('mail.settle.title', { number }), t('mail.settle.heading'), [said, toPass(t('mail.settle.button'))]);
    }
    case 'refuse': {
      const why = text(t('mail.refuse.text', { shop: pass.originName, reason: pass.refusedReason ?? '' }));
      const next = text(t('mail.refuse.next', { mediator }));
      return letter(t('mail.refuse.title', { number }), t('mail.refuse.heading'), [why, next, toPass(t('mail.refuse.button'))]);
    }
    case 'remind': {
      const said = text(t('mail.remind.text', { day: words.day(pass.bringBy) }));
      return letter(t('mail.remind.title', { number }), t('mail.remind.heading'), [said, toPass(t('mail.remind.button'))]);
    }
    case 'await-remedy': {
      const said = text(t('mail.await.text', { shop, day: words.day(pass.remedyDueAt ?? pass.asOf) }));
      return letter(t('mail.await.title', { number }), t('mail.await.heading'), [said, toPass(t('mail.await.button'))]);
    }
    case 'drop': {
      if (pass.events.at(-1)?.actor === 'shopper') return undefined; // they said so themselves
      const track = button(t('mail.drop.button'), pathTo(locale, 'track', { token: order.token }));
      return letter(t('mail.drop.title', { number }), t('mail.drop.heading'), [text(t('mail.drop.text')), track]);
    }
    default:
      return undefined;
  }
}

/** The selling shop hears of a doubt, and of goods another shop took in; what happens at its own counter it knows. */
function toOrigin(event: string, { pass, facts, shopSlug }: Telling & { readonly shopSlug: string }, ports: Ports): Letter | undefined {
  const { city } = facts;
  const locale = localeOf(city.defaultLocale);
  const t = texts(locale, 'returns');
  const shop = pass.receivedShop ?? '';
  const isElsewhere = pass.receivedShop !== undefined && pass.receivedShop !== pass.originName;
  const button: MailBlock = { kind: 'button', label: t('mail.shop.button'), url: `${env().baseUrl}/merchant/${shopSlug}/counter/returns` };
  const { number } = pass;
  if (event === 'question') {
    const said = t('mail.shop.questionText', { shop, question: pass.question ?? '' });
    const blocks: readonly MailBlock[] = [{ kind: 'heading', text: t('mail.shop.questionHeading') }, { kind: 'text', text: said }, button];
    return { title: t('mail.shop.question', { number }), blocks };
  }
  if (event === 'settle' && isElsewhere) {
    const amount = mailWords(locale, city, ports.clock.now()).money(pass.refundedMinor);
    const said = t('mail.shop.settledText', { shop, amount });
    const blocks: readonly MailBlock[] = [{ kind: 'heading', text: t('mail.shop.settledHeading') }, { kind: 'text', text: said }, button];
    return { title: t('mail.shop.settled', { number, shop }), blocks };
  }
  return undefined;
}
