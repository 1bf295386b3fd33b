/** The workflows of the `requests` queue, as the worker bundles them. */
export { pageWorkflow } from './page.ts';
export { requestWorkflow } from './request.ts';
