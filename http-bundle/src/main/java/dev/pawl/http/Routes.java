package dev.pawl.http;

import dev.pawl.http.docs.DocRoutes;
import dev.pawl.http.event.EventRoutes;
import dev.pawl.http.health.HealthRoutes;
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
import dev.pawl.http.resource.SessionRoutes;
import dev.pawl.http.resource.ShellRoutes;
import dev.pawl.http.resource.StatsRoutes;
import dev.pawl.http.resource.StatusRoutes;
import dev.pawl.http.resource.StoreRoutes;
import dev.pawl.http.resource.TokenRoutes;
import dev.pawl.http.resource.WorkerRoutes;
import dev.pawl.http.route.Route;
import dev.pawl.http.stream.LogStreams;
import java.util.List;
import java.util.stream.Stream;

/**
 * The list of all routes, in the order of the documentation. It dispatches, authorises and documents the API. The routes themselves are
 * declared by the classes that answer them.
 */
record Routes(
        StatusRoutes status,
        StatsRoutes stats,
        HealthRoutes health,
        IdentityRoutes identity,
        TokenRoutes tokens,
        SessionRoutes sessions,
        IssuerRoutes issuer,
        SecretRoutes secrets,
        ModuleRoutes modules,
        DeployRoutes deploy,
        JobRoutes jobs,
        CallbackRoutes callbacks,
        ActionRoutes actions,
        ArtifactRoutes artifacts,
        LogStreams streams,
        EventRoutes events,
        QueueRoutes queue,
        WorkerRoutes workers,
        ScheduleRoutes schedules,
        HookRoutes hooks,
        InboxRoutes inbox,
        NotificationRoutes notifications,
        DataRoutes data,
        StoreRoutes store,
        AuditRoutes audit,
        ProxyRoutes proxy,
        MetricRoutes metrics,
        ShellRoutes shell,
        ConsoleRoutes console,
        DocRoutes docs) {

    List<Route> all() {
        return Stream.of(
                        status.routes(),
                        stats.routes(),
                        health.routes(),
                        identity.routes(),
                        tokens.routes(),
                        sessions.routes(),
                        issuer.routes(),
                        secrets.routes(),
                        modules.routes(),
                        deploy.routes(),
                        jobs.routes(),
                        callbacks.routes(),
                        actions.routes(),
                        artifacts.routes(),
                        streams.routes(),
                        events.routes(),
                        queue.routes(),
                        workers.routes(),
                        schedules.routes(),
                        hooks.routes(),
                        inbox.routes(),
                        notifications.routes(),
                        data.routes(),
                        store.routes(),
                        audit.routes(),
                        proxy.routes(),
                        metrics.routes(),
                        shell.routes(),
                        console.routes(),
                        docs.routes())
                .flatMap(List::stream)
                .toList();
    }
}
