import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import type { Me } from '../../../contract/identity.ts';
import { meQuery } from '../../api/session.ts';
import { speak } from '../../ui/language.ts';

/** After a login, however it came about: nothing of somebody else stays, the language is one's own, and on one goes. */
export function useEnter(): (me: Me, next?: string) => Promise<void> {
  const client = useQueryClient();
  const router = useRouter();
  return async (me, next = '/') => {
    client.clear();
    client.setQueryData(meQuery.queryKey, me);
    await speak(me.language);
    router.history.push(next);
  };
}
