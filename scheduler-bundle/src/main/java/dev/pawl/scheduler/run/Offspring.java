package dev.pawl.scheduler.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Knows which threads descend from which run. */
interface Offspring {

    /** The live threads that descend from the run on the calling thread. */
    List<Thread> of(Lineage own);

    /** Those of runs that are over. To be asked now and then. */
    Map<Thread, Lineage.Ended> leftBehind();

    /** What either knows of. */
    default Offspring and(Offspring other) {
        Offspring one = this;
        return new Offspring() {

            @Override
            public List<Thread> of(Lineage own) {
                return Stream.concat(one.of(own).stream(), other.of(own).stream())
                        .toList();
            }

            @Override
            public Map<Thread, Lineage.Ended> leftBehind() {
                Map<Thread, Lineage.Ended> found = new HashMap<>(one.leftBehind());
                found.putAll(other.leftBehind());
                return found;
            }
        };
    }
}
