package dev.pawl.deploy;

import dev.pawl.service.job.JobMove;
import dev.pawl.service.job.JobPage;
import dev.pawl.service.job.Scheduler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A scheduler with one running job for each module, which it always parks; remembers what it was asked. */
public final class RecordingScheduler {

    public static final UUID JOB = UUID.fromString("0b7c9a52-4a3f-4f0e-9d55-3c1f6f0a7a11");

    public final List<String> calls = new CopyOnWriteArrayList<>();
    public volatile Runnable atEachCall = () -> {};

    /** Why it takes no module. */
    public volatile Optional<String> refusal = Optional.empty();

    /** Completes when the test says that the last job of a retired bundle has ended. */
    volatile CompletableFuture<Void> left = new CompletableFuture<>();

    public Scheduler scheduler() {
        return (Scheduler) Proxy.newProxyInstance(
                Scheduler.class.getClassLoader(), new Class<?>[] {Scheduler.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "drain", "release" -> {
                            calls.add(method.getName() + " " + arguments[0]);
                            atEachCall.run();
                            return method.getName().equals("drain")
                                    ? List.of(new JobMove(JOB, JobMove.Outcome.PARKED))
                                    : null;
                        }
                        case "retire" -> {
                            calls.add("retire");
                            return left;
                        }
                        case "reinstate" -> {
                            calls.add("reinstate");
                            return null;
                        }
                        case "refusal" -> {
                            return refusal;
                        }
                        case "runningJobs" -> {
                            return List.of(JOB);
                        }
                        case "jobs" -> {
                            return new JobPage<>(List.of(), null);
                        }
                        case "equals" -> {
                            return proxy == arguments[0];
                        }
                        case "hashCode" -> {
                            return System.identityHashCode(proxy);
                        }
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                });
    }
}
