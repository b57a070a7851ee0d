import type { Clock } from '@/lib/platform/clock';
import type { Carrier } from './carrier';
import { demoCarrier } from './demo-carrier';

/** Who carries this city's parcels: the demo carrier until a real one is configured. */
export function currentCarrier({ clock }: { readonly clock: Clock }): Carrier {
  return demoCarrier({ clock });
}
