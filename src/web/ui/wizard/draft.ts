/** What was typed into a wizard, kept in this tab until it is finished: survives a reload, never holds a secret. */
import { useCallback, useState } from 'react';

/**
 * @param key names the wizard
 * @param initial what stands in it at first
 * @param safe takes the secrets out before anything is kept
 */
export function useDraft<Draft extends object>(key: string, initial: Draft, safe: (draft: Draft) => Draft) {
  const [draft, setDraft] = useState(() => ({ ...initial, ...readDraft(sessionStorage, key) }));
  const save = useCallback(
    (change: Partial<Draft>) => {
      setDraft((before) => {
        const next = { ...before, ...change };
        sessionStorage.setItem(`ringside.draft.${key}`, JSON.stringify(safe(next)));
        return next;
      });
    },
    [key, safe],
  );
  const forget = useCallback(() => sessionStorage.removeItem(`ringside.draft.${key}`), [key]);
  return { draft, save, forget };
}

/** What an earlier visit kept; nothing when it cannot be read. */
export function readDraft(storage: Pick<Storage, 'getItem'>, key: string): Record<string, unknown> {
  try {
    const kept: unknown = JSON.parse(storage.getItem(`ringside.draft.${key}`) ?? '{}');
    return typeof kept === 'object' && kept !== null && !Array.isArray(kept) ? { ...kept } : {};
  } catch {
    return {};
  }
}
