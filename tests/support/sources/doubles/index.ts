import { fileDouble } from './file';
import { hiboutikDouble } from './hiboutik';
import { lightspeedDouble } from './lightspeed';
import { loyverseDouble } from './loyverse';
import { medusaDouble } from './medusa';
import { odooDouble } from './odoo';
import { prestashopDouble } from './prestashop';
import { restDouble } from './rest';
import { shopifyDouble } from './shopify';
import { squareDouble } from './square';
import { vendureDouble } from './vendure';
import { wixDouble } from './wix';
import { woocommerceDouble } from './woocommerce';
import { zettleDouble } from './zettle';

/** In two halves, so that two processes hold them to the contract. */
export const sites = [shopifyDouble, woocommerceDouble, prestashopDouble, wixDouble, medusaDouble, vendureDouble, restDouble, fileDouble];
export const tills = [squareDouble, lightspeedDouble, zettleDouble, hiboutikDouble, odooDouble, loyverseDouble];
export const doubles = [...sites, ...tills];
