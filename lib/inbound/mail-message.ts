import { z } from 'zod';

/** Attachments together; a till's list of twenty thousand products is four megabytes. */
export const MOST_MAIL_BYTES = 25_000_000;
export const MOST_ATTACHMENTS = 5;

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
    .array(z.object({ fileName: z.string().max(300), content: z.base64() }))
    .max(50)
    .default([]),
});

export type MailMessage = z.output<typeof mailMessage>;

/** "Anne <anne@shop.example>" is anne@shop.example. */
export const bareAddress = (text: string): string => (/<([^<>]+)>\s*$/.exec(text)?.[1] ?? text).trim().toLowerCase();
