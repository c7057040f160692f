package dev.pawl.it.modules.thirsty;

import dev.pawl.api.module.InitializationException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Would offer the service that {@link ThirstyModule} needs, and says what to do. */
@Component(
        service = {},
        immediate = true)
public final class EmptyWell {

    /** Fails. */
    @Activate
    public EmptyWell() {
        throw new InitializationException("The well is dry: dig deeper.");
    }
}
