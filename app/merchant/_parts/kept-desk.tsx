'use client';

import { usePathname, useRouter } from 'next/navigation';
import { useEffect, type ReactNode } from 'react';
import { isServerThere, keptOf, sendTap, type KeptStore } from './kept-taps';
import { useKept } from './use-kept';
import { usePages } from './use-pages';

/** `#` in the words of the chip stands for how many actions are kept. */
export type KeptWords = {
  readonly offline: string;
  readonly one: string;
  readonly many: string;
  readonly sendOne: string;
  readonly sendMany: string;
  readonly mark: string;
  readonly markMissing: string;
};

type KeptDeskProps = {
  readonly slug: string;
  readonly words: KeptWords;
  readonly icon: ReactNode;
  /** Paths of the pages that must be there without a network: the queue and each order in it. */
  readonly pages: readonly string[];
};

const AGAIN_MS = 30_000;
const SOON_MS = 500;
/** What makes it worth looking whether the server is there: the browser's word, the live feed's, and a tap that was just kept. */
const HINTS = ['online', 'offline', 'focus', 'halles-lost', 'halles-found', 'halles-kept'];

/** What a tap is about: an order, a line of it, an offer, or the shop itself. */
const subjectOf = (fields: Readonly<Record<string, string>>) => fields['lineId'] ?? fields['subOrderId'] ?? fields['offerId'] ?? '';

/** Fields of a form that mean something to us: not the shop, not what the framework put there. */
function fieldsOf(form: HTMLFormElement, submitter: HTMLElement | null): Readonly<Record<string, string>> {
  const entries = [...new FormData(form, submitter)].filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && !entry[0].startsWith('$') && !['shop', 'key'].includes(entry[0]),
  );
  return Object.fromEntries(entries);
}

function keep(store: KeptStore, form: HTMLFormElement, submitter: HTMLElement | null): void {
  const [act = '', fields] = [form.dataset['keep'], fieldsOf(form, submitter)];
  const tap = { key: crypto.randomUUID(), at: Date.now(), act, fields, of: form.dataset['keepOf'] ?? '' };
  store.change(({ taps }) => {
    const last = taps.findLast((one) => one.act === act && subjectOf(one.fields) === subjectOf(fields));
    const isSame = last !== undefined && JSON.stringify(last.fields) === JSON.stringify(fields);
    // The big square once more takes the tick back; any other button tapped twice is one tap. A shelf may lose two.
    if (isSame && act === 'tick') return { taps: taps.filter((one) => one !== last) };
    return isSame && act !== 'change' ? {} : { taps: [...taps, tap] };
  });
  form.closest('details')?.removeAttribute('open');
}

/** Sends what is kept, in the order of the taps, one window at a time; stops at the first that the network swallows. */
async function sendKept(slug: string): Promise<'sent' | 'nothing' | 'later' | 'sign-in'> {
  const store = keptOf(slug);
  return navigator.locks.request(`halles-kept-${slug}`, async () => {
    const waiting = store.read().taps;
    for (const tap of waiting) {
      // oxlint-disable-next-line no-await-in-loop
      const sent = await sendTap(slug, tap);
      if (sent === 'later' || sent === 'sign-in') {
        store.change(() => ({ isReachable: sent === 'sign-in' }));
        return sent;
      }
      store.change(({ taps, news }) => ({
        isReachable: true,
        taps: taps.filter((one) => one.key !== tap.key),
        news: typeof sent === 'object' ? [...news, { key: tap.key, of: tap.of, text: sent.refused }] : news,
      }));
    }
    return waiting.length > 0 ? 'sent' : 'nothing';
  });
}

/** Sends what is kept and learns whether the server is there; the page is read again when something was done, or who taps must sign in. */
async function lookAndSend(slug: string, refresh: () => void): Promise<boolean> {
  const store = keptOf(slug);
  const isReachable = await isServerThere();
  if (isReachable !== store.read().isReachable) store.change(() => ({ isReachable }));
  if (!isReachable || store.read().taps.length === 0) return isReachable;
  const outcome = await sendKept(slug);
  if (outcome === 'sent' || outcome === 'sign-in') refresh();
  return outcome !== 'later';
}

/**
 * Looks for the server whenever something says that it went or came: the browser, the live feed, a page that is shown again. A network that
 * has just come back seldom carries the first request: where that fails it is asked again after a second, then less and less often.
 */
function useSending(slug: string): void {
  const router = useRouter();
  useEffect(() => {
    let waitMs = SOON_MS;
    let next: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const look = async () => {
      clearTimeout(next);
      const isThere = await lookAndSend(slug, () => router.refresh());
      if (isOver) return;
      waitMs = isThere ? SOON_MS : Math.min(waitMs * 2, AGAIN_MS);
      clearTimeout(next);
      next = setTimeout(() => void look(), isThere ? AGAIN_MS : waitMs);
    };
    const lookNow = () => {
      waitMs = SOON_MS;
      if (document.visibilityState === 'visible') void look();
    };
    lookNow();
    for (const name of HINTS) addEventListener(name, lookNow);
    document.addEventListener('visibilitychange', lookNow);
    return () => {
      isOver = true;
      clearTimeout(next);
      for (const name of HINTS) removeEventListener(name, lookNow);
      document.removeEventListener('visibilitychange', lookNow);
    };
  }, [router, slug]);
}

/** Takes the taps of forms that may be kept while the server is out of reach, or while others wait that were tapped before. */
function useKeeping(slug: string): void {
  useEffect(() => {
    const store = keptOf(slug);
    const intercept = (event: SubmitEvent) => {
      const form = event.target;
      if (!(form instanceof HTMLFormElement) || form.dataset['keep'] === undefined) return;
      const { taps, isReachable } = store.read();
      if (navigator.onLine && isReachable && taps.length === 0) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      keep(store, form, event.submitter);
      dispatchEvent(new Event('halles-kept'));
    };
    addEventListener('submit', intercept, { capture: true });
    return () => removeEventListener('submit', intercept, { capture: true });
  }, [slug]);
}

/** The chip of the counter: whether the server is out of reach, and how many actions are kept. */
export function KeptDesk({ slug, words, icon, pages }: KeptDeskProps) {
  const kept = useKept(slug);
  const path = usePathname();
  const count = kept.taps.length;
  useKeeping(slug);
  useSending(slug);
  usePages(pages);

  // What is kept says so where it was tapped, whichever page of the shop is shown.
  useEffect(() => {
    for (const form of document.querySelectorAll<HTMLFormElement>('form[data-keep]')) {
      const fields = fieldsOf(form, null);
      const isKept = kept.taps.some((tap) => tap.act === form.dataset['keep'] && subjectOf(tap.fields) === subjectOf(fields));
      if (isKept) form.dataset['kept'] = form.dataset['keep'] === 'missing' ? words.markMissing : words.mark;
      else delete form.dataset['kept'];
    }
  }, [kept.taps, path, words]);

  const number = (text: string) => text.replace('#', String(count));
  const said = kept.isReachable
    ? number(count === 1 ? words.sendOne : words.sendMany)
    : count === 0
      ? words.offline
      : number(count === 1 ? words.one : words.many);
  return (
    <span role="status">
      {(!kept.isReachable || count > 0) && (
        <span className="desk-state is-offline">
          {icon}
          {said}
        </span>
      )}
    </span>
  );
}

/** What could not be done when the network came back: one sentence each, with one button. */
export function KeptRefused({ slug, words }: { readonly slug: string; readonly words: { readonly title: string; readonly seen: string } }) {
  const { news } = useKept(slug);
  return (
    <div role="alert" className="grid gap-2 px-4 empty:hidden">
      {news.map(({ key, of, text }) => (
        <p key={key} className="kept-news">
          <span>
            <b>{[words.title, of].filter(Boolean).join(' ')}</b> {text}
          </span>
          <button
            type="button"
            className="btn btn-secondary"
            onClick={() => keptOf(slug).change((before) => ({ news: before.news.filter((one) => one.key !== key) }))}
          >
            {words.seen}
          </button>
        </p>
      ))}
    </div>
  );
}
