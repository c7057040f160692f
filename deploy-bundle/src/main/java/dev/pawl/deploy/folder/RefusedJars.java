package dev.pawl.deploy.folder;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jars of the modules folder that were refused: each is logged once, and those that depend on others are known for another try. */
public final class RefusedJars {

    private static final Logger LOG = LoggerFactory.getLogger(RefusedJars.class);

    /** In the place of a digest, which what cannot be read has none of. */
    private static final String ODD = "";

    private final Map<String, Refused> refused = new HashMap<>();

    /** Why which jar was refused. */
    private record Refused(String sha256, boolean dependsOnOthers) {}

    /** Adds what is no jar at all. */
    void addOdd(String name, String why) {
        if (refused.put(name, new Refused(ODD, false)) == null) {
            LOG.warn("{} in the modules folder is refused: {}", name, why);
        }
    }

    void add(String name, String sha256, Exception why) {
        boolean dependsOnOthers = why instanceof ProblemException problem
                && (problem.code() == ProblemCode.UNRESOLVED || problem.code() == ProblemCode.MODULE_OWNED);
        Refused before = refused.put(name, new Refused(sha256, dependsOnOthers));
        if (before == null || !before.sha256().equals(sha256)) {
            LOG.warn("Jar {} of the modules folder is refused: {}", name, reason(why));
        }
    }

    void remove(String name) {
        refused.remove(name);
    }

    /** The names of those that were refused for what else is, or is not, installed; in order. */
    List<String> dependent() {
        return refused.keySet().stream().filter(this::isDependent).sorted().toList();
    }

    /** Whether another try may have another end. */
    boolean isDependent(String name) {
        Refused jar = refused.get(name);
        return jar != null && jar.dependsOnOthers();
    }

    /** The refusal in words: of a file that may not be read the exception's message is the path alone. */
    public static String reason(Exception why) {
        if (why instanceof IOException) {
            return "The file cannot be read: " + why;
        }
        return why instanceof ProblemException ? String.valueOf(why.getMessage()) : "It cannot be judged: " + why;
    }
}
