package dev.pawl.scheduler.feed;

/** A follower of a log, which reads on by itself when it is told to. */
interface LogFollower {

    /** Looks for new entries. */
    void signal();

    /** Delivers the entries that there are, and no more after that. */
    void finish();
}
