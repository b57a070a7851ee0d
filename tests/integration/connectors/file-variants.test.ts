import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dryRunFile } from '@/lib/connectors';

/** Files as shops bring them, written by hand for what they do differently; each with what a person reading it would count. */
type Expected = {
  readonly rows: number;
  readonly variants: number;
  readonly offers: number;
  readonly encoding?: string;
  readonly separator?: string;
  readonly shape?: string;
  readonly rejected?: readonly (readonly [row: number, reason: string])[];
  readonly warnings?: readonly string[];
  readonly columns?: Readonly<Record<string, string | readonly string[]>>;
};

const lines = (...all: readonly string[]): string => `${all.join('\r\n')}\r\n`;
const utf16be = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
const latin = (text: string): Buffer => Buffer.from(text.replaceAll('€', '\x80'), 'latin1');

const files: readonly (readonly [name: string, content: string | Buffer, expected: Expected])[] = [
  [
    'Windows-1252, thousands with a space, a count below zero, a price in words',
    latin(lines('Référence;Désignation;Prix TTC;Quantité;Code barre', 'A1;Vélo;1 249,90 €;2;3017620422003', 'A2;Table;1\u00A0049,00\u00A0€;1;', 'A3;Lampe "Louis";89,50 €;-3;', 'A4;Chaise;sur devis;4;')), // prettier-ignore
    {
      rows: 4,
      variants: 4,
      offers: 3,
      encoding: 'windows-1252',
      separator: ';',
      rejected: [[5, 'price-unreadable']],
      warnings: ['quantity-negative'],
    },
  ],
  [
    'bars between the cells',
    'sku|name|price|stock\nP1|Red mug|9.50|12\nP2|Blue mug|9.50|0\n',
    { rows: 2, variants: 2, offers: 2, separator: '|' },
  ],
  [
    'UTF-16, the great end first',
    utf16be(lines('Code;Libellé;Prix;Stock', 'X1;Théière;24,90;3')),
    { rows: 1, variants: 1, offers: 1, encoding: 'utf-16be' },
  ],
  [
    'line breaks and quotes inside quotes',
    'SKU,Title,Description,Price,Quantity\r\nQ1,"Vase ""Ming""","Ligne 1\r\nLigne 2, avec virgule",19.90,4\r\nQ2,Bol,"",7.00,\r\n',
    { rows: 2, variants: 2, offers: 2, columns: { description: 'Description' } },
  ],
  [
    'prices without VAT, rates in three ways',
    'Réf;Nom;Prix HT;TVA;Stock\nH1;Pain;1,00;5,5 %;10\nH2;Vis;10,00;20;5\nH3;Livre;10;5.5%;1\n',
    { rows: 3, variants: 3, offers: 3, columns: { netPrice: 'Prix HT', vatRate: 'TVA' } },
  ],
  [
    'availability in words',
    'Code,Produit,Prix,Disponibilité\nS1,Savon,5.00,En stock\nS2,Crème,15.00,Rupture de stock\nS3,Baume,8.00,Sur commande\n',
    { rows: 3, variants: 3, offers: 3, columns: { availability: 'Disponibilité' } },
  ],
  [
    'the same heading twice',
    'Nom,Image,Image,Prix,Nom,EAN\nTasse,https://a.example/1.jpg,https://a.example/2.jpg,12.50,Tasse bleue,4006381333931\n',
    { rows: 1, variants: 1, offers: 1, columns: { title: 'Nom', image: ['Image', 'Image (2)'], gtin: 'EAN' } },
  ],
  [
    'columns and lines without anything',
    ';;Désignation;;PV TTC;;Qté\n;;Miel;;8,50;;4\n;;Sirop;;6,20;;\n\n;;;;;;\n',
    { rows: 2, variants: 2, offers: 2 },
  ],
  [
    'a title above and a total below',
    lines('Export des articles du 12/11/2026;;;', ';;;', 'Code article;Libellé;Prix de vente;Stock disponible', 'C1;Cahier;2,50;100', 'C2;Stylo;1,20;200', 'Total;;;300'), // prettier-ignore
    { rows: 3, variants: 2, offers: 2, rejected: [[6, 'title-missing']] },
  ],
  [
    'a feed for comparison sites in Atom, one price in another currency',
    '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0"><title>x</title><entry><g:id>G1</g:id><title>Sac à dos</title><link href="https://x.example/1"/><g:price>45.00 EUR</g:price><g:sale_price>39.00 EUR</g:sale_price><g:availability>in_stock</g:availability><g:gtin>4006381333931</g:gtin></entry><entry><g:id>G2</g:id><g:title>Sac 2</g:title><g:price>10 USD</g:price></entry></feed>',
    { rows: 2, variants: 2, offers: 1, rejected: [[2, 'price-currency']], warnings: ['sale-price-used'] },
  ],
  [
    'the same in RSS, sizes under one group, mark-up in its texts',
    '<?xml version="1.0"?><rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title><item><g:id>R1</g:id><g:item_group_id>GRP</g:item_group_id><title><![CDATA[T-shirt & co]]></title><description>&lt;p&gt;Doux&lt;/p&gt;</description><g:size>M</g:size><g:price>20,00 EUR</g:price><g:quantity>3</g:quantity></item><item><g:id>R2</g:id><g:item_group_id>GRP</g:item_group_id><title>T-shirt &amp; co</title><g:size>L</g:size><g:price>20.00 EUR</g:price></item></channel></rss>',
    { rows: 2, variants: 2, offers: 2, columns: { productKey: 'item_group_id', size: 'size' } },
  ],
  [
    'lists inside lists of JSON',
    '{"data":{"products":[{"id":1,"title":"Pull","vendor":"Maille","variants":[{"sku":"PU-S","price":"59.00","inventory_quantity":3,"option1":"S","barcode":"4006381333931"},{"sku":"PU-M","price":"59.00","inventory_quantity":0,"option1":"M"}]}]}}',
    { rows: 2, variants: 2, offers: 2, columns: { brand: 'vendor', quantity: 'inventory_quantity' } },
  ],
  [
    'one object a line, one of them broken',
    '{"sku":"L1","name":"Bougie","price":12.5,"stock":4}\n{"sku":"L2","name":"Savon","price":"6,00","stock":null}\nnot json\n',
    { rows: 3, variants: 2, offers: 2, rejected: [[3, 'empty-record']] },
  ],
  [
    'Shopify with linked options, a further picture and a draft',
    "Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,Option1 Value,Option1 Linked To,Option2 Name,Option2 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Variant Compare At Price,Variant Barcode,Image Src,Status\npull,Pull,<p>Doux</p>,Maille,Apparel,Pull,hiver,true,Taille,S,,Couleur,Bleu,PU-S-B,400,shopify,3,deny,59.00,79.00,'4006381333931,https://x.example/1.jpg,active\npull,,,,,,,,,M,,,Bleu,PU-M-B,400,shopify,-1,deny,59.00,,,,\npull,,,,,,,,,,,,,,,,,,,,,https://x.example/2.jpg,\nbonnet,Bonnet,,Maille,,,,false,Title,Default Title,,,,BON,100,shopify,2,deny,19.00,,,,draft\n",
    { rows: 4, variants: 3, offers: 3, shape: 'shopify', warnings: ['not-published', 'quantity-negative'] },
  ],
  [
    'WooCommerce with bar codes, children by code and by id',
    'ID,Type,SKU,"GTIN, UPC, EAN, or ISBN",Name,Published,"In stock?",Stock,"Sale price","Regular price",Categories,Parent,"Attribute 1 name","Attribute 1 value(s)"\n10,variable,TS,,T-shirt,1,1,,,,Mode > T-shirts,,Size,"S, M"\n11,variation,TS-S,4006381333931,T-shirt - S,1,1,5,,25,,TS,Size,S\n12,variation,TS-M,,T-shirt - M,1,0,0,20,25,,id:10,Size,M\n13,simple,MUG,,Mug,1,1,,,9.9,Maison,,,\n',
    { rows: 4, variants: 3, offers: 3, shape: 'woocommerce', warnings: ['sale-price-used'] },
  ],
  [
    'PrestaShop in French with prices in VAT',
    'ID;Actif (0/1);Nom*;Catégories (x,y,z...);Prix TTC;ID règle de taxes;Référence;EAN-13;Quantité\n1;1;Robe;Accueil,Mode;50,00;1;R-1;;7\n2;0;Jupe;Mode;30,00;1;R-2;;0\n',
    { rows: 2, variants: 2, offers: 2, warnings: ['not-published'] },
  ],
  [
    'Square with a price that is asked at the till',
    'Token,Item Name,Category,SKU,Variation Name,Price,Current Quantity Boutique Centre,GTIN,Tax - TVA (20%)\nT1,Café,Boissons,CAF,Regular,3.50,10,,Y\nT2,Thé,Boissons,THE-S,Petit,2.50,,,Y\nT3,Thé,Boissons,THE-L,Grand,variable,,,Y\n',
    { rows: 3, variants: 3, offers: 2, shape: 'square', rejected: [[4, 'price-unreadable']] },
  ],
  [
    'Medusa with a price for each currency',
    'Product Id,Product Handle,Product Title,Product Status,Variant Id,Variant Title,Variant SKU,Variant Inventory Quantity,Variant Option 1 Name,Variant Option 1 Value,Price EUR,Price USD\nprod_1,tee,Tee,published,variant_1,S,TEE-S,10,Size,S,20,25\nprod_1,tee,Tee,published,variant_2,M,TEE-M,5,Size,M,20,25\n',
    { rows: 2, variants: 2, offers: 2, shape: 'medusa', columns: { price: 'Price EUR' } },
  ],
  [
    'Vendure with variants under the line of their product',
    'name,slug,description,assets,facets,optionGroups,optionValues,sku,price,taxCategory,stockOnHand,trackInventory,variantAssets,variantFacets\nLaptop,laptop,Nice,a.jpg,category:Electronics,screen size|RAM,13 inch|8GB,L1,1298.99,standard,100,false,,\n,,,,,,15 inch|16GB,L2,1898.99,standard,0,false,,\n',
    { rows: 2, variants: 2, offers: 2, shape: 'vendure' },
  ],
  [
    'no heading at all',
    '3017620422003;Pâte à tartiner 400 g;4,50;12\n3760000000017;Miel 250 g;7,90;3\n',
    { rows: 2, variants: 2, offers: 2, warnings: ['no-heading'] },
  ],
  [
    'dates beside counts',
    'Code;Article;Prix;Date création;Stock;Date péremption\nD1;Yaourt;1,20;12/03/2026;45;2026-12-01\nD2;Lait;1,10;13/03/2026;20;2026-12-05\n',
    { rows: 2, variants: 2, offers: 2, columns: { price: 'Prix', quantity: 'Stock' } },
  ],
  [
    'Swiss francs',
    "Artikelnummer;Bezeichnung;Preis;Bestand\nS1;Uhr;CHF 1'250.00;1\n",
    { rows: 1, variants: 1, offers: 0, rejected: [[2, 'price-currency']] },
  ],
  [
    'what was paid beside what is asked, the least to keep beside what is there',
    'Réf,Désignation,Prix achat HT,Prix vente TTC,Stock mini,Stock\nR1,Clou,0.05,0.10,50,500\n',
    { rows: 1, variants: 1, offers: 1, columns: { price: 'Prix vente TTC', costPrice: 'Prix achat HT', quantity: 'Stock' } },
  ],
  [
    'inches in a file of tabs',
    'sku\tname\tprice\tqty\nT1\tEcran 24" LED\t129.00\t2\nT2\tBoîte "M"\t5\t1\n',
    { rows: 2, variants: 2, offers: 2, separator: '\t' },
  ],
  ['lines that end as on old Macintoshes', 'sku,name,price,qty\rC1,Bol,4.5,2\rC2,Pot,3,1\r', { rows: 2, variants: 2, offers: 2 }],
  [
    'a bar code that a spreadsheet has spoilt',
    'EAN;Nom;Prix\n3,01762E+12;Pâte;4,50\n',
    { rows: 1, variants: 1, offers: 1, warnings: ['gtin-lost-digits'] },
  ],
  [
    'nothing asked, and the same code twice',
    'sku,name,price,qty\nZ1,Gift,0,1\nZ2,Free,0.00,2\nZ3,Ok,1,1\nZ3,Ok,1,1\n',
    { rows: 4, variants: 3, offers: 1, rejected: [[2, 'price-not-positive'], [3, 'price-not-positive'], [5, 'same-code-twice']] }, // prettier-ignore
  ],
  [
    'XML in ISO 8859-1 that says so',
    Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><products><product><reference>P1</reference><name><language id="1"><![CDATA[Théière]]></language></name><price>24.90</price><quantity>3</quantity><ean13>4006381333931</ean13></product></products>', 'latin1'), // prettier-ignore
    { rows: 1, variants: 1, offers: 1, columns: { title: 'name.language', gtin: 'ean13' } },
  ],
  ['the hint of Excel', 'sep=;\r\nCode;Nom;Prix\r\nE1;Pot;3,20\r\n', { rows: 1, variants: 1, offers: 1, separator: ';' }],
  [
    'sizes and colours in columns',
    'Modèle;Taille;Couleur;Code barres;PVTTC;Qté\nRobe Alma;36;Noir;3760000000017;89,00;1\nRobe Alma;38;Noir;3760000000024;89,00;2\n',
    { rows: 2, variants: 2, offers: 2, columns: { title: 'Modèle', size: 'Taille', colour: 'Couleur' } },
  ],
  [
    'who made it, who answers for it, and warnings',
    'Référence;Nom;Prix TTC;Nom du fabricant;Adresse du fabricant;Email du fabricant;Responsable UE;Adresse du responsable;Email du responsable;Avertissements\nJ1;Hochet;12,00;Toys Ltd;1 High St, London;a@toys.example;Jouets SARL;2 rue Haute, Lyon;b@jouets.example;Ne convient pas aux moins de 36 mois\n',
    { rows: 1, variants: 1, offers: 1, columns: { manufacturerName: 'Nom du fabricant', responsibleName: 'Responsable UE', responsibleEmail: 'Email du responsable', warnings: 'Avertissements' } }, // prettier-ignore
  ],
];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'halles-variants-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(files)('%s', async (_, content, expected) => {
  const path = join(folder, 'file');
  writeFileSync(path, content);
  const read = await dryRunFile(path, { currency: 'EUR', assumedVatBps: 2_000 });
  if (!read.ok) throw new Error(read.error.kind);
  const { rejected, warnings, columns, ...told } = read.value;
  const { rejected: refused = [], warnings: noted = [], columns: meant = {}, ...counts } = expected;
  expect(told).toMatchObject(counts);
  expect(rejected.map(({ row, reason }) => [row, reason])).toEqual(refused);
  expect(warnings.map(({ code }) => code).toSorted()).toEqual(noted.toSorted());
  expect(columns).toMatchObject(meant);
});
