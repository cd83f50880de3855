import type { Channel } from '../core/channel.ts';
import { completeQueueCall, type QueueCall } from './queue.ts';
import type { CallContext } from './ring.ts';

/** Two who talk. `inside` is the one with the phone of ours that acts. */
export interface Conversation {
  inside: Channel;
  outside: Channel;
  /** Present until the agent has handed the call on. */
  queueCall: QueueCall | null;
}

/** The queue's part of the call is over. */
export function handOver(call: CallContext, talk: Conversation, reason: 'caller' | 'agent' | 'transfer'): void {
  if (talk.queueCall) completeQueueCall(call, talk.queueCall, talk.outside, talk.inside, reason);
  talk.queueCall = null;
}
