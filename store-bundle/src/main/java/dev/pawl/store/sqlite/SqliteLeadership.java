package dev.pawl.store.sqlite;

import dev.pawl.service.store.Leadership;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Component;

/** The leadership of the one server that an embedded store has. */
@Component(service = Leadership.class)
public final class SqliteLeadership implements Leadership {

    private static final long ONLY_TERM = 1;

    @Override
    public CompletionStage<OptionalLong> lead(String role, Duration length) {
        return CompletableFuture.completedStage(OptionalLong.of(ONLY_TERM));
    }

    @Override
    public CompletionStage<Void> concede(String role, long term) {
        return CompletableFuture.completedStage(null);
    }
}
