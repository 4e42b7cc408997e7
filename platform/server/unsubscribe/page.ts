const texts = {
  en: {
    title: 'Unsubscribe',
    ask: 'Do you want to receive no more newsletters and offers from us?',
    act: 'Unsubscribe',
    done: 'You will receive no more newsletters and offers from us.',
  },
  'zh-CN': {
    title: '退订',
    ask: '您是否希望不再收到我们的新闻邮件和营销信息？',
    act: '退订',
    done: '您将不再收到我们的新闻邮件和营销信息。',
  },
}

/** What somebody sees who opens the link: a question, since programs that only look must change nothing; or the end. */
export function unsubscribePage(accepted: string | undefined, { isDone }: { isDone: boolean }): string {
  const locale = /^\s*zh\b/i.test(accepted ?? '') ? 'zh-CN' : 'en'
  const { title, ask, act, done } = texts[locale]
  const body = isDone
    ? `<p role="status">${done}</p>`
    : `<form method="post"><p>${ask}</p><button type="submit">${act}</button></form>`
  return (
    `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${title}</title>` +
    '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">' +
    `</head><body><main><h1>${title}</h1>${body}</main></body></html>`
  )
}
