import type { Page } from './client';
import { expected } from './client';
import { amountsIn, centsOf, formsOf, wordsOf } from './html';

export type TrackedLine = { readonly title: string; readonly totalMinor: number };
export type TrackedSubOrder = {
  readonly number: string;
  readonly shopName: string;
  readonly lines: readonly TrackedLine[];
  /** What the button to cancel this part says it is worth: goods and delivery. */
  readonly totalMinor: number;
};
export type TrackedOrder = { readonly number: string; readonly totalMinor: number; readonly subOrders: readonly TrackedSubOrder[] };

/** Reads the tracking page: its parts, their lines, and the total at the end of the slate. */
export function readTracking(page: Page): TrackedOrder {
  const parts = page.html.split(/<section class="group" aria-labelledby="sub-/).slice(1);
  const subOrders = parts.map((part) => readSubOrder(part.slice(0, part.indexOf('</ul></section>') + 1 || undefined)));
  const number = expected(
    'tracking',
    /\b[A-Z]+-\d+(?=-\d+$)/.exec(subOrders[0]?.number ?? '')?.[0],
    'the tracking page shows no sub-order',
  );
  const slate = page.html.slice(page.html.lastIndexOf('</ul></section>'));
  const total =
    /<(?:dt|span|th)[^>]*>\s*Total[^<]*<\/(?:dt|span|th)>([\s\S]{0,400})/.exec(slate)?.[1] ??
    /Total TTC([\s\S]{0,40})/.exec(wordsOf(slate))?.[1] ??
    '';
  return { number, totalMinor: expected('tracking', amountsIn(wordsOf(total))[0], 'the tracking page shows no total'), subOrders };
}

function readSubOrder(html: string): TrackedSubOrder {
  const number = expected('tracking', /^([A-Z]+-\d+-\d+)"/.exec(html)?.[1], 'a part of the order has no number');
  const shopName = wordsOf(/<h2[^>]*>([\s\S]*?)<\/h2>/.exec(html)?.[1] ?? '');
  const lines = html
    .split('<li class="line"')
    .slice(1)
    .map((line) => ({
      title: wordsOf(/<h3[^>]*>([\s\S]*?)<\/h3>/.exec(line)?.[1] ?? ''),
      totalMinor: expected(
        'tracking',
        centsOf(wordsOf(/class="sr-only">([^<]*€[^<]*)</.exec(line)?.[1] ?? '')),
        `a line of ${number} has no price`,
      ),
    }));
  const cancel = formsOf(html).find(({ fields }) => fields.some(({ name }) => name === 'subOrderId'));
  const totalMinor = expected('tracking', amountsIn(cancel?.text ?? '').at(-1), `${number} does not say what it is worth`);
  return { number, shopName, lines, totalMinor };
}
