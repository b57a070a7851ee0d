import type postgres from 'postgres';
import type { City } from './city/index';
import { slugOf } from '@/lib/kernel';
import { at, copyRows } from '../copy-rows';

/** The three people the demo's sign-in links are for, and the shop the second one keeps. */
export const demoPeople = {
  shopper: { name: 'Camille Rolland', email: 'camille@courriel.example' },
  shopOwner: { name: 'Paul Morel', email: 'paul.morel@quincaillerie-morel.example', shopKey: 'quincaillerie-morel' },
  operator: { name: 'Alix Montaubry', email: 'admin@halles-grenoble.example' },
} as const;

const staff = [
  { name: demoPeople.operator.name, email: demoPeople.operator.email, role: 'admin' },
  { name: 'Hadrien Vermorel', email: 'moderation@halles-grenoble.example', role: 'moderator' },
  { name: 'Nour Delacombe', email: 'support@halles-grenoble.example', role: 'support' },
  { name: 'Olga Sauvageot', email: 'finance@halles-grenoble.example', role: 'finance' },
  { name: 'Rémi Lagarrigue', email: 'lecture@halles-grenoble.example', role: 'viewer' },
] as const;

/** Owners of all shops, counter staff of every fourth, the head office of the branch network, the city's people, one shopper. */
export async function seedPeople(sql: postgres.TransactionSql, city: City, openedAt: number): Promise<void> {
  const people: { name: string; email: string }[] = [];
  const grants: (readonly [email: string, shopId: string | null, networkId: string | null, role: string])[] = [];
  for (const [index, shop] of city.shops.entries()) {
    const email = `${slugOf(shop.keeper).replace(/^([^-]+)-/, '$1.')}@${shop.key}.example`;
    people.push({ name: shop.keeper, email });
    grants.push([email, shop.id, null, 'owner']);
    if (index % 4 !== 0 && shop.key !== demoPeople.shopOwner.shopKey) continue;
    people.push({ name: `Comptoir, ${shop.name}`, email: `comptoir@${shop.key}.example` });
    grants.push([`comptoir@${shop.key}.example`, shop.id, null, 'counter']);
  }
  const branch = city.shops.find((shop) => shop.network === 'branch');
  if (branch?.networkId) {
    people.push({ name: 'Siège des Paniers du Drac', email: 'siege@paniers-du-drac.example' });
    grants.push(['siege@paniers-du-drac.example', null, branch.networkId, 'head-office']);
  }
  for (const { name, email, role } of staff) {
    people.push({ name, email });
    grants.push([email, null, null, role]);
  }
  people.push({ name: demoPeople.shopper.name, email: demoPeople.shopper.email });
  const id = (email: string): string => city.ids('person', email);
  const since = at(openedAt);
  await copyRows(
    sql,
    'people',
    people.map(({ name, email }) => ({ id: id(email), email, name, locale: 'fr', emailVerifiedAt: since, createdAt: since })),
  );
  await copyRows(
    sql,
    'role_grants',
    grants.map(([email, shopId, networkId, role]) => ({ personId: id(email), shopId, networkId, role, grantedAt: since })),
  );
}
