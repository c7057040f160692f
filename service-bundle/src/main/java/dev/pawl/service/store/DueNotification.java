package dev.pawl.service.store;

import java.util.UUID;

/**
 * A notification whose time has come.
 *
 * @param number its number in the store
 * @param id its id
 * @param rule the name of its rule
 * @param host the host and port of its receiver; empty for mails
 * @param tries the number of its tries
 */
public record DueNotification(long number, UUID id, String rule, String host, int tries) {}
