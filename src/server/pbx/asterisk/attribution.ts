import type { AttributionMethod } from '../../../contract/connector-form.ts';

/** How one Asterisk tells its customers apart, from the simplest. Values are matched against account keys. */
export const ATTRIBUTION: AttributionMethod[] = [
  {
    by: 'all',
    label: { en: 'The whole PBX', es: 'Toda la centralita' },
    help: { en: 'Everything on this PBX belongs to the customer.', es: 'Todo lo que hay en esta centralita pertenece al cliente.' },
    placeholder: null,
  },
  {
    by: 'tenantid',
    label: { en: 'Tenant id', es: 'Identificador de inquilino' },
    help: {
      en: 'tenantid = of the PJSIP endpoints (Asterisk 18.25, 20.10, 21.5, 22 and later).',
      es: 'tenantid = de los endpoints PJSIP (Asterisk 18.25, 20.10, 21.5, 22 y posteriores).',
    },
    placeholder: 'acme',
  },
  {
    by: 'accountcode',
    label: { en: 'Account code', es: 'Código de cuenta' },
    help: { en: 'accountcode = of the phones.', es: 'accountcode = de los teléfonos.' },
    placeholder: 'acme',
  },
  {
    by: 'variable',
    label: { en: 'Channel variable', es: 'Variable de canal' },
    help: {
      en: 'A variable set on the phones (set_var) and listed under channelvars = in manager.conf.',
      es: 'Una variable definida en los teléfonos (set_var) y nombrada en channelvars = de manager.conf.',
    },
    placeholder: 'TENANT=acme',
  },
  {
    by: 'context',
    label: { en: 'Dialplan context', es: 'Contexto del dialplan' },
    help: { en: 'The context in which the phones dial.', es: 'El contexto en el que marcan los teléfonos.' },
    placeholder: 'acme',
  },
  {
    by: 'name',
    label: { en: 'Name pattern', es: 'Patrón de nombre' },
    help: {
      en: 'Names of phones and queues; * stands for anything, several patterns are parted by commas.',
      es: 'Nombres de teléfonos y colas; * representa cualquier texto y los patrones se separan con comas.',
    },
    placeholder: 'PJSIP/acme-*, acme-*',
  },
];
