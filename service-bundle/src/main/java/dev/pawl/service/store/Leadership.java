package dev.pawl.service.store;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The choice of the server that does what one server of a store must do at a time. A server leads in a role for a length of time, which it asks for
 * anew before each step; another one takes over when that is over, or the server is gone. A server whose step fails, or does not end in its time,
 * must not go on as if it led. Threads and futures are as in {@link JobStore}.
 */
@ProviderType
public interface Leadership {

    /**
     * Leads in a role, unless another server does.
     *
     * @param role its name, 1 to 100 characters
     * @param length how long the next step takes at most, by the clock of the store
     * @return the term, which is greater than that of any other server before; empty while another server leads
     */
    CompletionStage<OptionalLong> lead(String role, Duration length);

    /** Ends a term, so that any server may lead; a term that is over already is left alone. */
    CompletionStage<Void> concede(String role, long term);
}
