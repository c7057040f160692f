package dev.pawl.it.torture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Processes that keep each core busy, as another build on the same machine would. None outlives this process. */
final class BusyCores implements AutoCloseable {

    private static final String SPIN =
            "while kill -0 $PPID 2>/dev/null; do i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done; done";

    private final List<Process> spinning = new ArrayList<>();

    /** Starts one process for each core. */
    static BusyCores all() throws IOException {
        return of(Runtime.getRuntime().availableProcessors());
    }

    /** Starts that number of processes. */
    static BusyCores of(int processes) throws IOException {
        BusyCores busy = new BusyCores();
        for (int n = processes; n > 0; n--) {
            busy.spinning.add(new ProcessBuilder("sh", "-c", SPIN).start());
        }
        return busy;
    }

    /** The number of processes. */
    int count() {
        return spinning.size();
    }

    @Override
    public void close() {
        spinning.forEach(Process::destroyForcibly);
    }
}
