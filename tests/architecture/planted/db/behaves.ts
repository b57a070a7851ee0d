// breaks db-holds-tables
import { count } from '../lib/basket';

export const behaviour = count;
