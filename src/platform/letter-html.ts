import type { OneTimeCode, OurLink } from '#platform/letter-facts.ts'
import type { Sender } from '#platform/write-letter.ts'

type Page = { locale: 'en' | 'es'; title: string; sender: Sender; paragraphs: readonly string[]; after: readonly string[]; foot: string; button?: { href: OurLink; words: string }; code?: OneTimeCode }

const safe = (text: string): string => text.replace(/[&<>"]/g, letter => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[letter]!)
const face = "font-family:'Atkinson Hyperlegible Next','Segoe UI',Helvetica,Arial,sans-serif"
const line = (text: string, style = '') => `<p style="margin:0 0 16px;${style}">${safe(text)}</p>`

/**
 * One column, one thing to do, no picture, no font and no address but ours: whoever opens it tells nobody. Tables and styles on each element are what
 * mail programs read; the sheet in the head is for those that know dark mode.
 */
export function letterHtml({ locale, title, sender, paragraphs, after, foot, button, code }: Page): string {
  const [first = '', ...more] = paragraphs
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${safe(title)}</title>
<style>@media (prefers-color-scheme:dark){.ground{background:#1d1b18!important}.sheet{background:#282521!important;border-color:#47423b!important}.ink{color:#f3eee6!important}.soft{color:#c9c1b5!important}.button{background:#f3eee6!important}.button a{color:#1d1b18!important}.code{background:#35312b!important;color:#f3eee6!important}}</style></head>
<body class="ground" style="margin:0;padding:0;background:#f6f2ea"><table role="presentation" class="ground" width="100%" cellpadding="0" cellspacing="0" style="background:#f6f2ea"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" class="sheet" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#fffdf9;border:1px solid #ddd5c8;border-radius:10px"><tr><td class="ink" style="padding:28px 28px 12px;${face};font-size:18px;line-height:1.55;color:#26221c">
<p class="soft" style="margin:0 0 20px;font-size:16px;color:#5d564b">${safe(sender.name)}</p>
<h1 style="margin:0 0 16px;font-size:22px;line-height:1.35;font-weight:600">${safe(first)}</h1>
${more.map(text => line(text)).join('\n')}
${code ? `<p class="code" style="margin:8px 0 24px;padding:14px 18px;background:#efe9dd;border-radius:10px;font-size:28px;letter-spacing:4px;font-weight:600;text-align:center">${safe(code)}</p>` : ''}
${button ? `<table role="presentation" cellpadding="0" cellspacing="0" style="margin:8px 0 24px"><tr><td class="button" style="background:#26221c;border-radius:10px"><a href="${safe(button.href)}" style="display:inline-block;padding:13px 22px;${face};font-size:18px;font-weight:600;color:#fffdf9;text-decoration:none">${safe(button.words)}</a></td></tr></table>` : ''}
${after.map(text => line(text, 'font-size:16px')).join('\n')}
</td></tr></table>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px"><tr><td class="soft" style="padding:16px 28px;${face};font-size:15px;line-height:1.5;color:#5d564b">${safe([sender.name, sender.phone].filter(Boolean).join(' · '))}<br>${safe(foot)}</td></tr></table>
</td></tr></table></body></html>
`
}
