'use server';

import { redirect } from 'next/navigation';
import { currentShopper } from '@/app/_data/shopper';
import { keepPlace } from '@/app/_data/place';
import { setPlace } from '@/lib/basket';
import { findPlace } from '@/lib/search';
import { getCity } from '@/lib/shops';
import { texts } from '@/lib/texts';
import { say } from './said';
import { doorOf } from './shopper-action';

/** The header's "Près de": keeps the street in this browser and for the basket, or forgets it. */
export async function savePlaceAction(form: FormData): Promise<void> {
  const { locale, from } = await doorOf(form);
  const typed = form.get('place');
  const { shopper } = await currentShopper();
  if (form.get('forget') === '1' || typeof typed !== 'string' || typed.trim() === '') {
    await keepPlace(undefined);
    await setPlace(shopper, undefined);
    redirect(from);
  }
  const found = await findPlace(typed.slice(0, 120));
  if (found) {
    const place = { label: found.label, latitude: found.latitude, longitude: found.longitude };
    await keepPlace(place);
    await setPlace(shopper, place);
  } else {
    const city = await getCity();
    await say({ kind: 'bad', text: texts(locale, 'common')('header.placeUnknown', { city: city.name }) });
  }
  redirect(from);
}
