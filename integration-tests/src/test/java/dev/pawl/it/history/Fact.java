package dev.pawl.it.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * A change of a row that says which version of a bundle servers are to run, or which one a server does.
 *
 * @param committed when it was committed, in microseconds
 * @param owner the server; 0 for rows of none
 * @param sha256 the version; of a roll-out, the one before, empty for none
 * @param modules of a deployment: the ids
 * @param holds of a deployment, whether it is the current one and enabled; of a server, whether it takes jobs of the bundle
 */
record Fact(
        long committed,
        long txid,
        Table table,
        boolean isGone,
        String bundle,
        long owner,
        String sha256,
        Set<String> modules,
        boolean holds) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> TAKES_JOBS = Set.of("SERVING", "PROVING");

    /** The tables. */
    enum Table {
        DEPLOYMENTS,
        SERVER_MODULES,
        ROLL_OUTS,
        ROLL_OUT_STEPS
    }

    Fact {
        modules = Set.copyOf(modules);
    }

    static Fact of(long committed, long txid, String place, String kind, String body) {
        Table table = Table.valueOf(place.toUpperCase(Locale.ROOT));
        try {
            JsonNode row = JSON.readTree(body);
            Set<String> modules = new HashSet<>();
            if (table == Table.DEPLOYMENTS) {
                JSON.readTree(row.get("modules").asText())
                        .forEach(module -> modules.add(module.get("id").asText()));
            }
            return new Fact(
                    committed,
                    txid,
                    table,
                    kind.equals("DELETE"),
                    row.get("bundle").asText(),
                    row.path("owner").asLong(),
                    switch (table) {
                        case DEPLOYMENTS, SERVER_MODULES -> row.get("sha256").asText();
                        case ROLL_OUTS -> row.get("from_sha256").asText("");
                        case ROLL_OUT_STEPS -> "";
                    },
                    modules,
                    switch (table) {
                        case DEPLOYMENTS ->
                            row.get("is_current").asBoolean()
                                    && row.get("enabled").asBoolean();
                        case SERVER_MODULES ->
                            TAKES_JOBS.contains(row.get("state").asText());
                        case ROLL_OUTS, ROLL_OUT_STEPS -> true;
                    });
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(body, e);
        }
    }
}
