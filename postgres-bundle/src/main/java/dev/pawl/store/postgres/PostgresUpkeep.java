package dev.pawl.store.postgres;

import dev.pawl.service.job.JobStatus;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.BackupReport;
import dev.pawl.service.store.CheckReport;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.PurgeReport;
import dev.pawl.service.store.PurgeRequest;
import dev.pawl.service.store.StoreUpkeep;
import dev.pawl.store.postgres.news.News;
import dev.pawl.store.postgres.upkeep.GoneServers;
import dev.pawl.store.postgres.upkeep.Purge;
import dev.pawl.store.postgres.upkeep.StoreCheck;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The upkeep of the database of a {@link PostgresStore}, as far as it is not PostgreSQL's own. */
@Component(service = StoreUpkeep.class)
public final class PostgresUpkeep implements StoreUpkeep {

    private static final long PROBE_MS = 3_000;

    private final PostgresStore store;
    private final InstantSource clock;

    /**
     * Takes care of an open store.
     *
     * @param clock the clock of the callers
     */
    @Activate
    public PostgresUpkeep(@Reference PostgresStore store, @Reference InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public PurgeReport purge(PurgeRequest request) {
        if (!request.dryRun()) {
            Confirmation.await(
                    store.apart(1, work -> {
                        work.changed();
                        GoneServers.fold(work.statements());
                        News.removeOfGone(work.statements());
                        return true;
                    }),
                    "The folding of what servers that are gone have left");
        }
        return new Purge(store.readers(), store::purge).run(inStore(request));
    }

    /** The request by the clock of the store. Of the two clocks the earlier one decides: neither removes jobs because it jumped ahead. */
    private PurgeRequest inStore(PurgeRequest request) {
        if (request.isByStore()) {
            return request;
        }
        Instant here = clock.instant();
        Instant there = store.readers().read(session -> store.clock().asked(session, here));
        Duration later = Duration.between(here, there);
        Map<JobStatus, Instant> endedBefore = new EnumMap<>(JobStatus.class);
        request.endedBefore()
                .forEach((status, before) -> endedBefore.put(status, later.isNegative() ? before.plus(later) : before));
        return new PurgeRequest(endedBefore, request.dryRun(), true);
    }

    @Override
    public Optional<Instant> present() {
        return Optional.of(store.clock().present());
    }

    @Override
    public BackupReport backup(Path file, boolean replace) {
        throw new ProblemException(
                ProblemCode.BACKUP_FAILED,
                "The jobs are in " + store.place()
                        + ", which PostgreSQL backs up: pg_dump takes all that servers share,"
                        + " with the jars of modules. Copy the folder config and the keys (secret.key, callback.key) of a data folder too.");
    }

    @Override
    public Optional<String> trouble() {
        if (!store.lease().isHeld()) {
            return Optional.of("This server has not reached " + store.place() + " for "
                    + store.lease().age().toSeconds() + " s, and takes no jobs until it does.");
        }
        if (store.lease().isAway()) {
            return Optional.of("This server does not reach " + store.place() + " at present.");
        }
        if (store.writer().trouble().isPresent()) {
            try { // each transaction leaves a row, so it proves that the store can be written
                store.writer().submit(() -> true).toCompletableFuture().get(PROBE_MS, TimeUnit.MILLISECONDS);
            } catch (ExecutionException | TimeoutException e) {
                return store.writer().trouble().map(ProblemException::getMessage);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return store.writer().trouble().map(ProblemException::getMessage);
    }

    @Override
    public Optional<String> warning() {
        return store.newsTrouble();
    }

    @Override
    public CheckReport check() {
        return store.readers().read(StoreCheck::run);
    }
}
