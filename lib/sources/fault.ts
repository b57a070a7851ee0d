import type { Instant } from '@/lib/kernel';

/** Why a source could not be asked, or could not be understood. Facts, for `app/_text` to put into words. */
export type SourceFault =
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'timed-out' }
  /** The address leads into a private network, or is no HTTPS address. */
  | { readonly kind: 'address-not-allowed' }
  | { readonly kind: 'moved'; readonly to: string }
  | { readonly kind: 'server-error'; readonly status: number }
  /** It asks us to come back later: no failure. */
  | { readonly kind: 'asked-to-wait'; readonly until: Instant }
  /** The key is wrong, was taken back, or may not see what we need. */
  | { readonly kind: 'not-allowed'; readonly status: number }
  /** The machine at the address shows another key than the first time. */
  | { readonly kind: 'other-host' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'refused'; readonly status: number }
  /** Its answers have another shape than the one this connector was built for. */
  | { readonly kind: 'schema-changed'; readonly where: string }
  | { readonly kind: 'too-large' }
  /** What was kept cannot be read any more: the installation's secret is another one. */
  | { readonly kind: 'credentials-unreadable' }
  | { readonly kind: 'file-unreadable'; readonly why: string };

/** Faults that time does not heal: somebody has to look. */
export function needsPerson({ kind }: SourceFault): boolean {
  switch (kind) {
    case 'not-allowed':
    case 'not-found':
    case 'other-host':
    case 'moved':
    case 'address-not-allowed':
    case 'schema-changed':
    case 'credentials-unreadable':
    case 'file-unreadable':
      return true;
    case 'unreachable':
    case 'timed-out':
    case 'server-error':
    case 'asked-to-wait':
    case 'refused':
    case 'too-large':
      return false;
  }
}

/** Faults of a question whose answer a page can do without: asking again would give the same. */
export function doneWithout({ kind }: SourceFault): boolean {
  return kind === 'not-allowed' || kind === 'not-found' || kind === 'refused' || kind === 'schema-changed' || kind === 'too-large';
}
