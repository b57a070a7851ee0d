import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkImport, stageImport } from '@/lib/connectors';
import { senderScope } from '@/lib/identity';
import type { ImportId, Locale, Result, ShopScope } from '@/lib/kernel';
import { err, instant, ok } from '@/lib/kernel';
import type { SignedHeaders, SignedMessage } from '@/lib/machines';
import { claimWrite, isSignedBy } from '@/lib/machines';
import { mailFileReceived, type ReceivedFile } from '@/lib/messaging';
import { env } from '@/lib/platform/env';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { shopAt } from './mail-address';
import type { MailMessage } from './mail-message';
import { bareAddress, mailMessage, MOST_ATTACHMENTS } from './mail-message';
import { readRawMail } from './raw-mail';

export type MailRefusal =
  | { readonly kind: 'signature-invalid' }
  | { readonly kind: 'message-unreadable' }
  /** No receiving server is named whose word about senders counts. */
  | { readonly kind: 'raw-not-taken' }
  /** Heard before, or being read now. */
  | { readonly kind: 'message-repeated' }
  /** No shop has this address, or whoever wrote is not of it: the same to whoever asks. */
  | { readonly kind: 'not-for-us' };

type ReceivedMail = { readonly imports: readonly ImportId[]; readonly refused: number };

type Attachment = MailMessage['attachments'][number];
type Wish = { readonly scope: ShopScope; readonly attachment: Attachment };

/** One attachment as a file of the shop's imports: read and checked, nothing of the shop changed. */
async function stage({ scope, attachment }: Wish, folder: string, ports: Ports): Promise<ReceivedFile> {
  const { fileName, content } = attachment;
  const path = join(folder, 'file');
  await writeFile(path, content);
  const staged = await stageImport(scope, { path, fileName }, ports);
  if (!staged.ok) return { fileName, importId: undefined, counts: undefined, refusal: staged.error.kind };
  const counts = await checkImport(scope, { importId: staged.value }, ports);
  return { fileName, importId: staged.value, counts: counts.ok ? counts.value : undefined, refusal: undefined };
}

async function stageAll(scope: ShopScope, attachments: readonly Attachment[], ports: Ports): Promise<readonly ReceivedFile[]> {
  const uploads = join(env().dataFolder, 'uploads');
  await mkdir(uploads, { recursive: true });
  const folder = await mkdtemp(join(uploads, 'mail-'));
  try {
    const files: ReceivedFile[] = [];
    for (const attachment of attachments.slice(0, MOST_ATTACHMENTS)) files.push(await stage({ scope, attachment }, folder, ports));
    return files;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function read(mail: HandedMail, door: MailDoor, ports: Ports): Promise<Result<MailMessage, MailRefusal>> {
  const { id, timestamp, signature } = mail.headers;
  const message: SignedMessage = { id, timestampSeconds: Number(timestamp), body: mail.body };
  if (!isSignedBy(door.secret, message, signature, instant(ports.clock.now()))) return err({ kind: 'signature-invalid' });
  if (mail.isRaw) return door.server === undefined ? err({ kind: 'raw-not-taken' }) : readRawMail(mail.body, door.server);
  try {
    const parsed = mailMessage.safeParse(JSON.parse(mail.body.toString('utf8')));
    return parsed.success ? ok(parsed.data) : err({ kind: 'message-unreadable' });
  } catch {
    return err({ kind: 'message-unreadable' }); // no JSON
  }
}

/** A mail as it came to the door, byte by byte: as an adapter's JSON, or raw as it travelled. */
type HandedMail = { readonly body: Buffer; readonly isRaw: boolean; readonly headers: SignedHeaders };

/** What opens the door, and whose findings about a raw mail's sender are believed; none: raw mails are not taken. */
type MailDoor = { readonly secret: string; readonly server?: string | undefined };

/**
 * A mail to a shop's own address, handed over by a mail service or server and signed by it (Standard Webhooks). Its files go into the shop's imports as
 * if they had been dropped there: columns remembered or guessed, checked, and waiting for a person to confirm. The sender is answered by mail.
 * Guarantees: only somebody who manages the shop is listened to, and only when the service vouches for the sender; the same Message-ID again
 *   changes nothing; nothing of the shop changes before it is confirmed.
 */
export async function receiveMail(
  mail: HandedMail,
  door: MailDoor,
  ports: Ports = systemPorts,
): Promise<Result<ReceivedMail, MailRefusal>> {
  const parsed = await read(mail, door, ports);
  if (!parsed.ok) return parsed;
  const { messageId, from, to, isAuthentic, attachments } = parsed.value;
  const shop = await shopAt(to.map(bareAddress));
  const sender = shop && isAuthentic ? await senderScope(bareAddress(from), shop.shopId) : undefined;
  if (!shop || !sender) return err({ kind: 'not-for-us' });
  return observed({ useCase: 'receive-mail', actor: 'shop', ids: { shopId: shop.shopId } }, async () => {
    const key = createHash('sha256').update(messageId).digest('hex');
    let received: ReceivedMail | undefined;
    const work = async () => {
      const files = await stageAll(sender.scope, attachments, ports);
      await answer({ sender, slug: shop.slug, files, messageId: key }, ports);
      const imports = files.flatMap(({ importId }) => importId ?? []);
      received = { imports, refused: files.length - imports.length };
      return { status: 200, body: received };
    };
    const claimed = await claimWrite({ caller: `mail:${shop.shopId}`, key, call: ['mail', messageId] }, work, ports);
    return claimed.ok && received !== undefined ? ok(received) : err({ kind: 'message-repeated' });
  });
}

type Answer = {
  readonly sender: { readonly email: string; readonly locale: Locale };
  readonly slug: string;
  readonly files: readonly ReceivedFile[];
  readonly messageId: string;
};

async function answer({ sender, slug, files, messageId }: Answer, ports: Ports): Promise<void> {
  await mailFileReceived({ to: sender.email, locale: sender.locale, slug, files, cause: messageId }, ports);
}
