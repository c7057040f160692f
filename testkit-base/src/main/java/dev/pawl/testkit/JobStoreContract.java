package dev.pawl.testkit;

import dev.pawl.service.store.JobStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract of every job store, as tests. The tests of a store have one subclass, which opens it. */
public abstract class JobStoreContract
        implements AddingContract,
                ClaimContract,
                ConsumerContract,
                ObserverContract,
                RunWriteContract,
                FencingContract,
                RunMoveContract,
                RunListContract,
                RecoveryContract,
                CrashContract,
                JobRemovalContract,
                WaitContract,
                ManyWaitsContract,
                PriorityContract,
                JobReadingContract,
                LogReadingContract,
                WaitingJobsContract,
                MinuteContract,
                JobListContract,
                JobOrderContract {

    private final SettableClock clock = SettableClock.at("2026-03-01T12:00:00Z");
    private @Nullable JobStore store;

    /** Opens the store by {@link #clock()}: empty the first time in a test, with its former contents after that. */
    protected abstract JobStore open() throws Exception;

    /** Closes a store returned by {@link #open}. */
    protected abstract void close(JobStore opened) throws Exception;

    @BeforeEach
    final void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    final void closeStore() throws Exception {
        JobStore opened = store;
        store = null;
        if (opened != null) {
            close(opened);
        }
    }

    @Override
    public final JobStore store() {
        JobStore opened = store;
        if (opened == null) {
            throw new IllegalStateException("The store is not open.");
        }
        return opened;
    }

    @Override
    public final void reopen() throws Exception {
        closeStore();
        openStore();
    }

    @Override
    public final SettableClock clock() {
        return clock;
    }
}
