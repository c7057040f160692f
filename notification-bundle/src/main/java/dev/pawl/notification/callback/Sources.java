package dev.pawl.notification.callback;

import dev.pawl.service.notification.CallbackKeys;
import dev.pawl.service.notification.JobDocuments;
import dev.pawl.service.store.DeliveryStore;
import dev.pawl.service.store.JobStore;

/**
 * The services that deliveries ask.
 *
 * @param store keeps the deliveries
 * @param jobs finds a job and the address to tell
 * @param documents shows a job as the receiver gets it
 * @param keys has the keys for signatures
 */
public record Sources(DeliveryStore store, JobStore jobs, JobDocuments documents, CallbackKeys keys) {}
