import { createHash } from 'node:crypto';
import type { Locale } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { token } from '@/lib/platform/ids';
import { texts } from '@/lib/texts';
import { deliverMail } from './deliver-mail';
import { footerOf, readCity } from './mail-facts';

/** How long the link of a mail opens the door; said in the mail. */
const LINK_MINUTES = 30;

/** The link that signs somebody in. Each asking is a cause of its own. */
export async function sendSignInLink(email: string, url: string, locale: Locale, ports: Ports = systemPorts): Promise<void> {
  const t = texts(locale, 'mail');
  await deliverMail(
    {
      kind: 'sign-in-link',
      subject: 'sign-in',
      causeKey: createHash('sha256').update(url).digest('base64url'),
      recipient: email,
      locale,
      title: t('signIn.title'),
      blocks: [
        { kind: 'heading', text: t('signIn.heading') },
        { kind: 'text', text: t('signIn.text', { minutes: LINK_MINUTES }) },
        { kind: 'button', label: t('signIn.button'), url },
        { kind: 'small', text: t('signIn.ignore') },
      ],
      keptBlocks: [
        { kind: 'heading', text: t('signIn.heading') },
        { kind: 'text', text: t('signIn.kept') },
      ],
      footer: footerOf(await readCity(), locale),
    },
    ports,
  );
}

/** Somebody whose role is too small asks whoever gives roles. */
export type AccessRequest = {
  readonly to: { readonly name: string; readonly email: string };
  readonly from: { readonly name: string; readonly email: string };
  readonly place: string;
  readonly page: string;
  readonly locale: Locale;
};

export async function sendAccessRequest({ to, from, place, page, locale }: AccessRequest, ports: Ports = systemPorts): Promise<void> {
  const t = texts(locale, 'mail');
  await deliverMail(
    {
      kind: 'access-request',
      subject: 'access',
      causeKey: token(),
      recipient: to.email,
      locale,
      title: t('access.title', { name: from.name, place }),
      blocks: [
        { kind: 'heading', text: t('access.heading', { name: from.name }) },
        { kind: 'text', text: t('access.text', { ...from, place, page }) },
        { kind: 'button', label: t('access.button'), url: page },
      ],
      footer: footerOf(await readCity(), locale),
    },
    ports,
  );
}
