import { z } from 'zod';

/** Attachments together; a till's list of twenty thousand products is four megabytes. */
export const MOST_MAIL_BYTES = 25_000_000;
export const MOST_ATTACHMENTS = 5;
/** More parts than a mail of a person has are not counted out. */
export const MOST_PARTS = 50;

/** The name of a file as its sender wrote it: no folders, no signs that show nothing; never where it is kept. */
export const fileNameOf = (text: string): string =>
  (text.split(/[\\/]/).at(-1) ?? '')
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
    .trim()
    .slice(0, 300);

const address = z.string().trim().min(3).max(320);

/**
 * A mail as the adapter of a mail service hands it over: parsed, with its attachments in base64. `isAuthentic` is what the service found of
 * SPF, DKIM and DMARC: a sender nobody vouches for is not believed.
 */
export const mailMessage = z.object({
  messageId: z.string().trim().min(3).max(998),
  from: address,
  to: z.array(address).min(1).max(50),
  isAuthentic: z.boolean(),
  attachments: z
    .array(
      z.object({
        fileName: z.string().max(300).transform(fileNameOf),
        content: z.base64().transform((text) => Buffer.from(text, 'base64')),
      }),
    )
    .max(MOST_PARTS)
    .default([]),
});

export type MailMessage = z.output<typeof mailMessage>;

/** "Anne <anne@shop.example>" is anne@shop.example. */
export const bareAddress = (text: string): string => (/<([^<>]+)>\s*$/.exec(text)?.[1] ?? text).trim().toLowerCase();
