package dev.pawl.benchmarks.peer;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Gives a peer no-op jobs and prints the time they took, one number per line, or lets others give it jobs. */
final class PeerLoad {

    /** The number of workers, the same as Pawl's default. */
    static final int WORKERS = 16;

    private static final String SERVE = "serve";
    private static final String SERVE_BARE = "serve-bare";
    private static final int SUBMITTERS = 16;
    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private PeerLoad() {}

    /**
     * Measures according to the arguments: the folder of the database or its address, what to measure, and a number. {@code load} prints the seconds that
     * this number of jobs took to end, {@code latency} the nanoseconds from each submission to its work, one job at a time; a quarter as
     * many run first, for warm-up. {@code serve} takes jobs over HTTP at this port until the process is killed; those of {@code serve-bare}
     * store nothing.
     */
    static void measure(String[] arguments, Peer.Maker maker) throws Exception {
        if (arguments[1].equals(SERVE) || arguments[1].equals(SERVE_BARE)) {
            PeerDatabase database = new PeerDatabase(arguments[0]);
            ServedPeer.serve(Integer.parseInt(arguments[2]), database, maker, arguments[1].equals(SERVE));
            return;
        }
        int jobs = Integer.parseInt(arguments[2]);
        SynchronousQueue<Long> begun = new SynchronousQueue<>();
        boolean isLoad = arguments[1].equals("load");
        Runnable work = isLoad ? () -> {} : () -> hand(begun);
        try (Peer peer = maker.make(work)) {
            if (isLoad) {
                load(peer, jobs / 4);
                OUT.println(load(peer, jobs));
            } else {
                for (int n = -jobs / 4; n < jobs; n++) {
                    long submitted = System.nanoTime();
                    peer.submit();
                    long latency = begun.take() - submitted;
                    if (n >= 0) {
                        OUT.println(latency);
                    }
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5)); // lets the peer become idle again
                }
            }
        }
    }

    private static void hand(SynchronousQueue<Long> begun) {
        try {
            begun.put(System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static double load(Peer peer, int jobs) throws Exception {
        long began = System.nanoTime();
        submit(peer, jobs);
        while (peer.left() > 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return (System.nanoTime() - began) / 1e9;
    }

    /** Submits jobs from this process; returns when all are on disk. */
    static void submit(Peer peer, int jobs) throws InterruptedException {
        AtomicInteger left = new AtomicInteger(jobs);
        ExecutorService submitters = Executors.newFixedThreadPool(SUBMITTERS);
        for (int n = 0; n < SUBMITTERS; n++) {
            submitters.execute(() -> {
                while (left.getAndDecrement() > 0) {
                    peer.submit();
                }
            });
        }
        submitters.shutdown();
        submitters.awaitTermination(1, TimeUnit.HOURS);
    }
}
