import type { Showing } from '@/components/commerce/showing';
import type { TrackingView } from '@/lib/fulfilment/views';
import { promiseText, texts } from '@/lib/texts';

/** One sentence for the whole order: `2 sur 3 prêts, le reste demain 9 h – 12 h`. */
export function headLine({ head }: TrackingView, showing: Showing): string {
  const t = texts(showing.locale, 'tracking');
  const rest =
    head.restFrom === undefined
      ? undefined
      : inside(promiseText(showing.locale, { from: head.restFrom, to: head.restTo }, showing), showing);
  switch (head.state) {
    case 'unpaid':
    case 'completed':
    case 'undecided':
    case 'ended':
    case 'expired':
      return t(`head.${head.state}`);
    case 'ready':
      return t('head.ready', { total: head.living });
    case 'waiting':
      return rest === undefined ? t('head.ready', { total: head.living }) : t('head.waiting', { when: rest });
    case 'in-progress':
      if (rest === undefined) return t('head.ready', { total: head.living });
      return head.readyOrDone === 0
        ? t('head.progressNone', { when: rest })
        : t('head.progress', { ready: head.readyOrDone, total: head.living, when: rest });
  }
}

/** In the middle of a sentence. */
function inside(text: string, { locale }: Showing): string {
  return text.charAt(0).toLocaleLowerCase(locale) + text.slice(1);
}
