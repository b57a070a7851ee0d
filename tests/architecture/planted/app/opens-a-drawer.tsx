// breaks app-by-the-door, by a file behind a capability's door
import { count } from '../lib/basket/count';

export const page = (): string => String(count);
