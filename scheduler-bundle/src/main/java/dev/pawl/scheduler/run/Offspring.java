package dev.pawl.scheduler.run;

import java.util.List;
import java.util.Map;

/** Knows which platform threads descend from which run. */
interface Offspring {

    /** The live threads that descend from the run on the calling thread. */
    List<Thread> of(Lineage own);

    /** Those of runs that are over. To be asked now and then. */
    Map<Thread, Lineage.Ended> leftBehind();
}
