/** Every phone system there is: a new connector is one line here. */
export { asterisk } from './asterisk/connector.ts';
