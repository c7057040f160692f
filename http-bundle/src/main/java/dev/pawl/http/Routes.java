package dev.pawl.http;

import dev.pawl.http.auth.Access;
import dev.pawl.http.auth.Tokens;
import dev.pawl.http.docs.DocRoutes;
import dev.pawl.http.event.EventRoutes;
import dev.pawl.http.event.EventStreams;
import dev.pawl.http.health.BundleChecks;
import dev.pawl.http.health.Health;
import dev.pawl.http.health.HealthRoutes;
import dev.pawl.http.manual.ManualRoutes;
import dev.pawl.http.repeat.RepeatableRequests;
import dev.pawl.http.resource.ActionRoutes;
import dev.pawl.http.resource.ArtifactRoutes;
import dev.pawl.http.resource.AuditRoutes;
import dev.pawl.http.resource.CallbackRoutes;
import dev.pawl.http.resource.ConsoleRoutes;
import dev.pawl.http.resource.DataRoutes;
import dev.pawl.http.resource.DeployRoutes;
import dev.pawl.http.resource.HookRoutes;
import dev.pawl.http.resource.IdentityRoutes;
import dev.pawl.http.resource.InboxRoutes;
import dev.pawl.http.resource.IssuerRoutes;
import dev.pawl.http.resource.JobRoutes;
import dev.pawl.http.resource.MetricRoutes;
import dev.pawl.http.resource.ModuleRoutes;
import dev.pawl.http.resource.NotificationRoutes;
import dev.pawl.http.resource.ProxyRoutes;
import dev.pawl.http.resource.QueueRoutes;
import dev.pawl.http.resource.ScheduleRoutes;
import dev.pawl.http.resource.SecretRoutes;
import dev.pawl.http.resource.Services;
import dev.pawl.http.resource.SessionRoutes;
import dev.pawl.http.resource.ShellRoutes;
import dev.pawl.http.resource.StatsRoutes;
import dev.pawl.http.resource.StatusRoutes;
import dev.pawl.http.resource.StoreRoutes;
import dev.pawl.http.resource.TokenRoutes;
import dev.pawl.http.resource.WorkerRoutes;
import dev.pawl.http.route.LazyRoutes;
import dev.pawl.http.route.Route;
import dev.pawl.http.route.RouteTable;
import dev.pawl.http.session.Sessions;
import dev.pawl.http.stream.JobWaits;
import dev.pawl.http.stream.LogStreams;
import dev.pawl.http.upload.Uploads;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All routes, in the order of the documentation. They dispatch, authorise and document the API. The routes themselves are declared by the
 * classes that answer them, of which a server loads those that it is asked for.
 */
record Routes(
        Settings settings,
        Services parts,
        Health health,
        BundleChecks checks,
        Optional<Tokens> tokens,
        Access access,
        Sessions sessions,
        Uploads uploads,
        RepeatableRequests repeats,
        JobWaits waits,
        LogStreams streams,
        EventStreams events) {

    /** The parts of the API, with the beginnings of their paths up to the second slash. */
    private enum Part {
        STATUS("/status"),
        STATS("/stats"),
        HEALTH("/status"),
        IDENTITY("/status"),
        TOKENS("/tokens"),
        SESSIONS("/session"),
        ISSUER("/session"),
        SECRETS("/secrets"),
        MODULES("/modules"),
        DEPLOY("/modules"),
        JOBS("/jobs"),
        CALLBACKS("/jobs"),
        ACTIONS("/jobs"),
        ARTIFACTS("/jobs"),
        STREAMS("/jobs"),
        EVENTS("/events /jobs"),
        QUEUE("/jobs /queue"),
        WORKERS("/workers"),
        SCHEDULES("/schedules"),
        HOOKS("/hooks"),
        INBOX("/callbacks"),
        NOTIFICATIONS("/notifications"),
        DATA("/data"),
        STORE("/store"),
        AUDIT("/audit"),
        PROXY("/proxy-fetch"),
        METRICS("/metrics"),
        SHELL("/shell"),
        CONSOLE("/ /console"),
        MANUAL("/manual"),
        DOCS("/docs /doc /openapi.json");

        private final String paths;

        Part(String paths) {
            this.paths = paths;
        }

        List<String> words() {
            return Stream.of(paths.split(" ", -1))
                    .map(path -> path.substring(1))
                    .toList();
        }
    }

    /** The table of the API, which makes the routes of a part at the first request for it. */
    RouteTable table() {
        return new RouteTable(Arrays.stream(Part.values()).map(this::lazily).toList());
    }

    private LazyRoutes lazily(Part part) {
        return new LazyRoutes(part.words(), () -> of(part));
    }

    private List<Route> of(Part part) {
        return declared(part).stream().map(repeats::applied).toList();
    }

    private List<Route> declared(Part part) {
        return switch (part) {
            case STATUS -> new StatusRoutes(parts, settings.version(), settings.effective()).routes();
            case STATS -> new StatsRoutes(parts).routes();
            case HEALTH -> new HealthRoutes(health, checks).routes();
            case IDENTITY -> new IdentityRoutes(tokens).routes();
            case TOKENS -> new TokenRoutes(tokens).routes();
            case SESSIONS -> new SessionRoutes(parts, access, sessions).routes();
            case ISSUER -> new IssuerRoutes(parts, sessions).routes();
            case SECRETS -> new SecretRoutes(parts).routes();
            case MODULES -> new ModuleRoutes(parts).routes();
            case DEPLOY -> new DeployRoutes(parts, uploads, repeats).routes();
            case JOBS -> new JobRoutes(parts, repeats, waits).routes();
            case CALLBACKS -> new CallbackRoutes(parts).routes();
            case ACTIONS -> new ActionRoutes(parts, repeats).routes();
            case ARTIFACTS -> new ArtifactRoutes(parts).routes();
            case STREAMS -> streams.routes();
            case EVENTS -> new EventRoutes(events, () -> parts.scheduler().get()).routes();
            case QUEUE -> new QueueRoutes(parts, repeats).routes();
            case WORKERS -> new WorkerRoutes(parts).routes();
            case SCHEDULES -> new ScheduleRoutes(parts).routes();
            case HOOKS -> new HookRoutes(parts, access).routes();
            case INBOX -> new InboxRoutes(parts).routes();
            case NOTIFICATIONS -> new NotificationRoutes(parts).routes();
            case DATA -> new DataRoutes(parts).routes();
            case STORE -> new StoreRoutes(parts).routes();
            case AUDIT -> new AuditRoutes(parts).routes();
            case PROXY -> new ProxyRoutes(parts).routes();
            case METRICS -> new MetricRoutes(parts).routes();
            case SHELL -> new ShellRoutes(parts).routes();
            case CONSOLE -> new ConsoleRoutes(parts, settings.version()).routes();
            case MANUAL -> new ManualRoutes().routes();
            case DOCS ->
                new DocRoutes(() -> table().routes(), settings.version(), caller -> parts.modulesKnownTo(caller))
                        .routes();
        };
    }
}
