import PostalMime, { addressParser } from 'postal-mime';
import type { Result } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import type { MailMessage } from './mail-message';
import { bareAddress, fileNameOf, MOST_PARTS } from './mail-message';

/** A mail of ours has a handful of parts within parts; headers of a long way through the world fill a few kilobytes. */
const MOST_NESTING = 12;
const MOST_HEADER_BYTES = 256_000;
const MOST_RECIPIENTS = 50;

type Header = { readonly key: string; readonly value: string };

const valuesOf = (headers: readonly Header[], ...keys: readonly string[]): readonly string[] =>
  headers.flatMap(({ key, value }) => (keys.includes(key) ? [value] : []));

const addressesIn = (values: readonly string[]): readonly string[] =>
  values.flatMap((value) => addressParser(value, { flatten: true }).flatMap(({ address }) => (address ? [bareAddress(address)] : [])));

/** A value without its comments, which lie within each other, and without quoted text: what is not closed ends nowhere. Source: RFC 5322, 3.2. */
function bareValue(value: string): string {
  let [bare, depth, isQuoted] = ['', 0, false];
  for (const [sign] of value.matchAll(/\\[^]|[^]/g)) {
    if (isQuoted) isQuoted = sign !== '"';
    else if (sign === '(') depth++;
    else if (depth > 0) depth -= sign === ')' ? 1 : 0;
    else if (sign === '"') isQuoted = true;
    else bare += sign;
  }
  return bare;
}

/** Comments and quoted text may hold what the sender wrote: they are no findings. */
const findings = (value: string): readonly string[] => bareValue(value).split(';').map((part) => part.trim().toLowerCase()); // prettier-ignore

/**
 * Whether the receiving server found by DMARC that the sender's domain sent this. Its finding is the one `Authentication-Results` (RFC 8601) that
 * bears its name; two mean that somebody else wrote one of them, and neither is believed.
 */
function isVouchedFor(headers: readonly Header[], server: string, from: string): boolean {
  const own = valuesOf(headers, 'authentication-results').map(findings).filter(([name = '']) => name.split(/\s/)[0] === server.toLowerCase()); // prettier-ignore
  const [only] = own;
  if (only === undefined || own.length > 1) return false;
  const domain = from.slice(from.lastIndexOf('@') + 1);
  return only.slice(1).some((finding) => {
    const about = /\bheader\.from=([^\s]+)/.exec(finding)?.[1];
    return /^dmarc\s*=\s*pass(\s|$)/.test(finding) && (about === undefined || about === domain);
  });
}

/**
 * Reads a mail as it travelled (RFC 822 and its successors) into the form in which adapters hand mails over. `server` is the name under
 * which the receiving server writes what it found of the sender.
 * Errors: what is no mail, has two senders or none, is nested absurdly deep or is in a hundred pieces is not read at all.
 */
export async function readRawMail(raw: Uint8Array, server: string): Promise<Result<MailMessage, { readonly kind: 'message-unreadable' }>> {
  try {
    const mail = await PostalMime.parse(raw, {
      attachmentEncoding: 'arraybuffer',
      maxNestingDepth: MOST_NESTING,
      maxHeadersSize: MOST_HEADER_BYTES,
      forceRfc822Attachments: true, // a mail within a mail is one thing, and no list of goods
    });
    const [from, ...more] = addressesIn(valuesOf(mail.headers, 'from'));
    const to = addressesIn(valuesOf(mail.headers, 'delivered-to', 'x-original-to', 'to', 'cc')).slice(0, MOST_RECIPIENTS);
    const messageId = mail.messageId?.trim() ?? '';
    if (from === undefined || more.length > 0 || to.length === 0) return err({ kind: 'message-unreadable' });
    if (messageId.length < 3 || messageId.length > 998 || mail.attachments.length > MOST_PARTS) return err({ kind: 'message-unreadable' });
    // Pictures within the text (a signature's logo) are not sent as files.
    const files = mail.attachments.filter(({ related, disposition }) => related !== true && disposition !== 'inline');
    const attachments = files.flatMap(({ filename, content }) =>
      typeof content === 'string' ? [] : [{ fileName: fileNameOf(filename ?? ''), content: Buffer.from(new Uint8Array(content)) }],
    );
    return ok({ messageId, from, to: [...to], isAuthentic: isVouchedFor(mail.headers, server, from), attachments });
  } catch {
    return err({ kind: 'message-unreadable' }); // beyond the bounds above, or no mail
  }
}
