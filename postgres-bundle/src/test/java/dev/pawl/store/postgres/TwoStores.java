package dev.pawl.store.postgres;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Two stores, as of two servers, on one empty database for each test. */
final class TwoStores implements BeforeEachCallback, AfterEachCallback {

    PostgresStore first;
    PostgresStore second;

    @Override
    public void beforeEach(ExtensionContext test) throws Exception {
        TestDatabase.empty();
        first = TestDatabase.store();
        second = TestDatabase.store();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        first.close();
        second.close();
    }

    /** The code of the refusal with which a future ends; null when it ends well. */
    static @Nullable ProblemCode refusal(CompletionStage<?> stage) {
        try {
            await(stage);
            return null;
        } catch (ProblemException e) {
            return e.code();
        }
    }

    /** Awaits the answer of a store; throws the exception with which it refuses. */
    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
