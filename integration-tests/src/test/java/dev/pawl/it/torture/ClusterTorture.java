package dev.pawl.it.torture;

import dev.pawl.it.cluster.Cluster;
import dev.pawl.it.cluster.Cut;
import dev.pawl.it.history.History;
import dev.pawl.it.history.HistoryCheck;
import dev.pawl.it.history.HistoryLog;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.probe.ProbeModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Keeps the mixed load of the torture on several servers that share one PostgreSQL, while they, their network and the database fail in turn. At
 * the end every job is compared with the model of its request, and the history of all with the rules of histories.
 */
final class ClusterTorture {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LONGEST_WORK = Duration.ofMinutes(10);
    private static final int NEWEST_JOBS = 300;

    private final Path folder;
    private final long seed;
    private final List<String> names;
    private final Consumer<String> diary;
    private final Ledger ledger = new Ledger();
    private final Watcher watcher = new Watcher(ledger);
    private final boolean canCut = Cut.isPossible();
    private final long beganNs = System.nanoTime();
    private Cluster cluster;
    private HistoryLog log;
    private Trails trails;
    private Versions versions;
    private OutsideWorkers workers;
    private ClusterFaults faults;
    private Probes probes;
    private Readers readers;
    private int number;

    /** @param diary receives the progress, one sentence at a time */
    ClusterTorture(Path folder, long seed, int servers, Consumer<String> diary) {
        this.folder = folder;
        this.seed = seed;
        this.names =
                IntStream.rangeClosed(1, servers).mapToObj(n -> "server-" + n).toList();
        this.diary = diary;
        ledger.isOfSeveral();
    }

    /** Runs until there were that many faults. */
    ClusterReport run(int wanted) throws IOException, InterruptedException, SQLException {
        try (Cluster started = new Cluster(folder);
                OutsideWorkers outside = OutsideWorkers.begin(ledger, seed);
                Trails all = Trails.begin(ledger)) {
            cluster = started;
            workers = outside;
            trails = all;
            versions = new Versions(folder, ledger);
            diary.accept("seed " + seed + ", " + names.size() + " servers, "
                    + (canCut ? "networks are cut as well" : "no network can be cut on this machine"));
            begin();
            for (int done = 0; done < wanted; done++) {
                fault(next());
            }
            probes.end();
            faults.end();
            return judge();
        }
    }

    private ClusterFault next() {
        ClusterFault fault = ClusterFault.draw(seed, number++, names.size());
        while (fault.kind().needsNetwork() && !canCut) {
            fault = ClusterFault.draw(seed, number++, names.size());
        }
        return fault;
    }

    private void begin() throws SQLException, IOException {
        cluster.start(names.get(0), Torture.SETTINGS);
        log = new HistoryLog(cluster.database().connections());
        log.begin();
        names.stream().skip(1).forEach(name -> cluster.start(name, Torture.SETTINGS));
        Api api = server(0).api();
        ledger.tellsTo(trails.callbacks().url());
        api.upload(ModuleJar.of(ProbeModule.class, "1.0.0", folder), "").expect(200);
        versions.install(api);
        trails.hooks().begin(api, trails.callbacks().url());
        awaitModules();
        trails.schedules().begin(api);
        faults = new ClusterFaults(cluster, names, log, versions, ledger, trails.hooks());
        readers = new Readers(cluster, names, ledger);
        probes = new Probes(cluster, names, folder, ledger, readers);
        serveWorkers();
    }

    private Server server(int at) {
        return cluster.servers().get(names.get(at));
    }

    private void awaitModules() {
        for (String name : names) {
            Eventually.eventually("the modules are at " + name, PATIENCE, () -> {
                Api api = cluster.servers().get(name).api();
                return isReady(api, "probe") && isReady(api, Kind.HERE);
            });
        }
    }

    private static boolean isReady(Api api, String module) {
        Api.Answer answer = api.get("/modules/" + module);
        return answer.status() == 200 && answer.body().get("state").asText().equals("ready");
    }

    /** External workers ask one server at a time, and another one after each fault. */
    private void serveWorkers() throws IOException {
        String name = names.get(number % names.size());
        workers.serve(WorkerApi.of(cluster.servers().get(name).url(), cluster.data(name)));
    }

    private void fault(ClusterFault fault) throws IOException, InterruptedException, SQLException {
        Ordeal.sleep(fault.afterMs());
        diary.accept(seconds() + " s, " + ledger.all().size() + " requests: " + fault + said());
        faults.cause(fault);
        serveWorkers();
        probes.awaitMore(fault.toString());
        look(server(fault.server()).api());
    }

    private String said() {
        List<String> violations = ledger.violations();
        return violations.isEmpty()
                ? ""
                : "; " + violations.size() + " violations "
                        + violations.stream().limit(3).toList();
    }

    private long seconds() {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beganNs);
    }

    /** Compares what can be seen of a server with what was seen of any before. */
    private void look(Api api) {
        Eventually.eventually("a server tells its jobs", PATIENCE, () -> {
            try {
                trails.look(api);
                watcher.look(api, NEWEST_JOBS);
                return true;
            } catch (UncheckedIOException | AssertionError notYet) {
                return false;
            }
        });
    }

    private ClusterReport judge() throws IOException, InterruptedException, SQLException {
        Server last = server(0);
        Api api = last.api();
        awaitModules();
        names.forEach(name -> versions.judge(cluster.servers().get(name).api()));
        trails.schedules().end(api);
        trails.hooks().end(last.url());
        workers.beReliable(true);
        try {
            Eventually.eventually("the end of all work", LONGEST_WORK, () -> isIdle(api));
        } catch (AssertionError late) { // what has ended is judged all the same
            ledger.violation(late.getMessage() + "; " + Load.waiting(api) + " jobs wait");
        }
        History history = log.read();
        Map<UUID, Instant> added = history.added();
        Audit audit = new Audit(
                api,
                ledger,
                watcher,
                trails,
                Probes::isOne,
                job -> added.getOrDefault(UUID.fromString(job.get("id").asText()), Audit.requested(job)));
        audit.judge();
        readers.judge(api, history);
        HistoryCheck check = new HistoryCheck(history, probes.told(api, faults.late()), Map.of());
        check.violations().forEach(violation -> ledger.violation(violation.toString()));
        for (String name : names) {
            Server server = cluster.servers().get(name);
            if (server.terminate() != 0) {
                ledger.violation(name + " did not end with 0");
            }
            ServerLogs.judge(cluster.data(name), server.said(), ledger);
        }
        return new ClusterReport(
                seed,
                faults.counts(),
                audit.outcomes(),
                audit.wornOut(),
                probes.size(),
                ledger.unansweredCount(),
                ledger.leases().counts(),
                check.runs() + " runs, " + check.takenRuns() + " of them taken from their server, "
                        + history.moves().size() + " moves",
                check.lateEffects(),
                trails.audit().verified(),
                trails.schedules().dueTimes(),
                trails.hooks().deliveries() + " deliveries to a hook; "
                        + trails.callbacks().told(),
                faults.takeovers(history, true),
                faults.takeovers(history, false),
                faults.outages(history),
                readers.toString(),
                seconds(),
                ledger.violations());
    }

    private static boolean isIdle(Api api) {
        return Load.waiting(api) == 0
                && api.get("/jobs?status=running").expect(200).get("jobs").isEmpty();
    }
}
