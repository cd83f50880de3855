// Runs before the first paint, as a file because the Content-Security-Policy allows no inline script:
// sets the language and colour scheme kept from the last visit, so that the page does not flash.
(() => {
  const read = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const kept = read('mantine-color-scheme-value');
  const dark = kept === 'dark' || (kept !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
  const language = read('ringside.language') ?? (navigator.language.startsWith('es') ? 'es' : 'en');
  document.documentElement.lang = language;
})();
