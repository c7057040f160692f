package dev.pawl.deploy;

import dev.pawl.api.catalog.Deployment;
import dev.pawl.api.problem.ProblemCode;
import dev.pawl.api.problem.ProblemException;
import dev.pawl.api.store.DeploymentStore;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Our records of what is installed, read and written at once: each write is on disk when it returns. */
final class Records {

    /** How many former versions of a bundle one can go back to. */
    static final int KEPT_VERSIONS = 3;

    private final DeploymentStore store;

    Records(DeploymentStore store) {
        this.store = store;
    }

    List<Deployment> current() {
        return store.current();
    }

    Optional<Deployment> ofBundle(String bundle) {
        return current().stream()
                .filter(deployment -> deployment.bundle().equals(bundle))
                .findFirst();
    }

    Optional<Deployment> ofModule(String module) {
        return current().stream().filter(deployment -> deployment.holds(module)).findFirst();
    }

    /** The record of the bundle that holds the module; throws a {@link ProblemException} when there is none. */
    Deployment require(String module) {
        return ofModule(module)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.NO_SUCH_MODULE, "There is no module " + module + " installed here."));
    }

    List<Deployment> former(String bundle) {
        return store.former(bundle);
    }

    void put(Deployment deployment) {
        join(store.put(deployment));
    }

    void remove(String bundle) {
        join(store.remove(bundle));
    }

    /** Forgets all but the latest former versions. */
    void prune(String bundle) {
        join(store.prune(bundle, KEPT_VERSIONS));
    }

    /** The artifacts that an installed bundle uses or could go back to. */
    Set<String> artifacts() {
        Set<String> artifacts = new HashSet<>();
        for (Deployment deployment : current()) {
            artifacts.add(deployment.sha256());
            former(deployment.bundle()).forEach(former -> artifacts.add(former.sha256()));
        }
        return artifacts;
    }

    private static <T> T join(CompletionStage<T> written) {
        try {
            return written.toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ProblemException known) {
                throw known;
            }
            throw new ProblemException(
                    ProblemCode.STORE_UNAVAILABLE, "The deployment could not be recorded: " + e.getCause(), e);
        }
    }
}
