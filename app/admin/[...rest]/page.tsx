import { notFound } from 'next/navigation';

/** Whatever no other folder answers: a true 404 in the room's own words. */
export default function Nowhere(): never {
  notFound();
}
