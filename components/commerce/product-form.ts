export type Choice = { readonly value: string; readonly label: string };
type Named = { readonly name: string; readonly hint: string };
export type Unit = 'each' | 'gram' | 'millimetre';

/** A department of the choice: where it stands, what it asks, its rate of VAT in words. */
export type LeafChoice = {
  readonly id: string;
  readonly name: string;
  readonly group: string;
  readonly asked: readonly string[];
  /** Which things with an energy label it may hold, where that is asked. */
  readonly energyKinds: readonly string[];
  readonly rate: string;
};

/** A field of the law: a line, several lines, or one of some answers. */
export type LegalWords = Named & { readonly field: string; readonly isLong: boolean; readonly choices?: readonly Choice[] };

export type ProductFormWords = {
  readonly errorTitle: string;
  readonly pageErrorTitle: string;
  readonly optional: string;
  readonly submit: string;
  readonly sections: {
    readonly what: string;
    readonly law: string;
    readonly lawText: string;
    readonly lawNothing: string;
    readonly sale: string;
  };
  readonly title: string;
  readonly brand: string;
  readonly description: string;
  readonly department: string;
  readonly departmentChoose: string;
  readonly suggest: string;
  readonly labels: Named;
  readonly unit: { readonly name: string; readonly choices: readonly Choice[] };
  readonly vat: { readonly name: string; readonly usual: string; readonly choices: readonly Choice[] };
  readonly condition: { readonly name: string; readonly choices: readonly Choice[] };
  readonly shelf: Named;
  readonly variant: { readonly one: string; readonly many: string; readonly text: string; readonly add: string };
  readonly gtin: string;
  readonly sku: Named;
  readonly price: Readonly<Record<Unit, string>>;
  readonly content: Named;
  readonly stock: Readonly<Record<Unit, string>>;
  readonly active: string;
  readonly maker: { readonly title: string; readonly name: string; readonly address: string; readonly email: string };
  readonly responsible: {
    readonly title: string;
    readonly text: string;
    readonly name: string;
    readonly address: string;
    readonly email: string;
  };
  readonly legal: readonly LegalWords[];
  readonly choose: string;
};

/** Where a field finds what is typed and what is wrong with it. */
export type FieldBook = { readonly valueOf: (name: string) => string; readonly errorOf: (name: string) => string | undefined };

/** What every typed field of the form has: its name, what stands in it, what is wrong with it. No browser fills it in from elsewhere. */
export const fieldOf = ({ valueOf, errorOf }: FieldBook, name: string) => ({
  id: name,
  name,
  defaultValue: valueOf(name),
  error: errorOf(name),
  autoComplete: 'off',
});
