/** Goods on their way back: what may be asked, what it is worth, where the goods go. Pure. */
export * from './credit';
export * from './destination';
export * from './rights';
