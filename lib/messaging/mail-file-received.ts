import type { ImportId, Locale } from '@/lib/kernel';
import { env } from '@/lib/platform/env';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { texts } from '@/lib/texts';
import { deliverMail } from './deliver-mail';
import type { MailBlock } from './mail';
import { footerOf, readCity } from './mail-facts';

/** What became of a file that came by mail. `refusal`: why it could not be read, as a code of the imports' words. */
export type ReceivedFile = {
  readonly fileName: string;
  readonly importId: ImportId | undefined;
  readonly counts: { readonly new: number; readonly changed: number; readonly unchanged: number; readonly rejected: number } | undefined;
  readonly refusal: FileFault | undefined;
};

type FileFault = Parameters<ReturnType<typeof texts<'imports'>>>[0] extends infer Key
  ? Key extends `refused.${infer Fault}`
    ? Fault
    : never
  : never;

type FileReceived = {
  readonly to: string;
  readonly locale: Locale;
  readonly slug: string;
  readonly files: readonly ReceivedFile[];
  /** The mail it answers: one answer each. */
  readonly cause: string;
};

/** Answers a mail that brought files: what each is going to do once it is confirmed, or why it could not be read. */
export async function mailFileReceived({ to, locale, slug, files, cause }: FileReceived, ports: Ports = systemPorts): Promise<void> {
  const t = texts(locale, 'mail');
  const page = `${env().baseUrl}/merchant/${slug}/stock/import`;
  const about = ({ fileName, importId, counts, refusal }: ReceivedFile): readonly MailBlock[] => {
    if (importId === undefined || counts === undefined)
      return [
        { kind: 'text', text: t('fileReceived.refused', { fileName, why: texts(locale, 'imports')(`refused.${refusal ?? 'failed'}`) }) },
      ];
    return [
      { kind: 'text', text: t('fileReceived.read', { fileName, ...counts }) },
      { kind: 'button', label: t('fileReceived.open'), url: `${page}/${importId}` },
    ];
  };
  const nothing: readonly MailBlock[] = [{ kind: 'text', text: t('fileReceived.nothing') }, { kind: 'link', label: t('fileReceived.page'), url: page }]; // prettier-ignore
  await deliverMail(
    {
      kind: 'file-received',
      subject: slug,
      causeKey: cause,
      recipient: to,
      locale,
      title: t('fileReceived.title', { count: files.length }),
      blocks: [{ kind: 'heading', text: t('fileReceived.heading') }, ...(files.length === 0 ? nothing : files.flatMap(about))],
      footer: footerOf(await readCity(), locale),
    },
    ports,
  );
}
