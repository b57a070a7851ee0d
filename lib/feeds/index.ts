/** What the city's shelves tell comparison sites: one feed of products, one of where each is in stock. */
export { feedFiles, googleFeed, type FeedFile, type FeedWish } from './google-feed';
export { feedToken, isFeedToken } from './feed-token';
