// breaks platform-knows-no-capability
import { count } from '../basket';

export const counted = count;
