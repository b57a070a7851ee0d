import type { MovedClock } from '@/lib/platform/clock';

/** What a shop keeps in its till or site, whatever the brand: the truth that doubles tell in their own words. Times are epoch milliseconds. */
export type WorldVariant = {
  readonly id: number;
  readonly sku: string;
  readonly gtin: string;
  readonly size: string | undefined;
  price: string;
  quantity: number;
  changedAt: number;
};

export type WorldProduct = {
  readonly id: number;
  title: string;
  readonly brand: string;
  readonly department: string;
  changedAt: number;
  isDeleted: boolean;
  readonly variants: WorldVariant[];
};

/** EAN-13 of a running number, with its check digit; the prefix is one of a real company's range, not one given in stores. */
export function eanOf(number: number): string {
  const body = `376${String(number).padStart(9, '0')}`;
  const sum = [...body].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

let numbers = 1_000;

/** A shop's goods at their source, its key, and the clock on its wall. */
export class World {
  readonly products: WorldProduct[] = [];
  readonly shopName = 'Boutique des Tests';
  /** The one key that opens it; a token is made from it. */
  key = 'sk_a_key_of_the_tests_0123456789';
  readonly signingSecret = 'whsec_signs_the_messages_of_tests';
  readonly tokens = new Map<string, number>();
  skewMs = 0;
  /** What was told of what left our shop, by the name of the stock. */
  readonly pushed: { readonly ref: string; readonly delta: number }[] = [];

  constructor(readonly clock: MovedClock) {}

  /** The time by the source's own clock. */
  now(): number {
    return this.clock.now() + this.skewMs;
  }

  /** A product with a variant of each size; one without sizes is one piece. */
  add(title: string, { sizes = [undefined], quantity = 5, price = '12.90' }: Partial<Wish> = {}): WorldProduct {
    const product: WorldProduct = {
      id: ++numbers,
      title,
      brand: 'Atelier Test',
      department: 'Vêtements',
      changedAt: this.now(),
      isDeleted: false,
      variants: [],
    };
    this.products.push(product);
    for (const size of sizes) this.addVariant(product, size, { quantity, price });
    return product;
  }

  addVariant(product: WorldProduct, size: string | undefined, { quantity, price }: { quantity: number; price: string }): WorldVariant {
    const id = ++numbers;
    const variant = { id, sku: `T-${id}`, gtin: eanOf(id), size, price, quantity, changedAt: this.now() };
    product.variants.push(variant);
    product.changedAt = this.now();
    return variant;
  }

  count(variant: WorldVariant, quantity: number): void {
    variant.quantity = quantity;
    variant.changedAt = this.now();
    const product = this.products.find(({ variants }) => variants.includes(variant));
    if (product) product.changedAt = this.now();
  }

  remove(product: WorldProduct): void {
    product.isDeleted = true;
    product.changedAt = this.now();
  }

  /** What is there, the oldest first; since a moment of the source's clock when one is given. */
  live(since = 0): readonly WorldProduct[] {
    return this.products.filter(({ isDeleted, changedAt }) => !isDeleted && changedAt >= since);
  }

  /** A token for whoever showed the key, good for so long. */
  issue(seconds: number): string {
    const token = `tok_${++numbers}_of_the_tests`;
    this.tokens.set(token, this.now() + seconds * 1_000);
    return token;
  }

  isToken(token: string | undefined): boolean {
    return token !== undefined && (this.tokens.get(token) ?? 0) > this.now();
  }
}

type Wish = { readonly sizes: readonly (string | undefined)[]; readonly quantity: number; readonly price: string };

/** A product and its variant, in one row each. */
export function variantRows(world: World, since = 0) {
  return world.live(since).flatMap((product) => product.variants.map((variant) => ({ product, variant })));
}

/** Where the pictures of a product lie, for anybody; two variants of it name the same. */
export const picturesOf = ({ id }: WorldProduct): readonly [string, string] => [
  `https://pictures.example/${id}-1.jpg`,
  `https://pictures.example/${id}-2.jpg`,
];
