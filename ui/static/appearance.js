// Runs before the first paint, so that neither theme nor language flickers.
;(function () {
  try {
    var theme = localStorage.getItem('tessera.theme')
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
    var locale = localStorage.getItem('tessera.locale') || navigator.language
    document.documentElement.lang = /^zh/.test(locale) ? 'zh-CN' : 'en'
  } catch {
    // Storage is refused in some private windows; the page follows the system then.
  }
})()
