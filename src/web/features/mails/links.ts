/** The addresses in a mail's plain text, each once. Pure. */
export function linksIn(text: string): string[] {
  const found = text.match(/https?:\/\/[^\s<>"']+/g) ?? [];
  // A full stop or bracket after an address belongs to the sentence.
  return [...new Set(found.map((link) => link.replace(/[.,;:)\]]+$/, '')))];
}
