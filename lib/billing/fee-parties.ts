import { eq } from 'drizzle-orm';
import { citySettings, merchants } from '@/db/schema';
import type { DocumentContent } from '@/lib/documents';
import { addressParts } from '@/lib/documents';
import type { MerchantId } from '@/lib/kernel';
import { invariant } from '@/lib/kernel';
import type { Reader } from '@/lib/platform/transaction';

export type FeeParties = Pick<DocumentContent, 'merchant' | 'buyer'>;

/** Who invoices whom: the city's operator a merchant. */
export async function findParties(from: Reader, merchantId: MerchantId): Promise<FeeParties> {
  const [[city], [buyer]] = await Promise.all([
    from.select().from(citySettings),
    from.select().from(merchants).where(eq(merchants.id, merchantId)),
  ]);
  invariant(city && buyer, 'a city invoices its merchants');
  const { operator, country } = city;
  return {
    merchant: {
      name: operator.legalName,
      tradeName: operator.legalName,
      legalForm: operator.legalForm,
      capital: operator.capital,
      registrationNumber: registrationOf(operator.vatNumber, country),
      register: operator.register,
      vatNumber: operator.vatNumber,
      phone: operator.phone,
      email: operator.email,
      ...addressParts(operator.address),
      country,
    },
    buyer: {
      name: buyer.legalName,
      email: buyer.email,
      ...addressParts(buyer.address),
      country: buyer.country,
      registrationNumber: buyer.registrationNumber,
      vatNumber: buyer.vatNumber ?? undefined,
    },
  };
}

/** A French VAT number is FR, a key of two and the SIREN; elsewhere the VAT number itself is what registers know. */
function registrationOf(vatNumber: string, country: string): string {
  const siren = /^FR\w{2}(?<siren>\d{9})$/u.exec(vatNumber.replaceAll(' ', ''))?.groups?.['siren'];
  return country === 'FR' && siren !== undefined ? siren : vatNumber;
}
