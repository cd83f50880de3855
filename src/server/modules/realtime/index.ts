export { attachLive, type LiveOptions, type LiveServer } from './socket.ts';
