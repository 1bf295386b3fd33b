/**
 * Zod makes its checks faster by making functions of text, which the page's policy forbids and browsers report. To be
 * imported before anything that makes schemas.
 */
import { config } from 'zod';

config({ jitless: true });
