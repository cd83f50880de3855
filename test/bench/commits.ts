/** Tells when a change of a call is committed: a trigger of the bench's own, whose word arrives after the commit. */
import pg from 'pg';
import type { House } from './house.ts';

export interface CommitWatch {
  /** ms from the event's time on the PBX until its row was seen committed. */
  delays: number[];
  close(): Promise<void>;
}

/** @param share of all calls that are watched: 1, or 1 in 256, so that the watching costs nothing */
export async function watchCommits(house: House, share: 'all' | 'some'): Promise<CommitWatch> {
  const chosen = share === 'all' ? 'true' : `substr(new.id::text, 35) = '00'`;
  await house.admin.query(`
    create or replace function bench_told() returns trigger language plpgsql as $$
    begin
      perform pg_notify('bench', (extract(epoch from greatest(new.state_since, new.ended_at)) * 1000)::text);
      return null;
    end $$;
    drop trigger if exists bench_new on calls;
    drop trigger if exists bench_changed on calls;
    create trigger bench_new after insert on calls for each row when (${chosen}) execute function bench_told();
    create trigger bench_changed after update on calls for each row
      when ((new.state, new.state_since) is distinct from (old.state, old.state_since) and ${chosen}) execute function bench_told();`);
  const listener = new pg.Client({ connectionString: house.adminUrl });
  await listener.connect();
  const delays: number[] = [];
  listener.on('notification', ({ payload }) => void delays.push(Date.now() - Number(payload)));
  await listener.query('listen bench');
  return {
    delays,
    async close() {
      await listener.end();
      await house.admin.query('drop trigger bench_new on calls; drop trigger bench_changed on calls;');
    },
  };
}
