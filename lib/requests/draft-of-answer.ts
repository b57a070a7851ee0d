import type { LegalFacts, OfferDraft } from '@/lib/catalogue';
import { emptyDraft, keptFacts, nothingSaid } from '@/lib/catalogue';
import type { Minor } from '@/lib/kernel';

/** Facts of an answer as they were kept; undefined when it said none. */
export function factsIn(kept: unknown): LegalFacts | undefined {
  const read = keptFacts.safeParse(kept);
  if (!read.success) return undefined;
  const { manufacturer, responsiblePerson, warnings, net, attributes } = read.data;
  return { manufacturer, responsiblePerson, warnings, net, attributes };
}

type Answer = { readonly title: string; readonly priceMinor: Minor; readonly facts?: LegalFacts | undefined };

/** What a shop answered as a thing to put on sale, under a code made of its request. */
export function draftOfAnswer(code: string, { title, priceMinor, facts }: Answer): OfferDraft {
  const { net: netContent, ...said } = facts ?? nothingSaid;
  return { ...emptyDraft, productKey: code, title, sku: code, priceMinor, netContent, ...said };
}
