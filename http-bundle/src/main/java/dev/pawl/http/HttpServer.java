package dev.pawl.http;

import dev.pawl.base.net.Loopback;
import dev.pawl.http.audit.AuditDoor;
import dev.pawl.http.auth.Access;
import dev.pawl.http.auth.HostCheck;
import dev.pawl.http.auth.Issuers;
import dev.pawl.http.auth.OriginCheck;
import dev.pawl.http.auth.Tokens;
import dev.pawl.http.docs.DocRoutes;
import dev.pawl.http.health.BundleChecks;
import dev.pawl.http.health.Health;
import dev.pawl.http.health.HealthRoutes;
import dev.pawl.http.health.HealthSettings;
import dev.pawl.http.health.OwnCheck;
import dev.pawl.http.memory.MemoryBudget;
import dev.pawl.http.metric.HttpMetrics;
import dev.pawl.http.metric.RequestMeasures;
import dev.pawl.http.repeat.RepeatableRequests;
import dev.pawl.http.resource.ArtifactRoutes;
import dev.pawl.http.resource.AuditRoutes;
import dev.pawl.http.resource.BoundCheck;
import dev.pawl.http.resource.DataRoutes;
import dev.pawl.http.resource.DeployRoutes;
import dev.pawl.http.resource.IdentityRoutes;
import dev.pawl.http.resource.IssuerRoutes;
import dev.pawl.http.resource.JobRoutes;
import dev.pawl.http.resource.MetricRoutes;
import dev.pawl.http.resource.ModuleRoutes;
import dev.pawl.http.resource.ProxyRoutes;
import dev.pawl.http.resource.QueueRoutes;
import dev.pawl.http.resource.SecretRoutes;
import dev.pawl.http.resource.Services;
import dev.pawl.http.resource.SessionRoutes;
import dev.pawl.http.resource.ShellRoutes;
import dev.pawl.http.resource.StatusRoutes;
import dev.pawl.http.resource.StoreRoutes;
import dev.pawl.http.resource.TokenRoutes;
import dev.pawl.http.resource.WorkerRoutes;
import dev.pawl.http.route.Route;
import dev.pawl.http.route.RouteTable;
import dev.pawl.http.server.Listener;
import dev.pawl.http.server.SlowReaders;
import dev.pawl.http.session.Sessions;
import dev.pawl.http.stream.FollowerLimit;
import dev.pawl.http.stream.JobWaits;
import dev.pawl.http.stream.LogStreams;
import dev.pawl.http.upload.Uploads;
import dev.pawl.service.metric.MetricSource;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Assembles the API and listens. It answers even while services of the product are missing, and says which. It begins when the {@link
 * DeferredListener} lets it. When the runtime stops, it ends before anything else: it stops accepting connections, then answers the
 * requests that have arrived.
 */
@Component(service = HttpServer.class, immediate = true, enabled = false)
public final class HttpServer {

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    private static final String UNPROTECTED =
            "The server listens on {} WITHOUT TLS: everybody on the way can read the tokens."
                    + " Set PAWL_TLS_CERTIFICATE and PAWL_TLS_KEY (`pawl tls self-signed` makes both), or put a proxy with TLS in"
                    + " front and name it in PAWL_TRUSTED_PROXIES, or listen on PAWL_API_HOST=127.0.0.1";

    /** The time for the requests that are being answered when the server stops; most take milliseconds. */
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(3);

    private final URI url;
    private final Services parts;
    private final Health health;
    private final BundleChecks checks;
    private final @Nullable HealthServer apart;
    private final LogStreams streams;
    private final JobWaits waits;
    private final Listener listener;
    private final Lanes lanes;
    private final AuditDoor audits;
    private final Optional<Tokens> tokens;
    private final BundleContext context;
    private final List<ServiceRegistration<?>> services;
    private final SynchronousBundleListener runtimeEnd = this::ended;
    private final AtomicBoolean open = new AtomicBoolean(true);

    /**
     * Starts the API.
     *
     * @throws IllegalStateException when a setting is wrong, or would leave the server open to other machines
     */
    @Activate
    public HttpServer(BundleContext context, @Reference DeferredListener deferred) throws IOException {
        this.context = context;
        Settings settings = settings(context);
        this.listener = listener(deferred);
        this.lanes = new Lanes(listener.workers());
        this.parts = new Services(context);
        this.health = new Health(parts);
        this.checks = new BundleChecks(context);
        MemoryBudget memory = MemoryBudget.ofHeap();
        var readers = new SlowReaders();
        readers.watch(listener.scheduler());
        var followers = new FollowerLimit();
        this.waits = new JobWaits(parts.scheduler()::get, followers);
        this.streams = new LogStreams(parts.scheduler()::get, memory.ofAKind(), followers);
        Uploads uploads = new Uploads(settings.data().resolve("uploads"));
        uploads.clear();
        Optional<Tokens> tokens = settings.open()
                ? Optional.empty()
                : Optional.of(Tokens.in(settings.data(), parts.records()::find, InstantSource.system()));
        Issuers issuers = new Issuers(parts.verifier()::find, InstantSource.system());
        this.audits = new AuditDoor(parts, lanes.threads(), listener.scheduler());
        var sessions = new Sessions();
        Access access = tokens.map(known -> Access.by(known, issuers, sessions)).orElseGet(Access::open);
        if (settings.open()) {
            LOG.warn("PAWL_AUTH is off: every program and user of this machine may do everything");
        }
        if (!deferred.isProtected() && !Loopback.isReached(settings.host())) {
            LOG.warn(UNPROTECTED, settings.host());
        }
        RouteTable table = table(settings, uploads, tokens, access, sessions);
        RequestMeasures measures = new RequestMeasures(table.routes());
        var api = new ApiHandler(
                table,
                access,
                new HostCheck(settings.host(), settings.origins(), deferred::certificateNames),
                new OriginCheck(settings.origins()),
                memory.ofAKind(),
                readers,
                lanes,
                measures,
                parts::moves,
                new BoundCheck(parts),
                audits);
        listener.open(settings.host(), settings.port(), api, request -> lanes.entrance(table, request));
        tokens.ifPresent(known -> new TokenUpkeep(known, lanes.threads()).begin(listener.scheduler()));
        this.tokens = tokens;
        this.url = listener.url(settings.host());
        this.apart = apart(HealthSettings.read(context::getProperty), settings, access);
        this.services = List.of(
                context.registerService(
                        MetricSource.class, new HttpMetrics(measures, lanes::active, streams, memory), null),
                context.registerService(MetricSource.class, checks, null),
                OwnCheck.register(context, health));
        context.addBundleListener(runtimeEnd);
    }

    /** The address by which programs of this machine reach it, such as {@code http://127.0.0.1:8420}. */
    public URI url() {
        return url;
    }

    @Deactivate
    public void stop() {
        context.removeBundleListener(runtimeEnd);
        services.forEach(ServiceRegistration::unregister);
        checks.close();
        close();
        HealthServer last = apart;
        if (last != null) {
            last.close();
        }
        parts.close();
    }

    private void ended(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == 0) {
            close();
        }
    }

    private void close() {
        if (open.getAndSet(false)) {
            health.drain();
            listener.refuse();
            streams.close();
            waits.close();
            tokens.ifPresent(Tokens::saveUses);
            lanes.awaitAnswers(LAST_ANSWERS);
            audits.close();
            listener.stop();
        }
    }

    private static Listener listener(DeferredListener deferred) {
        try {
            return deferred.listener();
        } catch (IllegalStateException e) { // the component runtime's own log may go nowhere
            LOG.error("The HTTP API does not start: {}", e.getMessage());
            throw e;
        }
    }

    private @Nullable HealthServer apart(HealthSettings own, Settings settings, Access access) throws IOException {
        if (own.port().isEmpty()) {
            return null;
        }
        try {
            return new HealthServer(own, settings, parts, health, checks, access, audits);
        } catch (IOException | RuntimeException e) { // such as a port that is taken
            LOG.error("Port {} for health cannot be opened: {}", own.port().getAsInt(), e.getMessage());
            close();
            throw e;
        }
    }

    private static Settings settings(BundleContext context) throws IOException {
        try {
            Settings settings = Settings.read(context::getProperty);
            if (settings.open() && !Loopback.isReached(settings.host())) {
                throw new IllegalStateException("pawl.auth is off, and " + settings.host()
                        + " can be reached from other machines: set PAWL_AUTH=token.");
            }
            return settings;
        } catch (IllegalStateException e) { // the component runtime's own log may go nowhere
            LOG.error("The HTTP API does not start: {}", e.getMessage());
            throw e;
        }
    }

    private RouteTable table(
            Settings settings, Uploads uploads, Optional<Tokens> tokens, Access access, Sessions sessions) {
        var known = new AtomicReference<List<Route>>(List.of());
        var repeats = new RepeatableRequests(parts.answers()::get, parts.clock()::get);
        List<Route> all = new Routes(
                        new StatusRoutes(parts, settings.version(), settings.effective()),
                        new HealthRoutes(health, checks),
                        new IdentityRoutes(tokens),
                        new TokenRoutes(tokens),
                        new SessionRoutes(parts, access, sessions),
                        new IssuerRoutes(parts, sessions),
                        new SecretRoutes(parts),
                        new ModuleRoutes(parts),
                        new DeployRoutes(parts, uploads, repeats),
                        new JobRoutes(parts, repeats, waits),
                        new ArtifactRoutes(parts),
                        streams,
                        new QueueRoutes(parts, repeats),
                        new WorkerRoutes(parts),
                        new DataRoutes(parts),
                        new StoreRoutes(parts),
                        new AuditRoutes(parts),
                        new ProxyRoutes(parts),
                        new MetricRoutes(parts),
                        new ShellRoutes(parts),
                        new DocRoutes(known::get, settings.version(), parts::modulesKnownTo))
                .all().stream().map(repeats::applied).toList();
        known.set(all); // the documentation describes its own routes too
        return new RouteTable(all);
    }
}
