package dev.pawl.http.resource;

import dev.pawl.api.catalog.Deployer;
import dev.pawl.api.catalog.ModuleCatalog;
import dev.pawl.api.data.Documents;
import dev.pawl.api.job.Scheduler;
import dev.pawl.api.store.DocumentStore;
import dev.pawl.api.store.StoreUpkeep;
import dev.pawl.api.worker.Workers;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;

/** The parts of the product that the handlers call. */
public final class Parts implements AutoCloseable {

    private final Part<Scheduler> scheduler;
    private final Part<Workers> workers;
    private final Part<ModuleCatalog> catalog;
    private final Part<Deployer> deployer;
    private final Part<DocumentStore> records;
    private final Part<Documents> documents;
    private final Part<StoreUpkeep> upkeep;
    private final Part<InstantSource> clock;

    public Parts(BundleContext context) {
        this.scheduler = new Part<>(context, Scheduler.class);
        this.workers = new Part<>(context, Workers.class);
        this.catalog = new Part<>(context, ModuleCatalog.class);
        this.deployer = new Part<>(context, Deployer.class);
        this.records = new Part<>(context, DocumentStore.class);
        this.documents = new Part<>(context, Documents.class);
        this.upkeep = new Part<>(context, StoreUpkeep.class);
        this.clock = new Part<>(context, InstantSource.class);
    }

    public Part<Scheduler> scheduler() {
        return scheduler;
    }

    public Part<Workers> workers() {
        return workers;
    }

    public Part<ModuleCatalog> catalog() {
        return catalog;
    }

    public Part<Deployer> deployer() {
        return deployer;
    }

    /** Where the runtime's own documents are, such as tokens. */
    public Part<DocumentStore> records() {
        return records;
    }

    public Part<Documents> documents() {
        return documents;
    }

    public Part<StoreUpkeep> upkeep() {
        return upkeep;
    }

    public Part<InstantSource> clock() {
        return clock;
    }

    /** How often one of them came or went; another number afterwards says that one did meanwhile. */
    public long moves() {
        return Stream.of(scheduler, workers, catalog, deployer, records, documents, upkeep, clock)
                .mapToLong(Part::moves)
                .sum();
    }

    @Override
    public void close() {
        scheduler.close();
        workers.close();
        catalog.close();
        deployer.close();
        records.close();
        documents.close();
        upkeep.close();
        clock.close();
    }
}
