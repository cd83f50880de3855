import type { Clock } from '../../platform/clock/index.ts';
import { LinkError } from '../connector.ts';
import type { AmiMessage } from './message.ts';

/** Asterisk answered `Response: Error`: forbidden, unknown or not applicable. The link goes on. */
export class ActionRefused extends Error {
  readonly action: string;
  readonly reason: string;

  constructor(action: string, reason: string) {
    super(`${action}: ${reason}`);
    this.action = action;
    this.reason = reason;
  }
}

export interface Answer {
  response: AmiMessage;
  /** Members of a list, without the event that ends it; empty for a plain answer. */
  members: readonly AmiMessage[];
}

/** More than any PBX has of anything: a list that goes on is not one. */
const MAX_MEMBERS = 250_000;

interface Pending {
  action: string;
  response: AmiMessage | null;
  members: AmiMessage[];
  settle: (result: Answer | Error) => void;
}

/**
 * Pairs answers with what was asked, by ActionID alone: events of other sources stand between the
 * members of a list. Ids begin with a mark of this session, because an event can carry the
 * ActionID that some other client of the PBX chose.
 */
export class Requests {
  readonly #clock: Clock;
  readonly #mark: string;
  readonly #pending = new Map<string, Pending>();
  #count = 0;

  constructor(clock: Clock, mark: string) {
    this.#clock = clock;
    this.#mark = mark;
  }

  /** While something is awaited, any event can be a member of its list. */
  get waiting(): boolean {
    return this.#pending.size > 0;
  }

  nextId(): string {
    this.#count++;
    return `${this.#mark}-${this.#count}`;
  }

  /** Rejects with ActionRefused, or with LinkError when no whole answer came in time or the link ended. */
  expect(actionId: string, action: string, timeoutMs: number): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const cancel = this.#clock.after(timeoutMs, () => settle(new LinkError('timeout', `no answer to ${action} within ${timeoutMs} ms`)));
      const settle = (result: Answer | Error): void => {
        cancel();
        this.#pending.delete(actionId);
        if (result instanceof Error) reject(result);
        else resolve(result);
      };
      this.#pending.set(actionId, { action, response: null, members: [], settle });
    });
  }

  /** @returns whether the message was the answer to a request of ours, however late */
  take(message: AmiMessage): boolean {
    const actionId = message.actionId;
    if (actionId === undefined || !actionId.startsWith(this.#mark)) return message.isResponse;
    const pending = this.#pending.get(actionId);
    if (pending === undefined) return true;
    if (message.isResponse) this.#respond(pending, message);
    else if (endsList(message)) this.#complete(pending, message);
    else if (pending.members.length < MAX_MEMBERS) pending.members.push(message);
    else throw new LinkError('protocol', `the list of ${pending.action} does not end`);
    return true;
  }

  fail(error: LinkError): void {
    for (const pending of this.#pending.values()) pending.settle(error);
  }

  #respond(pending: Pending, response: AmiMessage): void {
    if (response.get('Response') === 'Error') {
      const reason = response.get('Message') ?? 'no reason given';
      // An empty list can be told as an error: "No endpoints found", "No active conferences."
      pending.settle(reason.startsWith('No ') ? { response, members: [] } : new ActionRefused(pending.action, reason));
    } else if (beginsList(response)) pending.response = response;
    else pending.settle({ response, members: pending.members });
  }

  #complete(pending: Pending, end: AmiMessage): void {
    if (end.get('EventList') === 'Cancelled') pending.settle(new ActionRefused(pending.action, 'the list was cancelled'));
    else pending.settle({ response: pending.response ?? end, members: pending.members });
  }
}

/** Old versions announce a list by the text alone. */
function beginsList(response: AmiMessage): boolean {
  return response.get('EventList')?.toLowerCase() === 'start' || /\bfollows?\b/i.test(response.get('Message') ?? '');
}

function endsList(message: AmiMessage): boolean {
  const list = message.get('EventList');
  return list === 'Complete' || list === 'Cancelled' || message.name.endsWith('Complete');
}
