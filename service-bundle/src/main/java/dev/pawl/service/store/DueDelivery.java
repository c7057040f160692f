package dev.pawl.service.store;

import dev.pawl.service.job.CallbackEvent;
import java.util.UUID;

/**
 * A delivery whose time has come.
 *
 * @param number its number in the store
 * @param job the job
 * @param event the event
 * @param host the host and port of the callback
 * @param tries the number of its tries, since it was added or requested again
 */
public record DueDelivery(long number, UUID job, CallbackEvent event, String host, int tries) {}
