package dev.pawl.scheduler;

import dev.pawl.service.job.Job;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.JobConsumer;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;

/**
 * A real store whose changes reach the disk one at a time, when the simulation says so, each as a transaction; the process may die before
 * and after each. Callers wait for claims and for the recovery, so these first commit all changes before them.
 */
final class SimulatedStore implements InvocationHandler {

    private static final Set<String> WAITED_FOR = Set.of("claim", "offer", "recover");

    private final JobStore real;
    private final Listener listener;
    private final Deque<Change> changes = new ConcurrentLinkedDeque<>(); // runs add changes on their own threads
    private final Set<String> failing = new HashSet<>();
    private final List<Job> claimed = new CopyOnWriteArrayList<>(); // by the transaction that is being made
    private volatile JobConsumer consumer;
    private volatile boolean dead;

    /** Listens to the transactions. */
    interface Listener {

        /** The change is about to be made. May throw {@link SimulatedDeath}. */
        void before(Change change);

        /** The change is on disk but not answered yet. May throw {@link SimulatedDeath}. */
        void onDisk(Change change, Object value, List<Job> claimed);

        /** The caller has its answer. */
        void answered(Change change, Throwable problem);
    }

    /** A call that changes something. */
    record Change(Method method, List<Object> arguments, CompletableFuture<Object> promise) {

        /** The write of a run; null for any other change. */
        RunWrite write() {
            return !arguments.isEmpty() && arguments.get(0) instanceof RunWrite write ? write : null;
        }

        /** Whether a run waits for it. */
        boolean isAwaited() {
            RunWrite write = write();
            return write != null && (write.task().checkpoint() != null || write.move() instanceof RunMove.NextTask);
        }
    }

    SimulatedStore(JobStore real, Listener listener) {
        this.real = real;
        this.listener = listener;
    }

    /** The store that the scheduler is given. */
    JobStore asJobStore() {
        return (JobStore)
                Proxy.newProxyInstance(SimulatedStore.class.getClassLoader(), new Class<?>[] {JobStore.class}, this);
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("attach")) {
            consumer = (JobConsumer) arguments[0];
            real.attach(new Claims());
            return null;
        }
        boolean changes = CompletionStage.class.isAssignableFrom(method.getReturnType());
        if (!changes || method.getName().equals("settled")) { // each change is answered before the next
            return InterceptedStore.call(real, method, arguments);
        }
        Change change =
                new Change(method, arguments == null ? List.of() : Arrays.asList(arguments), new CompletableFuture<>());
        if (!dead) { // calls of a dead process have no effect
            this.changes.add(change);
            if (WAITED_FOR.contains(method.getName())) {
                while (!change.promise().isDone()) {
                    commitNext();
                }
            }
        }
        return change.promise();
    }

    /** Whether changes are waiting to be committed. */
    boolean hasChanges() {
        return !changes.isEmpty();
    }

    /** The next change to be committed. */
    Change next() {
        return changes.peek();
    }

    /** Commits the next change and answers it. */
    void commitNext() {
        Change change = changes.element();
        listener.before(change);
        changes.remove();
        Throwable problem = null;
        try {
            Object value = ((CompletionStage<?>) InterceptedStore.call(
                            real, change.method(), change.arguments().toArray()))
                    .toCompletableFuture()
                    .get();
            List<Job> taken = List.copyOf(claimed); // the real store gave them before it answered
            claimed.clear();
            listener.onDisk(change, value, taken);
            clear(change);
            if (!taken.isEmpty()) {
                consumer.take(taken);
            }
            change.promise().complete(value);
        } catch (ExecutionException refused) {
            problem = refused.getCause();
            clear(change);
            change.promise().completeExceptionally(problem);
        } catch (SimulatedDeath death) {
            changes.addFirst(change); // done, but not answered
            throw death;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        listener.answered(change, problem);
    }

    /** Refuses the next change as a store with a full disk does. */
    void failNext() {
        Change change = changes.remove();
        if (change.write() != null) {
            failing.add(key(change.write()));
        }
        change.promise()
                .completeExceptionally(
                        new ProblemException(ProblemCode.STORE_UNAVAILABLE, "The simulated disk is full."));
    }

    /** Whether the run's last write was refused that way. */
    boolean isFailing(UUID job, long epoch) {
        return failing.contains(job + "/" + epoch);
    }

    /** Ends the process: changes that are not on disk are lost. */
    void die() {
        dead = true;
        ProblemException closed = new ProblemException(ProblemCode.SHUTTING_DOWN, "The simulated process died.");
        while (!changes.isEmpty()) {
            changes.remove().promise().completeExceptionally(closed);
        }
    }

    /** Keeps what the store claims until the simulation has seen the transaction; a dead process claims nothing. */
    private final class Claims implements JobConsumer {

        @Override
        public ClaimRequest wanted() {
            return dead ? null : consumer.wanted();
        }

        @Override
        public void take(List<Job> jobs) {
            claimed.addAll(jobs);
        }

        @Override
        public void waited(List<UUID> failed, boolean isTimed) {
            if (!dead) {
                consumer.waited(failed, isTimed);
            }
        }
    }

    private void clear(Change change) {
        if (change.write() != null) {
            failing.remove(key(change.write()));
        }
    }

    private static String key(RunWrite write) {
        return write.run().job() + "/" + write.run().epoch();
    }
}
