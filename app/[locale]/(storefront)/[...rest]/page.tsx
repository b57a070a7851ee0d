import { notFound } from 'next/navigation';

/** Whatever no other folder answers: a true 404 with the storefront round it. */
export default function Nowhere(): never {
  notFound();
}
