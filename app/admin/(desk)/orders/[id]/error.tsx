'use client';

import { Failure } from '@/app/_shell/failure';

export default function OrderError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <Failure error={error} retry={reset} />;
}
