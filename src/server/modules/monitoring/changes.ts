/** What a flush tells the live boards, once it is committed. */
export const CHANGES_TOPIC = (customerId: string): string => `changes:${customerId}`;

export interface CustomerChanges {
  /** Number of this change of the customer, without holes, in the order of the commits. */
  seq: number;
  callIds: string[];
  removedCallIds: string[];
  agentIds: string[];
}
