package dev.pawl.deploy.artifact;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The advice for an author whose bundle lacks its libraries. */
public final class EmbeddingAdvice {

    private EmbeddingAdvice() {}

    /**
     * The line to add and its place, as a sentence that follows another; empty when there is nothing to embed.
     *
     * @param packages the missing packages, sorted
     */
    public static String hint(List<String> packages) {
        if (packages.isEmpty()) {
            return "";
        }
        List<String> roots = new ArrayList<>();
        for (String name : packages) {
            if (roots.stream().noneMatch(root -> name.startsWith(root + "."))) {
                roots.add(name);
            }
        }
        return " A module brings its libraries: `-conditionalpackage: "
                + roots.stream().map(root -> root + ".*").collect(Collectors.joining(", "))
                + "` in its bnd.bnd copies the classes that it uses into the bundle, `-includeresource: NAME-*.jar;lib:=true`"
                + " a whole jar.";
    }
}
