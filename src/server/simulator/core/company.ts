import { createRandom } from './random.ts';

export interface Person {
  extension: string;
  name: string;
  email: string;
  department: string;
  /** Asterisk's device name, `PJSIP/acme-101`. */
  device: string;
  /** `101@acme` */
  mailbox: string;
}

export type QueueStrategy = 'rrmemory' | 'ringall';

export interface QueuePlan {
  /** Unique on the PBX: `acme-sales`. */
  name: string;
  extension: string;
  strategy: QueueStrategy;
  /** Who may log in to it. */
  agents: readonly Person[];
  /** Share of the company's queue calls, the shares of all queues make 1. */
  share: number;
}

/** One tenant of the PBX. Several companies use the same extensions on purpose. */
export interface Company {
  /** Context, accountcode and tenantid alike: `acme`. */
  key: string;
  name: string;
  people: readonly Person[];
  queues: readonly QueuePlan[];
  ringGroup: { extension: string; members: readonly Person[] };
  ivrExtension: string;
  /** What every outside number begins with; two digits follow: `+12125550101` reaches extension 101. */
  didPrefix: string;
}

const DEPARTMENTS: readonly (readonly [string, number])[] = [
  ['Management', 3],
  ['Sales', 6],
  ['Support', 7],
  ['Billing', 4],
  ['Warehouse', 3],
  ['Reception', 2],
];

const FIRST_NAMES =
  'Ana Ben Clara David Elena Felix Grace Hugo Irene Jonas Karla Luis Marta Nadia Oscar Paula Quentin Rosa Simon Teresa Umar Vera Wanda Xavier Yara Zoe Bruno Carmen Diego Eva Frank Gloria'.split(
    ' ',
  );
const LAST_NAMES =
  'Alvarez Becker Castillo Duarte Ek Ferrer Gomez Hansen Ibarra Jensen Keller Lopez Moreno Novak Öst Peters Quiroga Ramos Santos Torres Ulrich Vega Weber Ximenez Young Zapata Brandt Costa Dorn Engel Fuentes Grau'.split(
    ' ',
  );
const COMPANIES: readonly (readonly [string, string, string])[] = [
  ['acme', 'Acme Tools', '+1212'],
  ['globex', 'Globex Travel', '+1312'],
  ['initech', 'Initech Software', '+1415'],
  ['umbra', 'Umbra Insurance', '+1617'],
  ['hooli', 'Hooli Logistics', '+1702'],
  ['stark', 'Stark Energy', '+1808'],
];

/** @param index 0 for the first company on the PBX; its people depend on it and the seed only. */
export function createCompany(index: number, seed: number): Company {
  const [base, name, area] = COMPANIES[index % COMPANIES.length] as (typeof COMPANIES)[number];
  const round = Math.floor(index / COMPANIES.length);
  const key = round === 0 ? base : `${base}${round + 1}`;
  const people = createPeople(key, seed + index);
  const of = (...departments: string[]): Person[] => people.filter((p) => departments.includes(p.department));
  const queue = (short: string, extension: string, strategy: QueueStrategy, share: number, agents: Person[]): QueuePlan => ({
    name: `${key}-${short}`,
    extension,
    strategy,
    agents,
    share,
  });
  return {
    key,
    name: round === 0 ? name : `${name} ${round + 1}`,
    people,
    queues: [
      queue('sales', '660', 'rrmemory', 0.35, of('Sales')),
      queue('support', '661', 'rrmemory', 0.45, of('Support')),
      queue('billing', '662', 'ringall', 0.2, of('Billing')),
    ],
    ringGroup: { extension: '650', members: of('Warehouse') },
    ivrExtension: '600',
    didPrefix: `${area}55501`,
  };
}

/** @throws Error when nobody has the extension */
export function personAt(company: Company, extension: string): Person {
  const person = company.people.find((p) => p.extension === extension);
  if (!person) throw new Error(`nobody at ${company.key} has the extension ${extension}`);
  return person;
}

function createPeople(key: string, seed: number): Person[] {
  const random = createRandom(seed * 7919 + 17);
  const people: Person[] = [];
  const taken = new Set<string>();
  for (const [department, count] of DEPARTMENTS) {
    for (let i = 0; i < count; i++) {
      let name = '';
      do name = `${random.pick(FIRST_NAMES)} ${random.pick(LAST_NAMES)}`;
      while (taken.has(name));
      taken.add(name);
      const extension = String(101 + people.length);
      const local = name
        .normalize('NFD')
        .replaceAll(/[^\w ]/g, '')
        .toLowerCase()
        .replace(' ', '.');
      people.push({
        extension,
        name,
        email: `${local}@${key}.example`,
        department,
        device: `PJSIP/${key}-${extension}`,
        mailbox: `${extension}@${key}`,
      });
    }
  }
  return people;
}
