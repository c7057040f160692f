package dev.pawl.scheduler;

import dev.pawl.launch.JobLogSink;
import dev.pawl.scheduler.catalog.BundleModules;
import dev.pawl.scheduler.catalog.ComponentDiagnosis;
import dev.pawl.scheduler.catalog.ConfigAdminSettings;
import dev.pawl.scheduler.catalog.DeclaredSchemas;
import dev.pawl.scheduler.catalog.Diagnoses;
import dev.pawl.scheduler.catalog.InstallRecords;
import dev.pawl.scheduler.catalog.LiveCatalog;
import dev.pawl.scheduler.catalog.ModuleTracker;
import dev.pawl.scheduler.catalog.ModuleVersion;
import dev.pawl.scheduler.catalog.SettingsMetaTypes;
import dev.pawl.scheduler.catalog.ShownLeaks;
import dev.pawl.scheduler.secret.KeyFingerprint;
import dev.pawl.scheduler.secret.SharedKey;
import dev.pawl.scheduler.secret.Vault;
import dev.pawl.scheduler.trace.TraceReceiver;
import dev.pawl.service.catalog.ModuleCatalog;
import dev.pawl.service.data.TextLimit;
import dev.pawl.service.event.EventSink;
import dev.pawl.service.job.JobActions;
import dev.pawl.service.job.JobArtifacts;
import dev.pawl.service.job.JobQueue;
import dev.pawl.service.job.ModuleDrain;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.metric.MetricSource;
import dev.pawl.service.notification.CallbackKeys;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.ArtifactStore;
import dev.pawl.service.store.DocumentStore;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.SecretStore;
import dev.pawl.service.store.ServerStore;
import dev.pawl.service.worker.Workers;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.SynchronousConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Connects the scheduler with the framework: follows the modules, registers the services, and parks the running jobs when it goes. */
@Component(
        service = {},
        immediate = true)
@Capability(
        namespace = "osgi.service",
        attribute =
                "objectClass:List<String>=\"dev.pawl.service.job.Scheduler,dev.pawl.service.job.JobQueue,dev.pawl.service.job.JobArtifacts,dev.pawl.service.job.JobActions,dev.pawl.service.job.ModuleDrain,dev.pawl.service.notification.CallbackKeys,dev.pawl.service.worker.Workers,dev.pawl.service.catalog.ModuleCatalog\"")
public final class SchedulerComponent {

    private final ComponentDiagnosis diagnosis;
    private final ConfigAdminSettings settings;
    private final InstallRecords records;
    private final ModuleTracker tracker;
    private final SettingsMetaTypes metaTypes;
    private final SchedulerParts parts;
    private final ShownLeaks leaks;
    private final TraceReceiver traces;
    private final CallbackReceiver callbacks;
    private final List<ServiceRegistration<?>> services = new ArrayList<>();

    /** Takes up the modules that are there, resumes interrupted jobs, then registers the services. */
    @Activate
    public SchedulerComponent(
            BundleContext context,
            @Reference JobStore store,
            @Reference DocumentStore documents,
            @Reference ArtifactStore artifacts,
            @Reference ServiceReference<SecretStore> secrets,
            @Reference InstantSource clock) {
        DeclaredSchemas schemas = new DeclaredSchemas();
        diagnosis = new ComponentDiagnosis(context);
        SchedulerSettings own = SchedulerSettings.of(context::getProperty);
        Supplier<SecretStore> secretStore = () -> present(context.getService(secrets)); // most servers never need it
        Vault vault = own.vault(secretStore);
        boolean isShared = Boolean.TRUE.equals(secrets.getProperty(SecretStore.SHARED));
        if (isShared) {
            SharedKey.require(secretStore.get(), vault, own.keys().secrets());
        }
        SchedulerThreads threads = SchedulerThreads.ofThisMachine(own.slots());
        settings = isShared
                ? new ConfigAdminSettings(context, vault, this::wake, documents, threads.background(), threads.timers())
                : new ConfigAdminSettings(context, vault, this::wake);
        records = new InstallRecords(context);
        tracker = new ModuleTracker(context, schemas, diagnosis);
        metaTypes = new SettingsMetaTypes(context);
        BundleModules installed = new BundleModules(context, records, tracker, schemas, diagnosis);
        parts = new SchedulerParts(
                own,
                store,
                documents,
                artifacts,
                secretStore,
                clock,
                tracker,
                installed,
                settings,
                () -> serverStore(context),
                threads);
        if (isShared) {
            parts.callbackKeys.shareWith(new KeyFingerprint(documents, vault));
        }
        leaks = new ShownLeaks(context, holder -> parts.lingering.leaked().shown(holder, TextLimit.MESSAGE));
        traces = new TraceReceiver(context, parts.traces);
        callbacks = new CallbackReceiver(context, parts.callbacks);
        tracker.open(new Modules());
        parts.lifecycle.start();
        register(context, SynchronousConfigurationListener.class, settings);
        Diagnoses diagnoses = new Diagnoses(installed, diagnosis, sources(store));
        register(
                context,
                ModuleCatalog.class,
                new LiveCatalog(
                        installed,
                        settings,
                        parts.controls::isHeld,
                        parts.controls::isPaused,
                        parts.warnings::of,
                        diagnoses::of,
                        diagnoses::leaks));
        register(context, Workers.class, parts.workers);
        register(context, ModuleDrain.class, parts.moduleDrain);
        register(context, JobQueue.class, parts.queue);
        register(context, JobArtifacts.class, parts.artifacts);
        register(context, CallbackKeys.class, parts.callbackKeys);
        register(context, JobActions.class, parts.actions);
        register(context, Scheduler.class, parts.scheduler);
        register(context, JobLogSink.class, parts.jobLog);
        register(context, MetricSource.class, new SchedulerMetrics(parts, installed, own.slots()));
    }

    /** It is asked only when someone wants to see the workers, and is not there where the store belongs to this server. */
    private static Optional<ServerStore> serverStore(BundleContext context) {
        return Optional.ofNullable(context.getServiceReference(ServerStore.class))
                .map(context::getService);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    public void bindEvents(EventSink events) {
        parts.published.bind(events);
    }

    public void unbindEvents(EventSink events) {
        parts.published.unbind(events);
    }

    /** Takes no more jobs and parks those that run. */
    @Deactivate
    public void stop() {
        for (int i = services.size() - 1; i >= 0; i--) {
            services.get(i).unregister();
        }
        parts.lifecycle.close();
        leaks.close();
        callbacks.close();
        traces.close();
        tracker.close();
        metaTypes.close();
        settings.close();
        records.close();
        diagnosis.close();
    }

    private Diagnoses.Sources sources(JobStore store) {
        return new Diagnoses.Sources(
                store::counts,
                bundle -> parts.runs.using(bundle).stream()
                        .map(run -> run.job().id())
                        .toList(),
                parts.lingering.abandoned()::count,
                parts.lingering::of,
                leaks::all);
    }

    private <S> void register(BundleContext context, Class<S> type, S service) {
        services.add(context.registerService(type, service, null));
    }

    private static SecretStore present(@Nullable SecretStore store) {
        if (store == null) {
            throw new ProblemException(ProblemCode.PART_MISSING, "The store of secrets is starting or stopping.");
        }
        return store;
    }

    private void wake() {
        parts.dispatcher.wake();
    }

    private final class Modules implements ModuleTracker.Listener {
        @Override
        public void arrived(ModuleVersion version) {
            parts.secrets.learn(version.id(), version.inputs(), version.settings());
            settings.protect(version.id(), version.settings().secretNames());
            metaTypes.add(version);
            parts.dispatcher.wake();
        }

        @Override
        public void leaving(ModuleVersion version) {
            metaTypes.remove(version);
            parts.drain.leaving(version);
        }
    }
}
