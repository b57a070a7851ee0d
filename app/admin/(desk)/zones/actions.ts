'use server';

import { z } from 'zod';
import { operatorAction } from '@/app/_actions/operator-action';
import { slugOf } from '@/lib/kernel';
import { publishZone, zoneDraft } from '@/lib/sourcing';
import { texts } from '@/lib/texts';

const number = z.coerce.number();

/** `09:00-12:00 24`, a slot a line; nothing closes the zone. */
const slotLines = z
  .string()
  .max(400)
  .transform((text, context) => {
    const lines = text
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '');
    return lines.map((line) => {
      const [, from = '', to = '', stops = ''] = /^(\d\d:\d\d)\s*[-–]\s*(\d\d:\d\d)\s+(\d{1,3})$/.exec(line) ?? [];
      if (from === '') context.addIssue({ code: 'custom', message: line });
      return { from, to, stops: Number(stops) };
    });
  });

const form = z
  .object({
    slug: z.string().max(40),
    from: number,
    name: z.string(),
    latitude: number,
    longitude: number,
    radiusMetres: number,
    priceMinor: number,
    furtherShopMinor: number,
    slots: slotLines,
    source: z.string(),
  })
  .transform((input) => ({ ...input, slug: input.slug === '' ? slugOf(input.name, 40) : input.slug }))
  .pipe(zoneDraft);

/** Publishes an area with its slots and prices. */
export const publishZoneAction = operatorAction(
  form,
  async ({ scope, locale }, draft) => {
    const t = texts(locale, 'admin');
    const published = await publishZone(scope, draft);
    return published.ok
      ? { kind: 'good', text: t('zones.published', { name: draft.name }) }
      : { kind: 'bad', text: t(`zones.refused.${published.error.kind}`) };
  },
  ['admin'],
);
