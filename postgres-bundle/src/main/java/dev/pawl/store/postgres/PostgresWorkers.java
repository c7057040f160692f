package dev.pawl.store.postgres;

import dev.pawl.service.store.SharedWorkers;
import dev.pawl.store.postgres.worker.SignRows;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The last signs of workers, in the database of a {@link PostgresStore}. */
final class PostgresWorkers implements SharedWorkers {

    private final PostgresStore store;

    PostgresWorkers(PostgresStore store) {
        this.store = store;
    }

    @Override
    public CompletionStage<Void> keep(List<Sign> signs, Duration expiry) {
        long size = signs.stream().mapToLong(sign -> sign.message().length()).sum();
        return store.apart(size, work -> {
                    work.changed();
                    SignRows.keep(work.statements(), signs, work.now(), expiry);
                    return true;
                })
                .thenAccept(kept -> {});
    }

    @Override
    public List<Sign> signs(Duration younger, int most) {
        return store.readers()
                .read(session -> SignRows.signs(session, store.clock().present(), younger, most));
    }

    @Override
    public CompletionStage<Void> tell(String message) {
        if (message.length() > LONGEST_MESSAGE) {
            throw new IllegalArgumentException(
                    "A message has " + message.length() + " characters; it takes " + LONGEST_MESSAGE + " at most.");
        }
        return store.apart(message.length(), work -> {
                    work.tell(message);
                    return true;
                })
                .thenAccept(told -> {});
    }

    @Override
    public void observe(Consumer<String> told) {
        store.news().observe(told);
    }

    @Override
    public CompletionStage<Boolean> forget(String id) {
        return store.apart(1, work -> {
            work.changed();
            return SignRows.forget(work.statements(), id);
        });
    }
}
