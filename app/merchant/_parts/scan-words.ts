import type { Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import type { ScanWords } from './scan-desk';

/** Everything the phone says at the shelf, handed over once: it must speak without a network. */
export function scanWords(locale: Locale): ScanWords {
  const t = texts(locale, 'shelf');
  const title = '{title}'; // filled in by the page, for each code
  return {
    camera: t('scan.camera'),
    stop: t('scan.stop'),
    aim: t('scan.aim'),
    noCamera: t('scan.noCamera'),
    denied: t('scan.denied'),
    code: t('scan.code'),
    price: t('scan.price'),
    priceHint: t('scan.priceHint'),
    quantity: t('scan.quantity'),
    name: t('scan.name'),
    nameHint: t('scan.nameHint'),
    save: t('scan.save'),
    allSent: t('scan.allSent'),
    waiting: t('scan.waiting'),
    offline: t('scan.offline'),
    taken: t('scan.taken'),
    none: t('scan.none'),
    hidden: t('scan.hidden'),
    complete: t('scan.complete'),
    count: t('scan.count'),
    known: {
      own: t('scan.own', { title }),
      commons: t('scan.commons', { title }),
      'open-data': t('scan.open-data', { title }),
      nobody: t('scan.nobody'),
      unreadable: t('scan.unreadable'),
    },
    did: { counted: t('scan.did.counted'), updated: t('scan.did.updated'), added: t('scan.did.added') },
    refused: {
      'gtin-wrong': t('refused.nothing-named'),
      'nothing-said': t('refused.nothing-said'),
      'price-wrong': t('scan.priceWrong'),
    },
  };
}
