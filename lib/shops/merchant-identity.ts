import type { merchants } from '@/db/schema';
import type { MerchantIdentityView } from './views';

/** What everybody may read of the legal person behind a shop; nothing else of the row leaves the house. */
export function merchantIdentity(merchant: typeof merchants.$inferSelect): MerchantIdentityView {
  return {
    legalName: merchant.legalName,
    legalForm: merchant.legalForm,
    capital: merchant.capital ?? undefined,
    address: merchant.address,
    phone: merchant.phone,
    email: merchant.email,
    register: merchant.register,
    registrationNumber: merchant.registrationNumber,
    vatNumber: merchant.vatNumber ?? undefined,
    mediatorName: merchant.mediatorName,
    mediatorUrl: merchant.mediatorUrl,
    isProfessional: merchant.isProfessional,
    selfCertifiedAt: merchant.selfCertifiedAt ?? undefined,
    verifiedAt: merchant.verifiedAt ?? undefined,
  };
}
