-- Call data: customer_id first in every key, foreign keys only among themselves.
create table calls (
  customer_id uuid not null,
  id uuid not null,
  link_id uuid not null,
  connection_id uuid not null,
  call_key text not null,
  direction text not null check (direction in ('incoming', 'outgoing', 'internal')),
  from_number text, from_name text, from_user_id uuid, from_queue_id uuid,
  to_number text, to_name text, to_user_id uuid, to_queue_id uuid,
  did text,
  state text not null,
  state_since timestamptz not null,
  started_at timestamptz not null,
  answered_at timestamptz,
  ended_at timestamptz,
  ring_ms integer not null,
  talk_ms integer not null,
  hold_ms integer not null,
  wait_ms integer not null,
  outcome text,
  ended_by text,
  quality text not null check (quality in ('exact', 'partial')),
  closed_reason text,
  -- Queue in which the call waits now.
  waiting_queue_id uuid,
  -- While the call goes on: its segments and legs, and what the reducer needs after a restart. Null once
  -- ended: segments and legs are rows then, written once instead of at every change.
  live jsonb,
  primary key (customer_id, id)
);
create unique index calls_key on calls (customer_id, link_id, call_key);
create index calls_newest on calls (customer_id, started_at desc, id desc);
create index calls_open on calls (customer_id, link_id) where ended_at is null;

create table segments (
  customer_id uuid not null,
  call_id uuid not null,
  index integer not null,
  kind text not null,
  number text, name text, user_id uuid, queue_id uuid,
  started_at timestamptz not null,
  answered_at timestamptz,
  ended_at timestamptz,
  ring_ms integer not null,
  talk_ms integer not null,
  hold_ms integer not null,
  outcome text,
  transfer text,
  consultation boolean not null,
  device text,
  primary key (customer_id, call_id, index),
  foreign key (customer_id, call_id) references calls on delete cascade
);

create table legs (
  customer_id uuid not null,
  call_id uuid not null,
  id text not null,
  segment_index integer not null,
  kind text not null,
  side text not null,
  number text, name text, user_id uuid,
  device text,
  started_at timestamptz not null,
  ringing_at timestamptz,
  answered_at timestamptz,
  ended_at timestamptz,
  ring_ms integer not null,
  talk_ms integer not null,
  hold_ms integer not null,
  failure text,
  cause integer,
  spans jsonb not null,
  primary key (customer_id, call_id, id),
  foreign key (customer_id, call_id) references calls on delete cascade
);

create table agents (
  customer_id uuid not null,
  id uuid not null,
  link_id uuid not null,
  connection_id uuid not null,
  agent text not null,
  name text not null,
  user_id uuid,
  -- Queues the agent is logged in to, as the reducer gave them.
  memberships jsonb not null default '[]',
  primary key (customer_id, id)
);
create unique index agents_key on agents (customer_id, link_id, agent);

create table agent_spans (
  customer_id uuid not null,
  agent_id uuid not null,
  from_at timestamptz not null,
  to_at timestamptz,
  state text not null,
  paused boolean not null,
  reason text,
  queue_id uuid,
  quality text not null check (quality in ('exact', 'inferred', 'partial')),
  closed_reason text,
  primary key (customer_id, agent_id, from_at),
  foreign key (customer_id, agent_id) references agents on delete cascade
);

create unique index agent_spans_open on agent_spans (customer_id, agent_id) where to_at is null;

-- Times that were not watched; `to_at` null while it lasts.
create table gaps (
  customer_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  from_at timestamptz not null,
  to_at timestamptz,
  cause text not null,
  primary key (customer_id, id)
);
create index gaps_newest on gaps (customer_id, from_at desc);

-- Number of the last frame of a customer: raised in the flush, in the order of the commits.
create table live_sequences (
  customer_id uuid primary key,
  seq bigint not null
);
