package dev.pawl.it.torture;

import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.chaos.ChaosModule;
import dev.pawl.it.server.Api;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The versions of the module that does the work: it is installed once and updated again and again, but never missing. */
final class Versions {

    private static final List<String> MODES = List.of("move", "now", "finish");

    private final List<Path> jars;
    private final Ledger ledger;
    private final Set<String> possible = ConcurrentHashMap.newKeySet();
    private int next;

    /** Packs the versions into the folder. */
    Versions(Path folder, Ledger ledger) {
        this.ledger = ledger;
        jars = Stream.of("1.0.0", "1.0.1", "1.1.0", "2.0.0")
                .map(version -> ModuleJar.of(ChaosModule.class, version, folder))
                .toList();
    }

    /** Installs the first version. */
    void install(Api api) {
        replace(api, "");
    }

    /** Replaces the current version; a server that dies meanwhile has the old or the new one. */
    void update(Api api) {
        try {
            replace(api, "?mode=" + MODES.get(next % MODES.size()));
        } catch (UncheckedIOException serverDied) {
            // intended
        } catch (RuntimeException | AssertionError e) {
            ledger.violation("an update failed: " + e);
        }
    }

    private void replace(Api api, String query) {
        Path jar = jars.get(next % jars.size());
        next++;
        String version = jar.getFileName().toString().replaceAll(".*-|\\.jar$", "");
        possible.add(version);
        Api.Answer answer = api.upload(jar, query);
        if (answer.status() == 200 || answer.status() == 201) {
            possible.clear();
            possible.add(version);
        } else if (answer.status() != 503
                && !(ledger.isShared() && answer.status() == 409)) { // another one is under way
            ledger.violation("version " + version + " was refused with " + answer);
        }
    }

    /** Checks that the module is there, ready for work, in one of the possible versions. */
    void judge(Api api) {
        Api.Answer answer = api.get("/modules/chaos");
        if (answer.status() != 200
                || !possible.contains(answer.body().get("version").asText())) {
            ledger.violation("the module is " + answer + ", not one of " + possible);
        } else if (!answer.body().get("state").asText().equals("ready")) {
            ledger.violation("the module is not ready: " + answer);
        }
    }
}
