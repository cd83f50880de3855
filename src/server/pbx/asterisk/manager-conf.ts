/**
 * What gives live calls, agents and the lists. `system` under write is left out on purpose: it
 * shows more of the phones, but whoever steals such a login can reconfigure the PBX. `{{…}}` are
 * filled in by whoever shows it.
 */
export const MANAGER_CONF = `[{{username}}]
secret = {{secret}}
deny = 0.0.0.0/0.0.0.0
permit = {{permit}}
read = system,call,agent,user,cdr
; reporting,system also shows caller id names, account codes and tenant ids of the phones
write = reporting
writetimeout = 5000
`;

const PLACEHOLDER = 'CHANGE-THIS-SECRET';

/** The lines for one user, with our own address as the PBX sees it. Never the real secret. */
export function managerConf(username: string, localAddress: string | null): string {
  const values: Record<string, string> = { username, secret: PLACEHOLDER, permit: permitLine(localAddress) };
  return MANAGER_CONF.replace(/\{\{(\w+)\}\}/g, (mark, key: string) => values[key] ?? mark);
}

function permitLine(localAddress: string | null): string {
  const address = localAddress?.replace(/^::ffff:/, '') ?? null;
  if (address === null) return 'ADDRESS-OF-RINGSIDE/255.255.255.255';
  return address.includes(':') ? `${address}/128` : `${address}/255.255.255.255`;
}
