package dev.pawl.service.store;

/**
 * The sequence numbers that a write was given.
 *
 * @param firstLine the sequence number of its first line; the next free one when it had none
 * @param firstResult the sequence number of its first result; the next free one when it had none
 */
public record Written(long firstLine, long firstResult) {}
