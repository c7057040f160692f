package dev.pawl.http.health;

import dev.pawl.http.answer.HealthJson.Check;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/** The runs of health checks: each check runs on a thread of its own, so that one that hangs keeps no other from running. */
final class CheckRuns implements AutoCloseable {

    static final int MOST = 50;

    private static final Duration IDLE = Duration.ofSeconds(10);

    private final BundleContext context;
    private final AtomicInteger threadNumber = new AtomicInteger();
    private final Map<Object, CheckRun> runs = new ConcurrentHashMap<>();
    private final ExecutorService threads =
            new ThreadPoolExecutor(0, MOST, IDLE.toSeconds(), TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                Thread thread = new Thread(work, "pawl-check-" + threadNumber.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });

    CheckRuns(BundleContext context) {
        this.context = context;
    }

    /** The state of each check; those beyond {@value #MOST} are not run. */
    List<Check> states(List<ServiceReference<?>> checks) {
        runs.keySet().retainAll(checks.stream().map(CheckRuns::id).collect(Collectors.toSet()));
        List<CheckRun> asked = new ArrayList<>();
        for (ServiceReference<?> check : checks.subList(0, Math.min(checks.size(), MOST))) {
            CheckRun run = runs.computeIfAbsent(id(check), id -> new CheckRun(context, check));
            run.begin(threads);
            asked.add(run);
        }
        asked.forEach(CheckRun::awaitMoment);
        List<Check> states = asked.stream().map(CheckRun::state).collect(Collectors.toCollection(ArrayList::new));
        for (ServiceReference<?> check : checks.subList(asked.size(), checks.size())) {
            states.add(CheckRun.named(
                    check, Check.PENDING, List.of("It is not run, since there are more than " + MOST + " checks.")));
        }
        return states;
    }

    private static Object id(ServiceReference<?> check) {
        return check.getProperty(Constants.SERVICE_ID);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
