import type { Connector } from './connector';
import { file } from './kinds/file';
import { hiboutik } from './kinds/hiboutik';
import { lightspeed } from './kinds/lightspeed';
import { loyverse } from './kinds/loyverse';
import { medusa } from './kinds/medusa';
import { odoo } from './kinds/odoo';
import { prestashop } from './kinds/prestashop';
import { rest } from './kinds/rest';
import { shopify } from './kinds/shopify';
import { square } from './kinds/square';
import { vendure } from './kinds/vendure';
import { wix } from './kinds/wix';
import { woocommerce } from './kinds/woocommerce';
import { zettle } from './kinds/zettle';

/** Every connector there is, in the order in which the form offers them. */
export const connectors: readonly Connector[] = [
  shopify,
  woocommerce,
  prestashop,
  square,
  lightspeed,
  zettle,
  hiboutik,
  odoo,
  loyverse,
  wix,
  medusa,
  vendure,
  rest,
  file,
];

/** The connector of a kind; undefined for a kind this version does not know. */
export const connectorOf = (kind: string): Connector | undefined => connectors.find((one) => one.kind === kind);
