import type { FormItem } from '../../../contract/connector-form.ts';
import type { ConnectorDescriptor } from '../connector.ts';
import { ATTRIBUTION } from './attribution.ts';
import { MANAGER_CONF } from './manager-conf.ts';
import { AsteriskSettings } from './settings.ts';

const plain = {
  help: null,
  placeholder: null,
  required: false,
  default: null,
  options: [],
  when: null,
  advanced: false,
} satisfies Partial<FormItem>;

const FORM: FormItem[] = [
  {
    ...plain,
    key: 'host',
    kind: 'text',
    label: { en: 'Host', es: 'Servidor' },
    help: { en: 'Name or address of the Asterisk server.', es: 'Nombre o dirección del servidor Asterisk.' },
    placeholder: 'pbx.example.com',
    required: true,
  },
  {
    ...plain,
    key: 'port',
    kind: 'number',
    label: { en: 'Manager port', es: 'Puerto del manager' },
    help: { en: '5038, with TLS usually 5039.', es: '5038; con TLS normalmente 5039.' },
    required: true,
    default: 5038,
  },
  {
    ...plain,
    key: 'username',
    kind: 'text',
    label: { en: 'Manager user', es: 'Usuario del manager' },
    help: { en: 'A section of manager.conf with reading rights.', es: 'Una sección de manager.conf con permisos de lectura.' },
    placeholder: 'ringside',
    required: true,
  },
  {
    ...plain,
    key: 'secret',
    kind: 'secret',
    label: { en: 'Secret', es: 'Contraseña' },
    help: { en: 'The line secret = of that section.', es: 'La línea secret = de esa sección.' },
    required: true,
  },
  {
    ...plain,
    key: 'tls',
    kind: 'switch',
    label: { en: 'Encrypt with TLS', es: 'Cifrar con TLS' },
    help: { en: 'Needs tlsenable = yes in manager.conf.', es: 'Requiere tlsenable = yes en manager.conf.' },
    default: false,
  },
  {
    ...plain,
    key: 'ca',
    kind: 'pem',
    label: { en: 'Certificate authority', es: 'Autoridad de certificación' },
    help: {
      en: 'Only when the certificate was signed by an authority of your own.',
      es: 'Solo si el certificado fue firmado por una autoridad propia.',
    },
    when: { key: 'tls', value: true },
    advanced: true,
  },
  {
    ...plain,
    key: 'fingerprint',
    kind: 'text',
    label: { en: 'Certificate fingerprint (SHA-256)', es: 'Huella del certificado (SHA-256)' },
    help: {
      en: 'Accepts this one certificate only; for self-signed ones.',
      es: 'Acepta únicamente este certificado; para certificados autofirmados.',
    },
    placeholder: 'AB:CD:…',
    when: { key: 'tls', value: true },
    advanced: true,
  },
];

export const descriptor: ConnectorDescriptor<AsteriskSettings> = {
  id: 'asterisk',
  name: 'Asterisk',
  summary: {
    en: 'Asterisk 16 or newer by its manager interface, also under FreePBX, Issabel and VitalPBX.',
    es: 'Asterisk 16 o posterior mediante su interfaz manager, también con FreePBX, Issabel y VitalPBX.',
  },
  capabilities: ['liveCalls', 'liveHold', 'queueWaiting', 'agentState', 'pauseReason', 'directory', 'directoryEmail', 'attribution'],
  form: FORM,
  attribution: ATTRIBUTION,
  setup: {
    file: 'manager.conf',
    lines: MANAGER_CONF,
    help: {
      en: 'Add this to manager.conf (FreePBX: manager_custom.conf) and run "manager reload" on the Asterisk console. Put the address that Ringside connects from into permit.',
      es: 'Añada esto a manager.conf (FreePBX: manager_custom.conf) y ejecute "manager reload" en la consola de Asterisk. Escriba en permit la dirección desde la que se conecta Ringside.',
    },
  },
  monitorsSubAccounts: false,
  settings: AsteriskSettings,
  secrets: ['secret'],
  identity: ({ host, port, username }) => `${host.toLowerCase()}:${port}:${username}`,
};
