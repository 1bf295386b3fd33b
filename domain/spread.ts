/**
 * Spreading a request over hours: when each person's first attempt is planned, so that agents and web pages get an
 * even stream. Pure: it knows intervals in which calling is allowed and how many people are left, nothing else.
 */

/** How a request's first attempts are laid over the hours at present. Kept with the request. */
export interface SpreadPlan {
  /** Version of this plan, from 1: it changes whenever people are planned anew. */
  version: number;
  /** The policy under which it was made. */
  policyVersion: number;
  /** Unix ms: when it was made, and when its last person is planned. */
  from: number;
  until: number;
  /** Open time the people are laid over, ms of the account's own hours. */
  openMs: number;
  /** People planned by it: those not attempted before. */
  people: number;
  /** The end time of the request it reckons with, Unix ms. */
  endsAt?: number;
  /** Unix ms: since then nothing was called, by a pause or an outage. The rest is laid out anew. */
  stoppedAt?: number;
}
