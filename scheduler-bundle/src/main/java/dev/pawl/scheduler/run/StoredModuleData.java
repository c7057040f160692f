package dev.pawl.scheduler.run;

import dev.pawl.api.module.ModuleData;
import dev.pawl.base.json.value.Json;
import dev.pawl.scheduler.data.DocumentName;
import dev.pawl.scheduler.schema.ModuleMapper;
import dev.pawl.service.data.Documents;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.DocumentStore;
import dev.pawl.service.store.RunId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A module's documents in the store, under its id, as one run may read and change them. */
final class StoredModuleData implements ModuleData {

    /** Longest time for which a run that is to end waits for the store. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private final DocumentStore documents;
    private final ModuleMapper mapper;
    private final String module;
    private final RunId run;
    private final Runnable requireGoingOn;

    /** @param requireGoingOn throws when the run is to write nothing more */
    StoredModuleData(DocumentStore documents, ModuleMapper mapper, String module, RunId run, Runnable requireGoingOn) {
        this.documents = documents;
        this.mapper = mapper;
        this.module = module;
        this.run = run;
        this.requireGoingOn = requireGoingOn;
    }

    @Override
    public Optional<Map<String, Object>> get(String name) {
        return documents.get(module, checked(name)).map(Json::object);
    }

    @Override
    public void put(String name, Map<String, ?> document) {
        requireGoingOn.run();
        done(documents.put(
                run, module, checked(name), mapper.object("The document " + name, document, Documents.MOST_BYTES)));
    }

    @Override
    public boolean delete(String name) {
        requireGoingOn.run();
        return done(documents.delete(run, module, checked(name)));
    }

    @Override
    public List<String> names() {
        return documents.names(module);
    }

    private static String checked(String name) {
        if (!DocumentName.fits(name)) {
            throw new IllegalArgumentException("A document's name takes " + DocumentName.ACCEPTED + "; this one has "
                    + name.length() + " characters.");
        }
        return name;
    }

    private <T> T done(CompletionStage<T> change) {
        for (Duration waited = LOOK_AGAIN; ; waited = waited.plus(LOOK_AGAIN)) {
            try {
                return Confirmation.await(change, "The change of a document", LOOK_AGAIN);
            } catch (ProblemException e) {
                if (e.code() != ProblemCode.STORE_UNCONFIRMED || waited.compareTo(Confirmation.LONGEST) >= 0) {
                    throw e;
                }
                requireGoingOn.run();
            }
        }
    }
}
