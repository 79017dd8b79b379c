/**
 * The queue of a task exchange: submitting, leases, redelivery, dead letters, and how its state
 * is kept in a store behind a seam. Uses exchange and what lies below it.
 */
package io.switchboard.task;
