export type BasketView = { readonly count: number };
