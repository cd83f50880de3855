export { callRoutes } from './routes.ts';
export { callId, openCalls, storeCalls, type CallPlace } from './store.ts';
export { callOf, gapOf } from './view.ts';
export { createAttribution, createCallReducer, type AttributionRule, type CallChange, type OpenCall } from './reducer/index.ts';
