import type { QueryClient } from '@tanstack/react-query';

/** Templates changed: every list of them is asked for again. */
export function templatesChanged(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ queryKey: ['pbx-templates'] });
}
