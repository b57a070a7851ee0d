export type { Messages } from './catalogues';
export { translatorOf as texts, type Namespace, type Texts } from './translator';
export { methodText, promisePlace, promiseText, type PromiseMoment } from './promise-text';
export { attributeName } from './attribute-name';
export { listTrades, tradeName } from './trade-name';
export { fieldSentence, wordFor } from './source-word';
