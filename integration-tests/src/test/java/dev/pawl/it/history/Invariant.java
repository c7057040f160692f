package dev.pawl.it.history;

/** The rules that a history of jobs keeps, whatever happens to servers and their database. docs/cluster.md has the model. */
public enum Invariant {
    /** A job has one row in all tables together, and moves from where it is. */
    ONE_PLACE,
    /** Each claim has the number after that of the run before; no other move changes it. */
    NEXT_EPOCH,
    /** Who writes to a run is the server that has it. */
    FENCE,
    /** A run is taken from its server when the lease of that is over, and not before. */
    LEASE,
    /** Who claims a job has a lease at that moment. */
    CLAIM_HAS_LEASE,
    /** Who claims a job runs, at that moment, the version of its modules that it is to have. */
    CLAIM_IS_SERVED,
    /** An ended job stays ended, with its status. */
    END_STAYS,
    /** A result that a checkpoint made final stays. */
    FINAL_RESULTS_STAY,
    /** No more jobs of a limited module run at once than its limit allows. */
    LIMIT,
    /** A job whose request was answered is there. */
    ACCEPTED_IS_THERE,
    /** An end of which somebody was told is there. */
    TOLD_END_IS_THERE,
    /** A job that was accepted has ended by the time that everything is mended. */
    ALL_END,
    /** An effect is that of a run which was claimed. */
    EFFECT_OF_RUN,
    /** A run has no effect after another server has it, unless its own could not know. */
    NO_LATE_EFFECT,
    /** A step that a checkpoint covers is not run again, and none is run twice in one run. */
    NO_REPEATED_STEP,
    /** A completed job has run each of its steps. */
    EACH_STEP,
    /** A reader of events sees those of a job in their order, each once and none left out. */
    EVENTS_IN_ORDER,
    /** A reader of events sees all that happens after it has begun, also when it connects again. */
    EVENTS_WHOLE,
    /** A reader of the log of a job sees each line once, in order. */
    EACH_LINE
}
