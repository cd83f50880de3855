import { stringify } from 'csv-stringify/sync';
import type { Call } from '../../../contract/calls.ts';
import { contract } from '../../../contract/index.ts';
import { handle, type Binding } from '../../platform/http/context.ts';
import { notFound } from '../../platform/http/fault.ts';
import { decodePosition, encodePosition, listCalls, listGaps, readCall } from './repository.ts';
import { callOf, gapOf } from './view.ts';

const MOST_EXPORTED = 100_000;
const MOST_GAPS = 200;

export function callRoutes(): Binding[] {
  const { calls } = contract;
  return [
    handle(calls.list, async ({ db }, { params, query }) => {
      const rows = await listCalls(
        db,
        params.customerId,
        query,
        query.cursor === undefined ? null : decodePosition(query.cursor),
        query.limit + 1,
      );
      const page = rows.slice(0, query.limit);
      const last = page.at(-1);
      const more = rows.length > query.limit && last !== undefined;
      // The part of time that this page stands for: from its oldest call to its newest (or as asked for).
      const from = more ? last.started_at : query.from === undefined ? null : new Date(query.from);
      const to = query.cursor === undefined ? (query.to === undefined ? null : new Date(query.to)) : (page[0]?.started_at ?? null);
      const gaps = await listGaps(db, params.customerId, from, to, MOST_GAPS);
      return { items: page.map(callOf), next: more ? encodePosition(last) : null, gaps: gaps.map(gapOf) };
    }),
    handle(calls.export, async ({ db }, { params, query }) => {
      const rows = await listCalls(db, params.customerId, query, null, MOST_EXPORTED);
      return stringify(
        rows.map((row) => csvRow(callOf(row))),
        { header: true, escape_formulas: true },
      );
    }),
    handle(calls.get, async ({ db }, { params }) => {
      const detail = await readCall(db, params.customerId, params.callId);
      if (!detail) throw notFound();
      return detail;
    }),
    handle(calls.gaps, async ({ db }, { params }) => ({
      items: (await listGaps(db, params.customerId, null, null, MOST_GAPS)).map(gapOf),
    })),
  ];
}

function csvRow(call: Call): Record<string, string | number> {
  return {
    id: call.id,
    startedAt: call.startedAt,
    answeredAt: call.answeredAt ?? '',
    endedAt: call.endedAt ?? '',
    direction: call.direction,
    fromNumber: call.from.number ?? '',
    fromName: call.from.name ?? '',
    toNumber: call.to.number ?? '',
    toName: call.to.name ?? '',
    did: call.did ?? '',
    outcome: call.outcome ?? '',
    endedBy: call.endedBy ?? '',
    ringSeconds: call.ringMs / 1000,
    talkSeconds: call.talkMs / 1000,
    holdSeconds: call.holdMs / 1000,
    waitSeconds: call.waitMs / 1000,
    quality: call.quality,
  };
}
