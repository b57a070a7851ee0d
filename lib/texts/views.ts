export type { Messages } from './catalogues';
export { translatorOf as texts, type Namespace, type Texts } from './translator';
export { methodText, promisePlace, promiseText, type PromiseMoment } from './promise-text';
export { tradeName } from './trade-name';
export { wordFor } from './source-word';
