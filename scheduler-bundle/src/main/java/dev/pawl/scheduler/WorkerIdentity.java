package dev.pawl.scheduler;

import dev.pawl.base.file.DurableFile;
import dev.pawl.base.json.value.Json;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.DocumentStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/**
 * Identity of this process among the workers: an id made once, and the name of its host. The id is kept with the data; where several servers
 * share a store, in the file {@value #FILE} of the data folder, which each has for itself.
 */
final class WorkerIdentity {

    private static final String OWNER = "pawl:worker";
    private static final String NAME = "self";
    private static final String ID = "id";

    private static final String FILE = "worker.id";

    private WorkerIdentity() {}

    /** The id among servers that share a store. */
    static String id(Path dataDir) {
        Path file = dataDir.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(dataDir);
                DurableFile.createForOwner(file, UUID.randomUUID() + "\n");
                DurableFile.forceNames(dataDir);
            }
            return UUID.fromString(Files.readString(file).strip()).toString();
        } catch (IOException | IllegalArgumentException e) {
            throw new ProblemException(
                    ProblemCode.STORE_UNAVAILABLE,
                    "The id of this server in " + file + " cannot be read or made (" + e
                            + "). Let this user read it, or delete it, and a new one is made.",
                    e);
        }
    }

    /** The id of the only process that has the data. */
    static String id(DocumentStore documents) {
        Object kept = documents
                .get(OWNER, NAME)
                .map(Json::object)
                .map(document -> document.get(ID))
                .orElse(null);
        if (kept instanceof String id) {
            return id;
        }
        String made = UUID.randomUUID().toString();
        Confirmation.await(documents.put(OWNER, NAME, Json.text(Map.of(ID, made))), "The id of this worker");
        return made;
    }

    static String hostname() {
        String named = System.getenv("HOSTNAME");
        if (named != null && !named.isBlank()) {
            return named;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
