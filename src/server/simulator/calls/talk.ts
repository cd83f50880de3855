import { destroyBridge, hold, leaveBridge, unhold } from '../core/bridging.ts';
import type { Channel } from '../core/channel.ts';
import { personAt, type Person } from '../core/company.ts';
import type { Script } from '../core/script.ts';
import { handOver, type Conversation } from './conversation.ts';
import { park } from './parking.ts';
import type { CallContext } from './ring.ts';
import { attendedTransfer, blindTransfer } from './transfer.ts';

/** What happens in a conversation, one after the other. The inside party holds, transfers and parks; `to` and `by` are extensions. */
export type Act =
  | { act: 'talk'; ms: number }
  | { act: 'hold'; ms: number }
  | { act: 'blindTransfer'; to: string; answersAfterMs: number }
  /** `to` answers, talks with the first for `consultMs`, then takes over. */
  | { act: 'attendedTransfer'; to: string; answersAfterMs: number; consultMs: number }
  | { act: 'park'; by: string; parkedMs: number };

/** Plays the acts, then `endedBy` hangs up. @param caller the channel that began the call, to tell who ended it */
export function* converse(
  call: CallContext,
  talk: Conversation,
  acts: readonly Act[],
  endedBy: 'inside' | 'outside',
  caller: Channel,
): Script<void> {
  for (const act of acts) yield* perform(call, talk, act);
  const first = endedBy === 'inside' ? talk.inside : talk.outside;
  call.facts.endedBy = first === caller ? 'caller' : 'callee';
  endConversation(call, talk, first);
}

function* perform(call: CallContext, talk: Conversation, act: Act): Script<void> {
  const { pbx, facts } = call;
  switch (act.act) {
    case 'talk':
      yield act.ms;
      facts.talkMs += act.ms;
      return;
    case 'hold':
      hold(pbx, talk.inside);
      yield act.ms;
      facts.holdMs += act.ms;
      unhold(pbx, talk.inside);
      return;
    case 'blindTransfer':
      yield* blindTransfer(call, talk, takerFor(call, act.to), act.answersAfterMs);
      return;
    case 'attendedTransfer':
      yield* attendedTransfer(call, talk, takerFor(call, act.to), act.answersAfterMs, act.consultMs);
      return;
    case 'park':
      yield* park(call, talk, takerFor(call, act.by), act.parkedMs);
      return;
  }
}

/** Who has the extension, or a free colleague when that phone is busy by now. */
function takerFor({ pbx, company }: CallContext, extension: string): Person {
  const wanted = personAt(company, extension);
  return pbx.devices.isFree(wanted.device) ? wanted : (company.people.find((p) => pbx.devices.isFree(p.device)) ?? wanted);
}

function endConversation(call: CallContext, talk: Conversation, first: Channel): void {
  const { pbx } = call;
  const other = first === talk.inside ? talk.outside : talk.inside;
  const bridge = first.bridge;
  pbx.hangupRequest(first, talk.queueCall ? null : 16);
  handOver(call, talk, first === talk.inside ? 'agent' : 'caller');
  leaveBridge(pbx, first);
  if (runsDialplan(first)) pbx.softHangup(first, 16);
  leaveBridge(pbx, other);
  if (bridge) destroyBridge(pbx, bridge);
  if (runsDialplan(other)) pbx.softHangup(other, 16);
  pbx.hangup(first, 16);
  pbx.hangup(other, 16);
}

/** A channel that came in by itself walks through the dialplan, one that was dialled does not. */
const runsDialplan = (channel: Channel): boolean => channel.dnid !== '';
