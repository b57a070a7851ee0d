export type Row = { readonly amount: number };
export const rows: readonly Row[] = [];
