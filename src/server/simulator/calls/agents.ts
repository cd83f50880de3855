import type { Company, Person } from '../core/company.ts';
import type { Queue } from '../core/queues.ts';
import type { Switch } from '../core/switch.ts';

export type AgentAction = { action: 'login' } | { action: 'logout' } | { action: 'pause'; reason: string } | { action: 'unpause' };

/** An agent acts in all queues that the company's plan names them for. */
export function actAsAgent(pbx: Switch, company: Company, person: Person, action: AgentAction): void {
  for (const queue of queuesOf(pbx, company, person)) {
    switch (action.action) {
      case 'login':
        pbx.queues.login(queue, person);
        break;
      case 'logout':
        pbx.queues.logout(queue, person);
        break;
      case 'pause':
        pbx.queues.setPaused(queue, person, true, action.reason);
        break;
      case 'unpause':
        pbx.queues.setPaused(queue, person, false, '');
        break;
    }
  }
}

function queuesOf(pbx: Switch, company: Company, person: Person): Queue[] {
  return pbx.queues.list.filter((q) => q.company === company && q.plan.agents.includes(person));
}
