package dev.pawl.scheduler;

import dev.pawl.scheduler.run.ModuleThreads;
import dev.pawl.scheduler.run.RunLimits;
import dev.pawl.service.job.Job;
import dev.pawl.service.store.ArtifactStore;
import dev.pawl.service.store.DocumentStore;
import dev.pawl.service.store.JobStore;
import dev.pawl.store.sqlite.SqliteArtifacts;
import dev.pawl.store.sqlite.SqliteDocuments;
import dev.pawl.store.sqlite.SqliteStore;
import dev.pawl.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The real scheduler on a real store in a simulated world: one event happens at a time, and a seed decides which. Time advances when a
 * timer fires, a write reaches the disk when its turn comes, and the process may die before and after every transaction. The same seed
 * produces the same world.
 */
final class Simulation implements SimulatedStore.Listener {

    private static final int SLOTS = 3;
    private static final int MOST_EVENTS = 20_000;
    static final RunLimits LIMITS = new RunLimits(
            Duration.ofMillis(150), Duration.ofMillis(100), Duration.ofMillis(200), SimulatedTimers.NEVER);

    private final Random random;
    private final JobStore realStore;
    private final DocumentStore documents;
    private final ArtifactStore artifacts;
    private final SimulatedModules modules;
    private final Path dir;
    private final SettableClock clock;
    private final SimulatedModel model;
    private final SimulatedClients.Plan plan = new SimulatedClients.Plan();
    private final List<String> events = new ArrayList<>();
    private int deathsLeft;
    private int deaths;
    private int transactions;
    private int dieAt;
    private boolean dieAfter;

    // The parts of the simulated process.
    private SimulatedStore store;
    private SimulatedTimers timers;
    private SimulatedThreads threads;
    private SimulatedBackground background;
    private SchedulerParts parts;
    private SimulatedClients clients;

    Simulation(long seed, SqliteStore realStore, SimulatedModules modules, Path dir, SettableClock clock) {
        this.random = new Random(seed);
        this.realStore = realStore;
        this.documents = new SqliteDocuments(realStore, InstantSource.system());
        this.artifacts = new SqliteArtifacts(realStore);
        this.modules = modules;
        this.dir = dir;
        this.clock = clock;
        this.model = new SimulatedModel(realStore, SLOTS, Map.of("narrow", SimulatedModules.NARROW));
    }

    /** Events of the world, one per line; the same for the same seed. */
    List<String> events() {
        return List.copyOf(events);
    }

    int transactions() {
        return transactions;
    }

    int deaths() {
        return deaths;
    }

    /** Runs the world until all jobs have ended. */
    void run() throws Exception {
        plan.jobsLeft = 2 + random.nextInt(5);
        deathsLeft = random.nextInt(5);
        planDeath();
        live();
        for (int n = 0; !isOver(); n++) {
            if (n > MOST_EVENTS) {
                throw new AssertionError("The world does not end; these jobs are left: " + model.live());
            }
            try {
                happen();
            } catch (SimulatedDeath death) {
                die();
            }
        }
        model.checkEnd(deaths);
        threads.die();
    }

    private void planDeath() {
        dieAt = deathsLeft > 0 ? transactions + 1 + random.nextInt(25) : Integer.MAX_VALUE;
        dieAfter = random.nextBoolean();
        deathsLeft--;
    }

    private boolean isOver() {
        return plan.jobsLeft == 0
                && model.live().isEmpty()
                && !store.hasChanges()
                && threads.live().isEmpty()
                && !background.hasWork();
    }

    private void live() throws Exception {
        while (true) {
            store = new SimulatedStore(realStore, this);
            timers = new SimulatedTimers();
            threads = new SimulatedThreads();
            background = new SimulatedBackground();
            FakeModules here = modules.of(threads, model);
            parts = new SchedulerParts(
                    new SchedulerSettings(SLOTS, LIMITS, dir, "simulated"),
                    store.asJobStore(),
                    documents,
                    artifacts,
                    () -> {
                        throw new AssertionError("A job of the simulation asked for a secret, and none has one.");
                    },
                    clock,
                    here,
                    here,
                    here,
                    Optional::empty,
                    new SchedulerThreads(
                            timers, threads, new ModuleThreads(1).leakedThreads(), background, timers::nanos));
            clients = new SimulatedClients(random, parts, timers, model, plan, events);
            try {
                parts.lifecycle.recover();
                return;
            } catch (SimulatedDeath death) {
                endProcess("dies while it recovers");
                deaths++;
                planDeath();
            }
        }
    }

    private void die() throws Exception {
        endProcess("dies");
        deaths++;
        planDeath();
        live();
    }

    private void endProcess(String how) {
        events.add(how);
        store.die();
        threads.die();
        model.checkAll();
    }

    @Override
    public void before(SimulatedStore.Change change) {
        transactions++;
        if (transactions == dieAt && !dieAfter) {
            throw new SimulatedDeath();
        }
    }

    @Override
    public void onDisk(SimulatedStore.Change change, Object value, List<Job> claimed) {
        events.add(change.method().getName() + " is on disk");
        if (change.method().getName().equals("add")) {
            for (Object job : (List<?>) value) {
                model.added((Job) job);
                plan.ids.add(((Job) job).id());
            }
        }
        Set<UUID> claimedJobs = claimed.stream().map(Job::id).collect(Collectors.toSet());
        model.check(change.write() == null ? null : change.write().run().job(), claimedJobs);
        if (transactions == dieAt) {
            throw new SimulatedDeath();
        }
    }

    @Override
    public void answered(SimulatedStore.Change change, Throwable problem) {
        if (change.write() == null) {
            return;
        }
        for (SimulatedThreads.Actor actor : List.copyOf(threads.live())) {
            boolean its = actor.run().job().id().equals(change.write().run().job())
                    && actor.run().job().state().epoch() == change.write().run().epoch();
            if (its && actor.isWaiting() && (change.isAwaited() || problem != null)) {
                threads.resume(actor);
            }
        }
    }

    private void happen() throws Exception {
        List<Runnable> possible = new ArrayList<>();
        boolean unexpectedMoves = random.nextInt(12) == 0; // abandoned threads are usually stuck and seldom move
        List<SimulatedThreads.Actor> movable = threads.live().stream()
                .filter(actor -> actor.isAtGate() && (unexpectedMoves || !actor.isGivenUp()))
                .filter(actor -> !store.isFailing(
                        actor.run().job().id(), actor.run().job().state().epoch()))
                .toList();
        if (!movable.isEmpty()) {
            SimulatedThreads.Actor actor = movable.get(random.nextInt(movable.size()));
            add(possible, 8, () -> move(actor));
        }
        if (store.hasChanges()) {
            add(possible, 8, this::commit);
        }
        if (timers.isAnySet()) {
            add(possible, 2, this::fireTimer);
        }
        if (background.hasWork()) {
            add(possible, 4, background::doNext);
        }
        add(possible, 2, this::dispatch);
        if (!clients.areSentAway()) {
            clients.addTo(possible);
        }
        if (possible.size() == 2 && movable.isEmpty()) {
            add(possible, 2, this::passTime);
        }
        possible.get(random.nextInt(possible.size())).run();
        if (clients.areSentAway() && parts.runs.all().isEmpty() && !store.hasChanges()) {
            endProcess("has stopped");
            live();
        }
    }

    /** Adds a possible event; its probability grows with its weight. */
    static void add(List<Runnable> possible, int weight, Runnable event) {
        for (int n = 0; n < weight; n++) {
            possible.add(event);
        }
    }

    private void move(SimulatedThreads.Actor actor) {
        events.add("job " + plan.ids.indexOf(actor.run().job().id()) + " moves");
        threads.step(actor);
    }

    private void commit() {
        SimulatedStore.Change next = store.next();
        boolean awaited = next.write() != null
                && threads.live().stream()
                        .anyMatch(actor -> actor.isWaiting()
                                && actor.run()
                                        .job()
                                        .id()
                                        .equals(next.write().run().job()));
        boolean canFail = next.method().getName().equals("add") || (next.write() != null && !awaited);
        if (canFail && random.nextInt(30) == 0) {
            events.add(next.method().getName() + " fails");
            store.failNext();
        } else {
            store.commitNext();
        }
    }

    private void fireTimer() {
        try {
            clock.advance(timers.fireNext());
            events.add("a timer goes off");
        } catch (Exception e) {
            throw new AssertionError("A timer's work failed", e);
        }
    }

    private void dispatch() {
        events.add("dispatch");
        parts.dispatcher.claimAll();
    }

    private void passTime() {
        events.add("time passes");
        timers.pass(Duration.ofSeconds(60));
        clock.advance(Duration.ofSeconds(60));
    }
}
