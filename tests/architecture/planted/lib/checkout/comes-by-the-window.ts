// breaks capability-by-its-door
import { count } from '../basket/count';

export const counted = count;
