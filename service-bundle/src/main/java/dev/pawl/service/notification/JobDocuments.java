package dev.pawl.service.notification;

import java.util.Optional;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/** Shows jobs as the API does, to those who are told of them. Safe for use by several threads. */
@ProviderType
public interface JobDocuments {

    /** The JSON in UTF-8 with which the API shows a job to a viewer, without its callbacks; empty when there is no such job. Reads the store. */
    Optional<byte[]> document(UUID job);
}
