package dev.pawl.scheduler.thread;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Knows which threads descend from which run. */
interface DescendantThreads {

    /** The live threads that descend from the run on the calling thread. */
    List<Thread> of(RunAncestry own);

    /** Those of runs that are over. To be asked now and then. */
    Map<Thread, RunAncestry.Ended> leftBehind();

    /** What either knows of. */
    default DescendantThreads and(DescendantThreads other) {
        DescendantThreads one = this;
        return new DescendantThreads() {

            @Override
            public List<Thread> of(RunAncestry own) {
                return Stream.concat(one.of(own).stream(), other.of(own).stream())
                        .toList();
            }

            @Override
            public Map<Thread, RunAncestry.Ended> leftBehind() {
                Map<Thread, RunAncestry.Ended> found = new HashMap<>(one.leftBehind());
                found.putAll(other.leftBehind());
                return found;
            }
        };
    }
}
