package dev.pawl.deploy.artifact;

import java.util.ArrayList;
import java.util.List;

/** The advice for an author whose bundle lacks its libraries. */
public final class EmbeddingAdvice {

    private EmbeddingAdvice() {}

    /** Whether a package is one of the API, which no module brings. */
    public static boolean isApi(String name) {
        return name.startsWith("dev.pawl.");
    }

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
        if (roots.stream().anyMatch(EmbeddingAdvice::isApi)) {
            return " The module was built for another version of Pawl: run `pawl module link` in its project, and build it again.";
        }
        return " A module brings its libraries: a project of `pawl module new` packs each <dependency> without a <scope>. In a build of"
                + " your own, `-includeresource: NAME-*.jar;lib:=true` in bnd.bnd packs a jar, and `Import-Package: dev.pawl.*,"
                + " *;resolution:=optional` makes optional what libraries mention and do not need.";
    }
}
