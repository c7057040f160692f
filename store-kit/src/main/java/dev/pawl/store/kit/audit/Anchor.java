package dev.pawl.store.kit.audit;

/**
 * The entry before the first one that is kept.
 *
 * @param number its number; 0 when none was removed
 * @param hash its hash, 64 hexadecimal digits
 */
public record Anchor(long number, String hash) {}
