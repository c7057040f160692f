package dev.pawl.http;

import dev.pawl.http.audit.AuditDoor;
import dev.pawl.http.auth.Access;
import dev.pawl.http.auth.HostCheck;
import dev.pawl.http.auth.OriginCheck;
import dev.pawl.http.health.BundleChecks;
import dev.pawl.http.health.Health;
import dev.pawl.http.health.HealthRoutes;
import dev.pawl.http.health.HealthSettings;
import dev.pawl.http.health.HealthWatch;
import dev.pawl.http.memory.MemoryBudget;
import dev.pawl.http.metric.RequestMeasures;
import dev.pawl.http.resource.BoundCheck;
import dev.pawl.http.resource.MetricRoutes;
import dev.pawl.http.resource.Services;
import dev.pawl.http.route.Route;
import dev.pawl.http.route.RouteTable;
import dev.pawl.http.server.HealthListener;
import dev.pawl.http.server.SlowReaders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Assembles what the listener for health answers: the health, told at once, and the measurements when they are asked for. It listens at
 * the API's host, and until the bundle stops: while the server drains it says so.
 */
final class HealthServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HealthServer.class);

    private static final int MEMORY = 4 << 20;

    private final HealthListener listener = new HealthListener(new JettyErrors());

    /** Listens. */
    HealthServer(
            HealthSettings own,
            Settings settings,
            Services parts,
            Health health,
            BundleChecks checks,
            Access access,
            AuditDoor audits)
            throws IOException {
        List<Route> routes =
                new ArrayList<>(new HealthRoutes(new HealthWatch(health, listener.threads()), checks).routes());
        if (own.metrics()) {
            routes.addAll(new MetricRoutes(parts).routes());
        }
        int port = own.port().orElseThrow();
        RouteTable table = RouteTable.of(routes);
        var readers = new SlowReaders();
        var lanes = new Lanes(listener.threads());
        var api = new ApiHandler(
                table,
                access,
                new HostCheck(settings.host(), settings.origins(), Set::of),
                new OriginCheck(settings.origins()),
                new MemoryBudget(MEMORY),
                readers,
                lanes,
                new RequestMeasures(),
                parts::moves,
                new BoundCheck(parts),
                audits);
        listener.open(settings.host(), port, api);
        readers.watch(listener.scheduler());
        LOG.info("Health is answered at port {}{}.", port, own.metrics() ? ", with the measurements" : "");
    }

    @Override
    public void close() {
        listener.stop();
    }
}
