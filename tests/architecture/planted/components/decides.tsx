// breaks components-only-show
import { count } from '../lib/basket';

export const shown = count;
