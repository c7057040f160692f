package dev.pawl.http.resource;

import dev.pawl.service.access.BearerVerifier;
import dev.pawl.service.access.IssuerSignIn;
import dev.pawl.service.access.Principal;
import dev.pawl.service.access.Role;
import dev.pawl.service.audit.AuditLog;
import dev.pawl.service.catalog.ModuleCatalog;
import dev.pawl.service.catalog.ModuleEntry;
import dev.pawl.service.console.WebConsole;
import dev.pawl.service.data.Documents;
import dev.pawl.service.deploy.Deployer;
import dev.pawl.service.deploy.ModuleSources;
import dev.pawl.service.fetch.ProxyFetch;
import dev.pawl.service.hook.Hooks;
import dev.pawl.service.inbox.CallbackInbox;
import dev.pawl.service.job.JobActions;
import dev.pawl.service.job.JobArtifacts;
import dev.pawl.service.job.JobQueue;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.metric.MetricsPage;
import dev.pawl.service.notification.Callbacks;
import dev.pawl.service.notification.Notifications;
import dev.pawl.service.schedule.Schedules;
import dev.pawl.service.secret.NamedSecrets;
import dev.pawl.service.shell.CommandShell;
import dev.pawl.service.store.DocumentStore;
import dev.pawl.service.store.KeptAnswers;
import dev.pawl.service.store.StoreUpkeep;
import dev.pawl.service.trace.JobTraces;
import dev.pawl.service.worker.Workers;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.BundleContext;

/** The services that the handlers call. */
public final class Services implements AutoCloseable {

    private final List<DynamicService<?>> all = new ArrayList<>();
    private final DynamicService<Scheduler> scheduler;
    private final DynamicService<JobArtifacts> artifacts;
    private final DynamicService<JobActions> actions;
    private final DynamicService<JobQueue> queue;
    private final DynamicService<Workers> workers;
    private final DynamicService<Schedules> schedules;
    private final DynamicService<Callbacks> callbacks;
    private final DynamicService<Hooks> hooks;
    private final DynamicService<CallbackInbox> inbox;
    private final DynamicService<Notifications> notifications;
    private final DynamicService<ModuleCatalog> catalog;
    private final DynamicService<Deployer> deployer;
    private final DynamicService<ModuleSources> sources;
    private final DynamicService<DocumentStore> records;
    private final DynamicService<Documents> documents;
    private final DynamicService<NamedSecrets> secrets;
    private final DynamicService<KeptAnswers> answers;
    private final DynamicService<StoreUpkeep> upkeep;
    private final DynamicService<AuditLog> audit;
    private final DynamicService<ProxyFetch> fetch;
    private final DynamicService<MetricsPage> metrics;
    private final DynamicService<JobTraces> traces;
    private final DynamicService<CommandShell> shell;
    private final DynamicService<BearerVerifier> verifier;
    private final DynamicService<IssuerSignIn> signIn;
    private final DynamicService<WebConsole> console;
    private final DynamicService<InstantSource> clock;

    public Services(BundleContext context) {
        this.scheduler = service(context, Scheduler.class);
        this.artifacts = service(context, JobArtifacts.class);
        this.actions = service(context, JobActions.class);
        this.queue = service(context, JobQueue.class);
        this.workers = service(context, Workers.class);
        this.schedules = service(context, Schedules.class);
        this.callbacks = service(context, Callbacks.class);
        this.hooks = service(context, Hooks.class);
        this.inbox = service(context, CallbackInbox.class);
        this.notifications = service(context, Notifications.class);
        this.catalog = service(context, ModuleCatalog.class);
        this.deployer = service(context, Deployer.class);
        this.sources = service(context, ModuleSources.class);
        this.records = service(context, DocumentStore.class);
        this.documents = service(context, Documents.class);
        this.secrets = service(context, NamedSecrets.class);
        this.answers = service(context, KeptAnswers.class);
        this.upkeep = service(context, StoreUpkeep.class);
        this.audit = service(context, AuditLog.class);
        this.fetch = service(context, ProxyFetch.class);
        this.metrics = service(context, MetricsPage.class);
        this.traces = service(context, JobTraces.class);
        this.shell = service(context, CommandShell.class);
        this.verifier = service(context, BearerVerifier.class);
        this.signIn = service(context, IssuerSignIn.class);
        this.console = service(context, WebConsole.class);
        this.clock = service(context, InstantSource.class);
    }

    public DynamicService<Scheduler> scheduler() {
        return scheduler;
    }

    public DynamicService<JobArtifacts> artifacts() {
        return artifacts;
    }

    public DynamicService<JobActions> actions() {
        return actions;
    }

    public DynamicService<JobQueue> queue() {
        return queue;
    }

    public DynamicService<Workers> workers() {
        return workers;
    }

    public DynamicService<Schedules> schedules() {
        return schedules;
    }

    /** The delivery of callbacks. */
    public DynamicService<Callbacks> callbacks() {
        return callbacks;
    }

    public DynamicService<Hooks> hooks() {
        return hooks;
    }

    /** The inbox of callbacks. */
    public DynamicService<CallbackInbox> inbox() {
        return inbox;
    }

    public DynamicService<Notifications> notifications() {
        return notifications;
    }

    public DynamicService<ModuleCatalog> catalog() {
        return catalog;
    }

    /** The installed modules that a caller may see; none for someone who may not list them, or while they are not known. */
    public List<ModuleEntry> modulesKnownTo(Principal caller) {
        return caller.role().covers(Role.VIEWER)
                ? catalog.find().map(ModuleCatalog::modules).orElse(List.of()).stream()
                        .filter(module -> caller.bounds().includeModule(module.id()))
                        .toList()
                : List.of();
    }

    public DynamicService<Deployer> deployer() {
        return deployer;
    }

    /** The places outside the server from which modules are fetched. */
    public DynamicService<ModuleSources> sources() {
        return sources;
    }

    /** The store of the runtime's own documents, such as tokens. */
    public DynamicService<DocumentStore> records() {
        return records;
    }

    public DynamicService<Documents> documents() {
        return documents;
    }

    /** The secrets that are kept by name. */
    public DynamicService<NamedSecrets> secrets() {
        return secrets;
    }

    /** The answers that are kept for repeated requests. */
    public DynamicService<KeptAnswers> answers() {
        return answers;
    }

    public DynamicService<StoreUpkeep> upkeep() {
        return upkeep;
    }

    public DynamicService<AuditLog> audit() {
        return audit;
    }

    /** The requests through the proxy. */
    public DynamicService<ProxyFetch> fetch() {
        return fetch;
    }

    /** The page of measurements. */
    public DynamicService<MetricsPage> metrics() {
        return metrics;
    }

    /** The export of traces. */
    public DynamicService<JobTraces> traces() {
        return traces;
    }

    /** The shell. */
    public DynamicService<CommandShell> shell() {
        return shell;
    }

    /** The verification of tokens that others issue. */
    public DynamicService<BearerVerifier> verifier() {
        return verifier;
    }

    /** The sign-in of people at an issuer. */
    public DynamicService<IssuerSignIn> signIn() {
        return signIn;
    }

    /** The web console. */
    public DynamicService<WebConsole> console() {
        return console;
    }

    public DynamicService<InstantSource> clock() {
        return clock;
    }

    /** The number of times one of them was registered or unregistered; when it changes, that happened in between. */
    public long moves() {
        long sum = 0;
        for (DynamicService<?> service : all) {
            sum += service.moves();
        }
        return sum;
    }

    /** Begins to follow them; until then each of them is missing. */
    public void open() {
        all.forEach(DynamicService::open);
    }

    @Override
    public void close() {
        all.forEach(DynamicService::close);
    }

    private <T> DynamicService<T> service(BundleContext context, Class<T> type) {
        DynamicService<T> service = new DynamicService<>(context, type);
        all.add(service);
        return service;
    }
}
