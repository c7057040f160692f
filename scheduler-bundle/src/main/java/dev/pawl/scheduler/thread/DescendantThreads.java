package dev.pawl.scheduler.thread;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Search for the threads that descend from runs. */
interface DescendantThreads {

    /** The live threads that descend from the run on the calling thread. */
    List<Thread> of(RunAncestry own);

    /** The live threads that descend from runs which are over. To be called now and then. */
    Map<Thread, RunAncestry.Ended> leftBehind();

    /** Both searches together. */
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
