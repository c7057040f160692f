package dev.pawl.scheduler;

import dev.pawl.base.json.value.Json;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.DocumentStore;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.UUID;

/** Identity of this process among the workers: an id made once and kept with the data, and the name of its host. */
final class WorkerIdentity {

    private static final String OWNER = "pawl:worker";
    private static final String NAME = "self";
    private static final String ID = "id";

    private WorkerIdentity() {}

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
