/** The workflows of the `requests` queue, as the worker bundles them. */
export { inboundWorkflow } from './inbound.ts';
export { pageWorkflow } from './page.ts';
export { requestWorkflow } from './request.ts';
