/** How long after its reservation in the ledger an attempt may still be acted upon by whoever reserved it. */

/**
 * Between the reservation and the order to the trunk lies a moment. A worker that was held up longer than
 * this in it (a stopped process, a suspended machine) may already have been taken for dead, so it rings nobody
 * any more; the attempt is reconciled instead. Well under the 15 s of the heartbeat.
 */
export const STALE_RESERVATION_MS = 5_000;

/** Nobody is rung for a reservation after this moment, however long the order was on its way to the trunk. */
export const ringBefore = (reservedAt: Date): Date => new Date(reservedAt.getTime() + STALE_RESERVATION_MS);
