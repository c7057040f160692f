package dev.pawl.benchmarks.peer;

/** A scheduler of durable jobs that runs in its caller's process. Safe for submissions from many threads. */
interface Peer extends AutoCloseable {

    /** Creates a peer with the work of each job. */
    interface Maker {
        Peer make(Runnable work) throws Exception;
    }

    /** Submits a job to run at once; returns when it is on disk. */
    void submit();

    /** The number of jobs that have not ended. */
    long left() throws Exception;

    /** Begins no further job. */
    void pause();

    /** Begins jobs again. */
    void resume();

    @Override
    void close();
}
