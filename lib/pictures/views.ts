/** A picture of a product; `isOwn`: this shop gave it and may take it back. */
export type PictureView = { readonly key: string; readonly isOwn: boolean };

/** How the pictures of one import or connection stand; failures by reason, each with the first address it struck. */
export type PictureProgress = {
  readonly waiting: number;
  readonly kept: number;
  /** Not needed: the page has pictures of another shop, or enough of them. */
  readonly spared: number;
  readonly failed: readonly { readonly reason: string; readonly count: number; readonly address: string }[];
};
