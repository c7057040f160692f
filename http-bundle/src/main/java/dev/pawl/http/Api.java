package dev.pawl.http;

import dev.pawl.base.net.Loopback;
import dev.pawl.http.audit.AuditDoor;
import dev.pawl.http.auth.Access;
import dev.pawl.http.auth.HostCheck;
import dev.pawl.http.auth.Issuers;
import dev.pawl.http.auth.OriginCheck;
import dev.pawl.http.auth.Tokens;
import dev.pawl.http.event.EventStreams;
import dev.pawl.http.health.BundleChecks;
import dev.pawl.http.health.Health;
import dev.pawl.http.health.HealthSettings;
import dev.pawl.http.health.OwnCheck;
import dev.pawl.http.memory.MemoryBudget;
import dev.pawl.http.metric.HttpMetrics;
import dev.pawl.http.metric.RequestMeasures;
import dev.pawl.http.proxy.TrustedProxies;
import dev.pawl.http.repeat.RepeatableRequests;
import dev.pawl.http.resource.BoundCheck;
import dev.pawl.http.resource.Services;
import dev.pawl.http.resource.ShownJobs;
import dev.pawl.http.route.RouteTable;
import dev.pawl.http.server.Listener;
import dev.pawl.http.server.SlowReaders;
import dev.pawl.http.session.Sessions;
import dev.pawl.http.stream.FollowerLimit;
import dev.pawl.http.stream.JobWaits;
import dev.pawl.http.stream.LogStreams;
import dev.pawl.http.tls.Tls;
import dev.pawl.http.tls.TlsSettings;
import dev.pawl.http.upload.Uploads;
import dev.pawl.service.event.EventSink;
import dev.pawl.service.metric.MetricSource;
import dev.pawl.service.notification.JobDocuments;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All parts of the API, which it assembles. It answers even while services of the product are missing, and says which. Preparing it needs none
 * of them, so that it can be done while they start.
 */
final class Api {

    private static final Logger LOG = LoggerFactory.getLogger(Api.class);

    private static final String UNPROTECTED =
            "The server listens on {} WITHOUT TLS: everybody on the way can read the tokens."
                    + " Set PAWL_TLS_CERTIFICATE and PAWL_TLS_KEY (`pawl tls self-signed` makes both), or put a proxy with TLS in"
                    + " front and name it in PAWL_TRUSTED_PROXIES, or listen on PAWL_API_HOST=127.0.0.1";

    /** The time for the requests that are being answered when the server stops; most take milliseconds. */
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(3);

    private final Settings settings;
    private final HealthSettings healthSettings;
    private final boolean secured;
    private final Listener listener;
    private final Services parts;
    private final Health health;
    private final BundleChecks checks;
    private final MemoryBudget memory = MemoryBudget.ofHeap();
    private final LogStreams streams;
    private final EventStreams events;
    private final JobWaits waits;
    private final Lanes lanes;
    private final AuditDoor audits;
    private final Optional<Tokens> tokens;
    private final Access access;
    private final RouteTable table;
    private final RequestMeasures measures;
    private final ApiHandler handler;
    private final AtomicBoolean listening = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable HealthServer apart;

    /**
     * Prepares the API, which does not listen yet.
     *
     * @throws IllegalStateException when a setting is wrong, or would leave the server open to other machines
     */
    Api(BundleContext context) throws IOException {
        this.settings = settings(context);
        this.healthSettings = HealthSettings.read(context::getProperty);
        Optional<Tls> tls = tls(context, settings);
        Optional<TrustedProxies> proxies = TrustedProxies.read(context::getProperty);
        this.secured = tls.isPresent() || proxies.isPresent();
        this.listener = new Listener(new JettyErrors(), Lanes.THREADS, settings.connections(), tls, proxies);
        this.lanes = new Lanes(listener.workers());
        this.parts = new Services(context);
        this.health = new Health(parts);
        this.checks = new BundleChecks(context);
        var readers = new SlowReaders();
        var followers = new FollowerLimit(settings.followers());
        this.waits = new JobWaits(parts.scheduler()::get, followers);
        this.streams = new LogStreams(parts.scheduler()::get, memory.ofAKind(), followers);
        this.events = new EventStreams(
                memory.ofAKind(),
                new FollowerLimit(settings.followers()),
                sink -> registered(context, sink),
                InstantSource.system());
        Uploads uploads = new Uploads(settings.data().resolve("uploads"));
        uploads.clear();
        this.tokens = settings.open()
                ? Optional.empty()
                : Optional.of(Tokens.in(settings.data(), parts.records()::find, InstantSource.system()));
        Issuers issuers = new Issuers(parts.verifier()::find, InstantSource.system());
        this.audits = new AuditDoor(parts, lanes.threads(), listener.scheduler());
        var sessions = new Sessions();
        this.access = tokens.map(known -> Access.by(known, issuers, sessions)).orElseGet(Access::open);
        this.table = new Routes(
                        settings,
                        parts,
                        health,
                        checks,
                        tokens,
                        access,
                        sessions,
                        uploads,
                        new RepeatableRequests(parts.answers()::get, parts.clock()::get),
                        waits,
                        streams,
                        events)
                .table();
        this.measures = new RequestMeasures();
        this.handler = new ApiHandler(
                table,
                access,
                new HostCheck(settings.host(), settings.origins(), () -> tls.map(Tls::names)
                        .orElse(Set.of())),
                new OriginCheck(settings.origins()),
                memory.ofAKind(),
                readers,
                lanes,
                measures,
                parts::moves,
                new BoundCheck(parts),
                audits);
        listener.start();
        readers.watch(listener.scheduler());
    }

    /** Listens; returns the address by which programs of this machine reach it, such as {@code http://127.0.0.1:8420}. */
    URI open() throws IOException {
        if (settings.open()) {
            LOG.warn("PAWL_AUTH is off: every program and user of this machine may do everything");
        }
        if (!secured && !Loopback.isReached(settings.host())) {
            LOG.warn(UNPROTECTED, settings.host());
        }
        parts.open();
        listening.set(true);
        listener.open(settings.host(), settings.port(), handler, request -> lanes.entrance(table, request));
        tokens.ifPresent(known -> new TokenUpkeep(known, lanes.threads()).begin(listener.scheduler()));
        openApart();
        return listener.url(settings.host());
    }

    private void openApart() throws IOException {
        if (healthSettings.port().isPresent()) {
            try {
                apart = new HealthServer(healthSettings, settings, parts, health, checks, access, audits);
            } catch (IOException | RuntimeException e) { // such as a port that is taken
                LOG.error(
                        "Port {} for health cannot be opened: {}",
                        healthSettings.port().getAsInt(),
                        e.getMessage());
                throw e;
            }
        }
    }

    /** Registers what it measures, what it shows of jobs, and its health. */
    List<ServiceRegistration<?>> register(BundleContext context) {
        return List.of(
                context.registerService(
                        MetricSource.class, new HttpMetrics(measures, lanes::active, streams, events, memory), null),
                context.registerService(MetricSource.class, checks, null),
                context.registerService(JobDocuments.class, new ShownJobs(parts), null),
                OwnCheck.register(context, health));
    }

    /** Stops accepting connections, then answers the requests that have arrived. Only the listener for health still answers. */
    void drain() {
        if (listening.getAndSet(false)) {
            health.drain();
            listener.refuse();
            streams.close();
            events.close();
            waits.close();
            tokens.ifPresent(Tokens::saveUses);
            lanes.awaitAnswers(LAST_ANSWERS);
            audits.close();
            listener.stop();
        }
    }

    /** Ends all of it; a second call is harmless. */
    void close() {
        drain();
        if (!closed.getAndSet(true)) {
            checks.close();
            HealthServer last = apart;
            if (last != null) {
                last.close();
            }
            parts.close();
            listener.stop();
        }
    }

    /** Offers a sink to those who publish events; returns what takes it back. */
    private static Runnable registered(BundleContext context, EventSink sink) {
        ServiceRegistration<EventSink> registration = context.registerService(EventSink.class, sink, null);
        return () -> {
            try {
                registration.unregister();
            } catch (IllegalStateException e) {
                LOG.debug("The framework took the sink of events back before", e); // with the bundle
            }
        };
    }

    private static Settings settings(BundleContext context) throws IOException {
        Settings settings = Settings.read(context::getProperty);
        if (settings.open() && !Loopback.isReached(settings.host())) {
            throw new IllegalStateException("pawl.auth is off, and " + settings.host()
                    + " can be reached from other machines: set PAWL_AUTH=token.");
        }
        return settings;
    }

    private static Optional<Tls> tls(BundleContext context, Settings settings) {
        Optional<TlsSettings> files = TlsSettings.read(context::getProperty);
        if (files.isPresent()) {
            // Jetty finds the part of HTTP/2 that encodes headers in advance by the thread's class loader.
            Thread.currentThread().setContextClassLoader(Api.class.getClassLoader());
        }
        return files.map(all -> Tls.open(all, settings.data(), InstantSource.system()));
    }
}
