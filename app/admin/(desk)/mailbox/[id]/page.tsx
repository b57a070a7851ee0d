import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { deskLocale, enterCity } from '@/app/_data/desk';
import { requestMoment } from '@/app/_data/showing';
import { AskForAccess } from '@/app/_shell/ask-for-access';
import { Banner } from '@/components/ui/banner';
import { Breadcrumb } from '@/components/ui/navigation';
import { parseId } from '@/lib/kernel';
import { getMessage } from '@/lib/messaging';
import { env } from '@/lib/platform/env';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { mailRoles } from '../../../_parts/ops-nav';
import { stamp } from '../../../_parts/order-table';
import { PlainText } from '../../../_parts/plain-text';

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts(await deskLocale(), 'admin')('mailbox.one') };
}

/** One mail as its reader sees it, and as plain text. It is shown in a frame that can run and reach nothing. */
export default async function MessagePage({ params }: { readonly params: Promise<{ id: string }> }) {
  const entered = await enterCity(mailRoles);
  if (!entered.ok) return <AskForAccess refused={entered.error} />;
  const { scope, locale } = entered.value;
  const messageId = parseId('message', (await params).id);
  const message = messageId && (await getMessage(scope, messageId));
  if (!message) notFound();
  const city = await getCity();
  const t = texts(locale, 'admin');
  const showing = { locale, now: requestMoment(), timeZone: city.timeZone };
  // With a mail server a sign-in link is its reader's alone: whoever read it here could be anybody.
  const isSecret = message.kind.startsWith('sign-in') && env().smtpUrl !== undefined;
  return (
    <main id="main" className="ops-main">
      <div className="ops-head">
        <div>
          <Breadcrumb label={t('crumbs')} crumbs={[{ label: t('mailbox.title'), href: '/admin/mailbox' }]} current={t('mailbox.one')} />
          <h1 className="mt-2">{message.title}</h1>
          <p>
            {t('mailbox.to', { recipient: message.recipient })}, {stamp(message.createdAt, showing)}
          </p>
        </div>
      </div>
      {isSecret ? (
        <Banner kind="careful">{t('mailbox.secret')}</Banner>
      ) : (
        <div className="ops-columns">
          <section className="box" aria-labelledby="rendered">
            <h2 id="rendered">{t('mailbox.rendered')}</h2>
            <iframe className="mail-frame" title={message.title} sandbox="" srcDoc={message.html} referrerPolicy="no-referrer" />
          </section>
          <section className="box" aria-labelledby="plain">
            <h2 id="plain">{t('mailbox.plain')}</h2>
            <PlainText text={message.plainText} />
          </section>
        </div>
      )}
    </main>
  );
}
