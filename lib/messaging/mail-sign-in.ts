import { createHash } from 'node:crypto';
import { and, eq, inArray, like, or } from 'drizzle-orm';
import { messages } from '@/db/schema';
import type { Locale, PersonId, Role } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
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

/** Somebody was given a role in a house: the link signs them in and leads there. */
export type Invitation = {
  readonly to: string;
  readonly locale: Locale;
  /** The event that gave the role. */
  readonly causeKey: string;
  readonly subject: string;
  readonly by: string;
  readonly place: string;
  readonly role: string;
  readonly days: number;
  readonly url: string;
  /** Where to sign in when the link is spent. */
  readonly signInUrl: string;
};

export async function sendInvitation(invitation: Invitation, ports: Ports = systemPorts): Promise<void> {
  const { to, locale, causeKey, subject, url, signInUrl, by, place, role, days } = invitation;
  const t = texts(locale, 'mail');
  const words = { by, place, role, days, email: to };
  const said = [
    { kind: 'heading', text: t('invitation.heading', words) },
    { kind: 'text', text: t('invitation.text', words) },
  ] as const;
  await deliverMail(
    {
      kind: 'invitation',
      subject,
      causeKey,
      recipient: to,
      locale,
      title: t('invitation.title', words),
      blocks: [
        ...said,
        { kind: 'button', label: t('invitation.button', words), url },
        { kind: 'small', text: t('invitation.later', words) },
        { kind: 'link', label: t('invitation.signIn'), url: signInUrl },
        { kind: 'small', text: t('invitation.ignore') },
      ],
      keptBlocks: [...said, { kind: 'small', text: t('signIn.kept') }],
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
  /** The smallest role that opens it, and where that is given. */
  readonly role: Role;
  readonly giveUrl: string;
  /** The language of who is asked. */
  readonly locale: Locale;
  /** Begins with who asks; the same again is no further mail. */
  readonly causeKey: string;
};

export async function sendAccessRequest(request: AccessRequest, ports: Ports = systemPorts): Promise<void> {
  const { to, from, place, page, role, giveUrl, locale, causeKey } = request;
  const t = texts(locale, 'mail');
  await deliverMail(
    {
      kind: 'access-request',
      subject: 'access',
      causeKey,
      recipient: to.email,
      locale,
      title: t('access.title', { name: from.name, place }),
      blocks: [
        { kind: 'heading', text: t('access.heading', { name: from.name }) },
        { kind: 'text', text: t('access.text', { ...from, place, page, role: texts(locale, 'team')(`roles.${role}`) }) },
        { kind: 'button', label: t('access.button', { name: from.name }), url: giveUrl },
      ],
      footer: footerOf(await readCity(), locale),
    },
    ports,
  );
}

/** Forgets the mails that were about an account alone: its links, its invitations, what it asked for and was asked. Proofs of a purchase stay. */
export async function forgetAccountMails(
  tx: Tx,
  { personId, email }: { readonly personId: PersonId; readonly email: string },
): Promise<void> {
  const toIt = and(eq(messages.recipient, email), inArray(messages.kind, ['sign-in-link', 'invitation', 'access-request']));
  const fromIt = and(eq(messages.kind, 'access-request'), like(messages.causeKey, `${personId}:%`));
  await tx.delete(messages).where(or(toIt, fromIt));
}
