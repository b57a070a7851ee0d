import type { Locale } from '@/lib/kernel';

/** A piece of a mail; the plain text and the HTML are made from the same pieces, so they say the same. */
export type MailBlock =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'small'; readonly text: string }
  /** Something to be read out or copied: a code. */
  | { readonly kind: 'code'; readonly label: string; readonly code: string }
  | { readonly kind: 'button'; readonly label: string; readonly url: string }
  | { readonly kind: 'link'; readonly label: string; readonly url: string }
  /** Names and amounts; the last row may be a total. */
  | { readonly kind: 'rows'; readonly rows: readonly (readonly [string, string])[]; readonly total?: readonly [string, string] }
  /** Begins the part of one shop. */
  | { readonly kind: 'shop'; readonly name: string; readonly about: string };

/** Who it is for, why it is written, and what it says. */
export type Mail = {
  /** `order-confirmation`, `sub-order-ready` …; with the cause it makes a mail unique. */
  readonly kind: string;
  /** The order, sub-order or person it is about. */
  readonly subject: string;
  /** What caused it: the event's id. The same cause is written once per recipient. */
  readonly causeKey: string;
  readonly recipient: string;
  readonly locale: Locale;
  readonly title: string;
  readonly blocks: readonly MailBlock[];
  /** What the mailbox keeps instead when a mail server takes the mail: a link that signs somebody in is nobody else's to read. */
  readonly keptBlocks?: readonly MailBlock[];
  /** Who runs the place, at the bottom. */
  readonly footer: readonly string[];
};
