import type { FormItem } from '../../../contract/connector-form.ts';
import type { ConnectorDescriptor } from '../connector.ts';
import { SkeletonSettings } from './settings.ts';

const plain = {
  help: null,
  placeholder: null,
  required: true,
  default: null,
  options: [],
  when: null,
  advanced: false,
} satisfies Partial<FormItem>;

export const descriptor: ConnectorDescriptor<SkeletonSettings> = {
  // The folder bears this name.
  id: 'skeleton',
  name: 'Skeleton',
  summary: { en: 'A made-up phone system.', es: 'Una centralita inventada.' },
  capabilities: ['liveCalls', 'directory', 'directoryEmail'],
  form: [
    { ...plain, key: 'host', kind: 'text', label: { en: 'Host', es: 'Servidor' }, placeholder: 'pbx.example.com' },
    { ...plain, key: 'port', kind: 'number', label: { en: 'Port', es: 'Puerto' }, default: 7_000 },
    { ...plain, key: 'username', kind: 'text', label: { en: 'User', es: 'Usuario' } },
    { ...plain, key: 'secret', kind: 'secret', label: { en: 'Password', es: 'Contraseña' } },
  ],
  attribution: [
    {
      by: 'all',
      label: { en: 'The whole PBX', es: 'Toda la centralita' },
      help: { en: 'Everything on this PBX belongs to the customer.', es: 'Todo lo que hay en esta centralita pertenece al cliente.' },
      placeholder: null,
    },
  ],
  setup: null,
  monitorsSubAccounts: false,
  settings: SkeletonSettings,
  secrets: ['secret'],
  identity: ({ host, port, username }) => `${host.toLowerCase()}:${port}:${username}`,
};
