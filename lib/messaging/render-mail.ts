import type { Mail, MailBlock } from './mail';

/** The look of Halles in the few things every mail program understands: tables, inline styles, no picture from anywhere. */
const colours = {
  page: '#faf7f0',
  surface: '#fffefb',
  line: '#e3dccd',
  ink: '#1c2822',
  soft: '#53615a',
  baltard: '#0d5940',
  ardoise: '#1f2b28',
  craie: '#f5f1e7',
  miel: '#efc75e',
} as const;

const sans = "'Atkinson Hyperlegible Next', 'Segoe UI', Helvetica, Arial, sans-serif";

/** Text as HTML shows it: nothing in a name or a title can become markup. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}

const paragraphs = (text: string): string => escapeHtml(text).replaceAll('\n', '<br>');

function htmlBlock(block: MailBlock): string {
  switch (block.kind) {
    case 'heading':
      return `<h1 style="margin:0 0 16px;font-size:26px;line-height:1.15;letter-spacing:-.018em;color:${colours.ink}">${escapeHtml(block.text)}</h1>`;
    case 'text':
      return `<p style="margin:0 0 14px;font-size:16px;line-height:1.5;color:${colours.ink}">${paragraphs(block.text)}</p>`;
    case 'small':
      return `<p style="margin:0 0 10px;font-size:13px;line-height:1.45;color:${colours.soft}">${paragraphs(block.text)}</p>`;
    case 'code':
      return `<table role="presentation" cellpadding="0" cellspacing="0" style="margin:0 0 18px"><tr><td style="background:${colours.ardoise};border-radius:10px;padding:14px 22px;color:${colours.craie};font-size:14px">${escapeHtml(block.label)}<br><strong style="font-size:32px;letter-spacing:.12em;color:${colours.miel}">${escapeHtml(block.code)}</strong></td></tr></table>`;
    case 'button':
      return `<p style="margin:4px 0 20px"><a href="${escapeHtml(block.url)}" style="display:inline-block;background:${colours.baltard};color:#ffffff;text-decoration:none;font-size:16px;font-weight:700;padding:13px 22px;border-radius:10px">${escapeHtml(block.label)}</a></p>`;
    case 'link':
      return `<p style="margin:0 0 14px;font-size:15px"><a href="${escapeHtml(block.url)}" style="color:${colours.baltard}">${escapeHtml(block.label)}</a></p>`;
    case 'rows':
      return rowsTable(block.rows, block.total);
    case 'shop':
      return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:24px 0 10px;border-top:3px solid ${colours.baltard}"><tr><td style="padding-top:12px"><h2 style="margin:0;font-size:19px;line-height:1.2;color:${colours.ink}">${escapeHtml(block.name)}</h2><p style="margin:4px 0 0;font-size:15px;color:${colours.baltard};font-weight:700">${escapeHtml(block.about)}</p></td></tr></table>`;
  }
}

function rowsTable(rows: readonly (readonly [string, string])[], total: readonly [string, string] | undefined): string {
  const cell = (text: string, isAmount: boolean, isTotal: boolean): string =>
    `<td style="padding:7px 0;border-bottom:1px solid ${colours.line};font-size:15px;vertical-align:top;color:${colours.ink};${isAmount ? 'text-align:right;white-space:nowrap;padding-left:16px;' : ''}${isTotal ? 'font-weight:700;' : ''}">${escapeHtml(text)}</td>`;
  const row = ([name, amount]: readonly [string, string], isTotal: boolean): string =>
    `<tr>${cell(name, false, isTotal)}${cell(amount, true, isTotal)}</tr>`;
  const body = [...rows.map((one) => row(one, false)), ...(total ? [row(total, true)] : [])].join('');
  return `<table width="100%" cellpadding="0" cellspacing="0" style="margin:0 0 14px;border-collapse:collapse">${body}</table>`;
}

/** The whole HTML of a mail; readable without styles, in the order of the plain text. */
export function renderHtml({ locale, title, blocks, footer }: Mail): string {
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title></head>
<body style="margin:0;background:${colours.page};font-family:${sans}">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px">
<tr><td style="padding:0 4px 14px;font-size:24px;font-weight:800;letter-spacing:-.02em;color:${colours.baltard}">Halles</td></tr>
<tr><td style="background:${colours.surface};border:1px solid ${colours.line};border-radius:14px;padding:26px 24px">
${blocks.map(htmlBlock).join('\n')}
</td></tr>
<tr><td style="padding:16px 4px;font-size:13px;line-height:1.5;color:${colours.soft}">${footer.map(escapeHtml).join('<br>')}</td></tr>
</table></td></tr></table></body></html>
`;
}

function textBlock(block: MailBlock): string {
  switch (block.kind) {
    case 'heading':
      return `${block.text}\n${'='.repeat(Math.min(60, block.text.length))}`;
    case 'text':
    case 'small':
      return block.text;
    case 'code':
      return `${block.label} ${block.code}`;
    case 'button':
    case 'link':
      return `${block.label}\n${block.url}`;
    case 'rows':
      return [...block.rows, ...(block.total ? [block.total] : [])].map(([name, amount]) => `- ${name} : ${amount}`).join('\n');
    case 'shop':
      return [block.name, '-'.repeat(Math.min(60, block.name.length)), block.about].filter((line) => line !== '').join('\n');
  }
}

/** The same mail for a program that shows words only. */
export function renderText({ blocks, footer }: Mail): string {
  return `${blocks.map(textBlock).join('\n\n')}\n\n--\n${footer.join('\n')}\n`;
}
