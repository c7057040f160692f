package dev.pawl.deploy.folder;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The refused jars of the modules folder: each is logged once, and those that depend on others are kept for another try. */
public final class RefusedJars {

    private static final Logger LOG = LoggerFactory.getLogger(RefusedJars.class);

    /** The placeholder for the digest of a file that cannot be read. */
    private static final String NO_DIGEST = "";

    /** The refusals that say more about others than about the jar. */
    private static final Set<ProblemCode> DEPENDENT = Set.of(
            ProblemCode.UNRESOLVED, ProblemCode.MODULE_OWNED, ProblemCode.ROLL_OUT_LIVE, ProblemCode.STORE_UNAVAILABLE);

    private final Map<String, Refused> refused = new HashMap<>();

    /** The digest of a refused jar, and whether it depends on others. */
    private record Refused(String sha256, boolean dependsOnOthers) {}

    /** Adds a file that is not a jar. */
    void addOdd(String name, String why) {
        if (refused.put(name, new Refused(NO_DIGEST, false)) == null) {
            LOG.warn("{} in the modules folder is refused: {}", name, why);
        }
    }

    void add(String name, String sha256, Exception why) {
        boolean dependsOnOthers = why instanceof ProblemException problem && DEPENDENT.contains(problem.code());
        Refused before = refused.put(name, new Refused(sha256, dependsOnOthers));
        if (before == null || !before.sha256().equals(sha256)) {
            LOG.warn("Jar {} of the modules folder is refused: {}", name, reason(why));
        }
    }

    void remove(String name) {
        refused.remove(name);
    }

    /** The names of jars that were refused because of other installed or missing bundles, in order. */
    List<String> dependent() {
        return refused.keySet().stream().filter(this::isDependent).sorted().toList();
    }

    /** Whether another try may succeed. */
    boolean isDependent(String name) {
        Refused jar = refused.get(name);
        return jar != null && jar.dependsOnOthers();
    }

    /** The refusal in words; for a file that cannot be read the exception's message would be only the path. */
    public static String reason(Exception why) {
        if (why instanceof IOException) {
            return "The file cannot be read: " + why;
        }
        return why instanceof ProblemException ? String.valueOf(why.getMessage()) : "It cannot be checked: " + why;
    }
}
