import { z } from 'zod';
import type { ConnectorField } from './connector';

/** A key or password: kept sealed, never shown again. */
export const secretField = (name: string, example?: string): ConnectorField => ({
  name,
  kind: 'secret',
  schema: z.string().min(4).max(500),
  ...(example !== undefined && { example }),
});

/** A short text that may be shown again. */
export const textField = (name: string, example?: string): ConnectorField => ({
  name,
  kind: 'text',
  schema: z.string().min(1).max(200),
  ...(example !== undefined && { example }),
});

/** The address of a shop's own installation: with its scheme, without a slash at the end. A bare name is taken as HTTPS. */
export const addressField = (name: string, example: string): ConnectorField => ({
  name,
  kind: 'address',
  example,
  schema: z
    .string()
    .min(3)
    .max(300)
    .transform((text, context) => {
      const whole = /^https?:\/\//i.test(text) ? text : `https://${text}`;
      if (!URL.canParse(whole) || new URL(whole).username !== '') {
        context.addIssue({ code: 'custom', message: 'not-an-address' });
        return z.NEVER;
      }
      const url = new URL(whole);
      return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
    }),
});

/** One of a few words. */
export const choiceField = (name: string, choices: readonly [string, ...string[]]): ConnectorField => ({
  name,
  kind: 'choice',
  choices,
  schema: z.enum(choices),
});

/** A field that may stay empty. */
export const optional = (field: ConnectorField): ConnectorField => ({ ...field, isOptional: true });
