import type { Language } from '../../../contract/common.ts';
import { escapeHtml } from './html.ts';

/** What a mail says, without its looks. All texts are plain: they are escaped where HTML is made. */
export interface Letter {
  language: Language;
  subject: string;
  heading: string;
  /** Before the button. */
  paragraphs: readonly string[];
  action: { label: string; url: string };
  /** Small print, after the button. */
  footnotes: readonly string[];
}

/** One letter as plain text and as HTML that mail programs of any age can show. */
export function renderLetter(letter: Letter): { subject: string; text: string; html: string } {
  return { subject: letter.subject.replace(/[\r\n]+/g, ' '), text: textOf(letter), html: htmlOf(letter) };
}

function textOf(letter: Letter): string {
  return [letter.heading, ...letter.paragraphs, `${letter.action.label}:\n${letter.action.url}`, ...letter.footnotes].join('\n\n') + '\n';
}

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const PARAGRAPH = `${FONT};font-size:16px;line-height:24px;color:#1f2933;margin:0 0 16px`;
const SMALL = `${FONT};font-size:13px;line-height:20px;color:#52606d;margin:0 0 8px`;

function htmlOf(letter: Letter): string {
  const url = escapeHtml(letter.action.url);
  const paragraphs = letter.paragraphs.map((text) => `<p style="${PARAGRAPH}">${escapeHtml(text)}</p>`);
  const footnotes = letter.footnotes.map((text) => `<p style="${SMALL}">${escapeHtml(text)}</p>`);
  return `<!doctype html>
<html lang="${letter.language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(letter.subject)}</title></head>
<body style="margin:0;padding:24px;background:#f5f7fa">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#ffffff;border-radius:8px"><tr><td style="padding:32px">
<h1 style="${FONT};font-size:22px;line-height:30px;color:#1f2933;margin:0 0 16px">${escapeHtml(letter.heading)}</h1>
${paragraphs.join('\n')}
<p style="margin:24px 0"><a href="${url}" style="${FONT};font-size:16px;background:#1a4fa0;color:#ffffff;text-decoration:none;padding:12px 20px;border-radius:6px;display:inline-block">${escapeHtml(letter.action.label)}</a></p>
<p style="${SMALL};word-break:break-all"><a href="${url}" style="color:#1a4fa0">${url}</a></p>
${footnotes.join('\n')}
</td></tr></table>
</td></tr></table>
</body>
</html>
`;
}
