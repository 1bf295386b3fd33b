/** PostgreSQL's copies of the closed lists in `domain/outcome.ts`. */
import { pgEnum } from 'drizzle-orm/pg-core';
import {
  DIRECTIONS,
  FILE_REJECTIONS,
  FLOW_TYPES,
  MEDIA,
  OUTCOMES,
  REQUEST_STATUSES,
  ROW_RESULTS,
} from '../../domain/outcome.ts';

export const rowResult = pgEnum('row_result', ROW_RESULTS);
export const outcome = pgEnum('outcome', OUTCOMES);
export const requestStatus = pgEnum('request_status', REQUEST_STATUSES);
export const fileRejection = pgEnum('file_rejection', FILE_REJECTIONS);
export const flowType = pgEnum('flow_type', FLOW_TYPES);
export const medium = pgEnum('medium', MEDIA);
export const direction = pgEnum('direction', DIRECTIONS);
